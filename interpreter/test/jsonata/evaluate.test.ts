import { describe, expect, test } from 'vitest';
import { compileJsonata } from '#interpreter/jsonata/evaluate.ts';
import { checkFailure, checkValue, evaluated, NOW } from './check.ts';

describe('the ways an evaluation ends', () => {
  test('with a value', () => checkValue('$states.input.n + 1', 42, { states: { input: { n: 41 } } }));
  test('with nothing', () => expect(evaluated('$states.input.missing')).toEqual({ kind: 'nothing' }));
  test('with a function', () => expect(evaluated('$sum')).toEqual({ kind: 'function' }));
  test('with an error in the words of jsonata', () =>
    checkFailure('$nothing(1)', 'T1006', 'Attempted to invoke a non-function'));
  test('text that is no expression is refused before', () => {
    const compiled = compileJsonata('1 +');
    expect(compiled).toEqual({
      kind: 'invalid',
      errors: [{ code: 'S0207', message: 'Unexpected end of expression', start: 3, end: 3 }],
    });
  });
});

describe('values are plain JSON', () => {
  test('found ones are handed out as they are', () => {
    const items = [{ id: 1 }, { id: 2 }];
    const result = evaluated('$states.input.items', { states: { input: { items } } });
    expect(result.kind === 'value' && result.value).toBe(items);
  });
  test('sequences leave no flags behind', () => {
    const result = evaluated('{"ids": $items.id, "one": $items[id = 1].id[]}', {
      items: [{ id: 1 }, { id: 2 }],
    });
    expect(result).toStrictEqual({ kind: 'value', value: { ids: [1, 2], one: [1] } });
  });
  test('functions inside are left out, and nothing in an array is null', () => {
    checkValue('{"f": $sum, "a": [1].($ = 1 ? [$sum])}', { a: [null] });
  });
});

describe('nothing that was handed in is changed', () => {
  const order = Object.freeze({ id: 1, items: Object.freeze([Object.freeze({ price: 3 })]) });
  test.each([
    '$order ~> |items|{"price": price * 2}|',
    '$order ~> |$|{"self": $}, "id"|',
    '$order ~> |$order|{"id": 7}|',
    '$sort($order.items, function($l, $r) { $l.price > $r.price })',
    '$append($order.items, 1)',
    '$order.items[]',
    '$order.items{"a": price}',
    '$order.items#$i.{"i": $i}',
  ])('%s', text => {
    expect(evaluated(text, { order: order as never }).kind).toBe('value');
    expect(order).toEqual({ id: 1, items: [{ price: 3 }] });
  });
  test('a transform changes what the pattern finds in its copy', () => {
    checkValue(
      '$order ~> |items|{"price": price * 2}, "id"|',
      { id: 1, items: [{ price: 6 }] },
      {
        order: { id: 1, items: [{ price: 3 }] },
      },
    );
  });
});

describe('names that JavaScript objects have by birth are only names', () => {
  test('none is found where there is none', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(evaluated(`$states.${name}`, { states: {} })).toEqual({ kind: 'nothing' });
      expect(evaluated(`$lookup($states, '${name}')`, { states: {} })).toEqual({ kind: 'nothing' });
    }
  });
  test('they can be written and read', () => {
    const result = evaluated(`{"__proto__": {"polluted": 1}}.__proto__.polluted`);
    expect(result).toEqual({ kind: 'value', value: 1 });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
  test('merging and grouping by them harms nobody', () => {
    const parsed = JSON.parse('{"__proto__": {"polluted": 1}}');
    const result = evaluated('$merge([$states, {"a": 1}])', { states: parsed });
    if (result.kind !== 'value') throw new Error(result.kind);
    expect(Object.keys(result.value as object)).toEqual(['__proto__', 'a']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('variables', () => {
  test('of the expression hide those of the state machine', () => checkValue('($x := 2; $x)', 2, { x: 1 }));
  test('bound outside every block are bound', () => checkValue('[$x := 2, $x + 1]', [2, 3], { x: 9 }));
  test('of a block are gone behind it', () => checkValue('[($x := 2; $x), $x]', [2, 1], { x: 1 }));
  test('a variable of the state machine hides a function', () =>
    expect(evaluated('$sum([1])', { sum: 1 })).toMatchObject({ kind: 'failed', code: 'T1006' }));
  test('functions see what is bound behind them', () =>
    checkValue('($f := function() { $x }; $x := 1; $f())', 1));
  test('a function keeps its own count', () =>
    checkValue('($make := function($n) { function() { $n } }; [$make(1)(), $make(2)()])', [1, 2]));
});

test('time stands still within an evaluation', () => {
  checkValue('$millis() = $millis() and $now() = $fromMillis($millis())', true);
  checkValue('$millis()', NOW);
});

test('an input document is there when one is given', () => {
  expect(evaluated('$')).toEqual({ kind: 'nothing' });
  expect(evaluated('$$')).toEqual({ kind: 'nothing' });
});
