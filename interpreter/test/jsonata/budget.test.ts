import { describe, expect, test } from 'vitest';
import type { Json } from '#core/json.ts';
import { DEFAULT_BUDGET } from '#interpreter/jsonata/run.ts';
import { checkValue, evaluated } from './check.ts';

const LITTLE = { steps: 100_000, depth: 100, bytes: 1_000_000, size: 300_000 };

function checkExhausted(text: string, resource: string, variables?: { readonly [name: string]: Json }): void {
  expect(evaluated(text, variables, LITTLE)).toMatchObject({ kind: 'exhausted', resource });
}

describe('what does not end is ended', () => {
  test('a tail call for ever', () => checkExhausted('($f := function() { $f() }; $f())', 'steps'));
  test('a recursion for ever', () => checkExhausted('($f := function($n) { 1 + $f($n) }; $f(1))', 'depth'));
  test('a recursion through other functions', () =>
    checkExhausted('($f := function($n) { $map([$n], $f)[0] + 1 }; $f(1))', 'depth'));
  test('a fixed point of functions', () =>
    checkExhausted('(function($f) { $f($f) })(function($f) { $f($f) })', 'steps'));
  test('loops in loops', () =>
    checkExhausted('$map([1..1000], function($i) { $map([1..1000], function($j) { $i * $j }) })', 'steps'));
  test('a filter over a filter', () => checkExhausted('[1..1000][$count([1..1000][$ > 1]) > 0]', 'steps'));
  test('a matcher that never stops', () =>
    checkExhausted(
      `($next := function() { {"match": "a", "start": 0, "end": 1, "groups": [], "next": $next} };
        $match('a', function($s) { $next() }))`,
      'steps',
    ));
});

describe('what grows too large is stopped', () => {
  test('doubling text', () =>
    checkExhausted(
      '($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $length($d("ab", 60)))',
      'size',
    ));
  test('padding', () => checkExhausted(`$pad('a', 1e9)`, 'size'));
  test('padding beyond all', () => checkExhausted(`$pad('a', 1e300)`, 'size'));
  test('a range', () => checkExhausted('[1..1e7]', 'size'));
  test('a range of Step Functions', () => checkExhausted('$range(1, 1e12, 1)', 'size'));
  test('joined text', () =>
    checkExhausted(`$join($map([1..300], function() { $pad('', 1000, 'x') }))`, 'size'));
  test('replaced text', () =>
    checkExhausted(`$replace($pad('', 1000, 'a'), 'a', $pad('', 1000, 'b'))`, 'size'));
  test('appended arrays', () =>
    checkExhausted(
      '($d := function($a, $n) { $n = 0 ? $a : $d($append($a, $a), $n - 1) }; $d([1], 60))',
      'steps',
    ));
  test('a value that shares its parts', () =>
    checkExhausted('$reduce([1..60], function($a, $i) { {"l": $a, "r": $a} }, {})', 'steps'));
  test('its text', () =>
    checkExhausted('$string($reduce([1..60], function($a, $i) { {"l": $a, "r": $a} }, {}))', 'steps'));
  test('its comparison', () =>
    checkExhausted(
      '($f := function() { $reduce([1..60], function($a, $i) { {"l": $a, "r": $a} }, {}) }; $f() = $f())',
      'steps',
    ));
  test('a message about it', () => {
    const text = '-$reduce([1..60], function($a, $i) { {"l": $a, "r": $a} }, {})';
    expect(evaluated(text)).toEqual({
      kind: 'failed',
      code: 'D1002',
      message: 'Cannot negate a non-numeric value: "… too much to show"',
    });
  });
  test('its descendants', () =>
    checkExhausted(
      '($x := $reduce([1..60], function($a, $i) { {"l": $a, "r": $a} }, {}); $count($x.**))',
      'steps',
    ));
});

test('a chain of a hundred thousand functions is no way around', () => {
  const chain = '$chain := function($f, $n) { $n = 0 ? $f : $chain($f ~> $uppercase, $n - 1) }';
  const text = `(${chain}; $chain($lowercase, 100000)("x"))`;
  expect(evaluated(text)).toMatchObject({ kind: 'exhausted', resource: 'depth' });
});

