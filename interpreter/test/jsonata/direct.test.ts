import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '#core/json.ts';
import { inWords } from '#core/text/message.ts';
import { compileDirect, type Direct } from '#interpreter/jsonata/direct.ts';
import { compileJsonata, evaluateJsonata, type CompiledJsonata } from '#interpreter/jsonata/evaluate.ts';
import { compileMembers } from '#interpreter/jsonPath/chain.ts';
import { situationWith } from './check.ts';

describe('what is evaluated directly', () => {
  const order = { id: 7, price: 2.5, name: 'Ada', paid: true, note: null, lines: [{ sku: 'a' }] };
  test.each([
    ['1', 1],
    ["'text'", 'text'],
    ['null', null],
    ['$order', order],
    ['$order.id', 7],
    ['$order.note', null],
    ['$order.lines', order.lines],
    ['$order.id + 1', 8],
    ['$order.id * $order.price - 2 / 4 % 3', 17],
    ['-$order.id', -7],
    ['-(0 * $order.id)', -0],
    ['($order.id)', 7],
    ['$order.id < 8 and $order.name >= "A"', true],
    ['$order.paid or $order.id > "a"', true],
    ['$order.id = 7', true],
    ['$order.note = null', true],
    ['$order.id != "7"', true],
    ["'Hello ' & $order.name & '!'", 'Hello Ada!'],
    ["$order.id > 5 ? 'big' : 'small'", 'big'],
    ['{"id": $order.id, "who": {"name": $order.name}}', { id: 7, who: { name: 'Ada' } }],
  ])('%s', (text, expected) => {
    expect(directly(text, { order })).toStrictEqual(expected);
    expectSame(text, { order });
  });
});

describe('what the evaluator must look at', () => {
  const long = 'x'.repeat(10_000);
  const order = { id: 7, name: 'Ada', lines: [{ sku: 'a' }], empty: {}, long, infinite: Number('1e400') };
  test.each([
    '$',
    '$$.order',
    'order.id',
    '$missing',
    '$order.missing',
    '$order.name.length',
    '$order.lines.sku',
    '$order.lines.length',
    '$order.constructor',
    '$order[id = 7]',
    '$order.lines[0]',
    '$order.name[]',
    '$order{"a": id}',
    '$order.(id)',
    '$order.*',
    '$sum',
    '$count($order.lines)',
    '$order.missing + 1',
    '$order.missing = 1',
    '$order.missing and true',
    'true and $order.missing',
    '$order.id and true',
    '$order.id + "1"',
    '$order.id < "1"',
    '-$order.name',
    '1 / 0',
    '0 / 0',
    '$order.infinite',
    '-$order.infinite',
    '1 / $order.infinite',
    '1 % $order.infinite',
    '1e308 * 10',
    '$order.lines = $order.lines',
    '$order.empty = 1',
    '$order.id & "th"',
    '$order.long & "x"',
    '$order.id in [7]',
    '[1..3]',
    '[$order.id]',
    '$order.id ? 1 : 2',
    '$order.id = 8 ? 1',
    '{"a": $order.missing}',
    '{"a": 1, "a": 2}',
    '{$order.name: 1}',
    '($x := 1; $x)',
    '$order.lines@$l.$l',
  ])('%s', text => {
    expect(directly(text, { order })).toBeUndefined();
  });
  test('what has too many parts for any budget to be left out of account', () => {
    const members = (count: number): string =>
      `{${Array.from({ length: count }, (_, i) => `"${String(i)}": 1`).join(', ')}}`;
    expect(directly(members(16), {})).toBeDefined();
    expect(directly(members(17), {})).toBeUndefined();
    const sum = (count: number): string => Array.from({ length: count }, () => '1').join(' + ');
    expect(directly(sum(50), {})).toBe(50);
    expect(directly(sum(51), {})).toBeUndefined();
    expect(directly(sum(20_000), {})).toBeUndefined();
    const text = (count: number): string => Array.from({ length: count }, () => "'a'").join(' & ');
    expect(directly(text(11), {})).toBe('a'.repeat(11));
    expect(directly(text(12), {})).toBeUndefined();
  });
});

test('whatever is evaluated directly has the value that the evaluator gives', () => {
  let direct = 0;
  fc.assert(
    fc.property(expressions, variables, (text, values) => {
      if (expectSame(text, values)) direct++;
    }),
    { numRuns: 3000, seed: 20_241_122 },
  );
  // The property must have had something to say.
  expect(direct).toBeGreaterThan(500);
});

/** Whether there was a value to compare. */
function expectSame(text: string, values: JsonObject): boolean {
  const compiled = compiledFrom(text);
  const value = directOf(compiled)?.(values);
  if (value === undefined) return false;
  expect(evaluateJsonata(compiled, situationWith(values)), text).toStrictEqual({ kind: 'value', value });
  return true;
}

function directly(text: string, values: JsonObject): Json | undefined {
  return directOf(compiledFrom(text))?.(values);
}

function directOf({ ast }: CompiledJsonata): Direct<JsonObject> | undefined {
  return compileDirect<JsonObject>(ast, (variable, members) => compileMembers([variable, ...members]));
}

function compiledFrom(text: string): CompiledJsonata {
  const compiled = compileJsonata(text);
  if (compiled.kind === 'invalid') throw new Error(`${text}: ${inWords(compiled.errors[0]?.message ?? '')}`);
  return compiled;
}

const scalars = fc.constantFrom<Json>(0, -0, 1, 2.5, -3, 1e308, '', 'a', 'b', '1', true, false, null);

const variables: fc.Arbitrary<JsonObject> = fc.record({
  a: scalars,
  b: scalars,
  o: fc.record({
    a: scalars,
    b: fc.oneof(scalars, fc.constantFrom<Json>([], [1], [{ a: 1 }], {}, { a: 1 })),
  }),
});

const expressions: fc.Arbitrary<string> = fc.letrec<{ readonly expression: string }>(tie => {
  const expression = tie('expression');
  const operators = ['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', '&', 'and', 'or', 'in'];
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('0', '1', '2.5', "'a'", "''", 'true', 'false', 'null', '[]'),
      fc.constantFrom('$a', '$b', '$o.a', '$o.b', '$o.b.a', '$o.c', '$c', '$o', '$o.b[0]', '($o.b[])'),
      fc
        .tuple(expression, fc.constantFrom(...operators), expression)
        .map(([lhs, operator, rhs]) => `(${lhs} ${operator} ${rhs})`),
      fc
        .tuple(expression, fc.constantFrom(...operators), expression)
        .map(([lhs, operator, rhs]) => `(${lhs} ${operator} ${rhs})`),
      expression.map(operand => `-(${operand})`),
      fc.tuple(expression, expression, expression).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
      fc.tuple(expression, expression).map(([one, other]) => `{"x": ${one}, "y": ${other}}`),
    ),
  };
}).expression;