describe('what is nested too deep does not exhaust the stack', () => {
  const deep = '($nest := function($a, $n) { $n = 0 ? $a : $nest({"a": $a}, $n - 1) }; $nest({}, 50000))';
  test('a result', () => expect(evaluated(deep)).toMatchObject({ kind: 'exhausted', resource: 'depth' }));
  test('text of it', () =>
    expect(evaluated(`$string(${deep})`)).toMatchObject({ kind: 'exhausted', resource: 'depth' }));
  test('a comparison', () =>
    expect(evaluated(`${deep} = ${deep}`)).toMatchObject({ kind: 'exhausted', resource: 'depth' }));
  test('parsed text', () =>
    expect(evaluated(`$parse($pad('', 5000, '[') & $pad('', 5000, ']'))`)).toMatchObject({
      kind: 'exhausted',
      resource: 'depth',
    }));
  test('keys, spread, truth and lookup of it', () => {
    for (const use of ['$keys', '$spread', '$boolean', '$count'])
      expect(evaluated(`$type(${use}(${deep}))`).kind).not.toBe('failed');
    expect(evaluated(`$type(${deep}.a)`).kind).not.toBe('failed');
  });
});

/** Where Step Functions itself draws the line, as measured on it. */
describe('depth and memory end where those of Step Functions end', () => {
  const factorial = (n: number): string => `($f := function($n) { $n = 0 ? 0 : $n + $f($n - 1) }; $f(${n}))`;
  test.each([
    ['terms', (n: number) => '1' + ' + 1'.repeat(n - 1), 100],
    ['parentheses', (n: number) => '('.repeat(n) + '1' + ')'.repeat(n), 99],
    ['brackets', (n: number) => '['.repeat(n) + '1' + ']'.repeat(n), 99],
    ['stages of ~>', (n: number) => '1' + ' ~> $string()'.repeat(n), 99],
    ['calls', factorial, 31],
  ])('%s', (_, expression, most) => {
    expect(evaluated(expression(most)).kind).toBe('value');
    expect(evaluated(expression(most + 1))).toEqual({
      kind: 'exhausted',
      resource: 'depth',
      message:
        'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
    });
  });
  test.each([
    ['a range', (n: number) => `$count([1..${n}])`, 873_782],
    ['$range', (n: number) => `$count($range(1, ${n}, 1))`, 360_145],
    ['doubled text', (n: number) => `$length($reduce([0..${n}], function($s, $i) { $s & $s }, 'x'))`, 21],
  ])('%s', (_, expression, most) => {
    expect(evaluated(expression(most)).kind).toBe('value');
    expect(evaluated(expression(most + 1))).toEqual({
      kind: 'exhausted',
      resource: 'size',
      message: 'Expression evaluation memory limit exceeded: Check for excessive memory usage',
    });
  });
  test('what is not evaluated does not count', () => {
    expect(evaluated(`true ? 1 : ${'('.repeat(200)}1${')'.repeat(200)}`)).toEqual({
      kind: 'value',
      value: 1,
    });
    expect(evaluated(`false and ${'('.repeat(200)}1${')'.repeat(200)}`)).toEqual({
      kind: 'value',
      value: false,
    });
  });
});

describe('what is no more than much is done', () => {
  const DEEP = { ...DEFAULT_BUDGET, depth: 1_000 };
  test('a recursion of some hundred calls, with the budget for it', () => {
    const text = '($sum := function($n) { $n = 0 ? 0 : $n + $sum($n - 1) }; $sum(300))';
    expect(evaluated(text, {}, DEEP)).toEqual({ kind: 'value', value: 45_150 });
  });
  test('a tail call a hundred thousand times', () =>
    checkValue('($f := function($n) { $n = 0 ? "done" : $f($n - 1) }; $f(100000))', 'done'));
  test('an expression of ten thousand operators', () => {
    const budget = { ...DEFAULT_BUDGET, depth: 100_000 };
    expect(evaluated('1' + ' + 1'.repeat(10_000), {}, budget)).toEqual({ kind: 'value', value: 10_001 });
    expect(evaluated(`"a"${' & "a"'.repeat(10_000)}`, {}, budget).kind).toBe('value');
  });
  test('the deepest expression that can be written', () => {
    const text = '('.repeat(390) + '1' + ')'.repeat(390);
    expect(evaluated(text, {}, DEEP)).toEqual({ kind: 'value', value: 1 });
    expect(evaluated('-'.repeat(390) + '$x', { x: 1 }, DEEP)).toEqual({ kind: 'value', value: 1 });
  });
  test('a hundred thousand items', () => checkValue('$count([1..100000][$ % 2 = 0])', 50_000));
});

test('the same budget always ends at the same place', () => {
  const text = '$map([1..100], function($i) { $i * 2 })';
  const kinds = [100, 200, 300, 400, 500].map(
    steps => evaluated(text, {}, { ...DEFAULT_BUDGET, steps }).kind,
  );
  expect(kinds).toEqual(kinds.toSorted());
  expect(kinds).toContain('exhausted');
  expect(evaluated(text, {}, { ...DEFAULT_BUDGET, steps: 5_000 }).kind).toBe('value');
});
