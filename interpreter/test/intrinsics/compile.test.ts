import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIntrinsic } from '#core/expressions/intrinsic/parse.ts';
import type { Json } from '#core/json.ts';
import { intrinsicFunctions } from '#core/language/intrinsics.ts';
import { inWords } from '#core/text/message.ts';
import { compileIntrinsic } from '#interpreter/intrinsics/compile.ts';
import { implementations } from '#interpreter/intrinsics/implementations.ts';
import { runtimeFailure, type Failure } from '#interpreter/statesError.ts';
import { bindings } from './bindings.ts';

const variables = { v: { name: 'Vera' } };
const context = { Execution: { Name: 'run-7' } };

function evaluate(text: string, input: Json = {}): Json | Failure {
  const { call, errors } = parseIntrinsic(text);
  if (call === undefined || errors.length > 0)
    throw new Error(`${text}: ${inWords(errors[0]?.message ?? 'no call')}`);
  return compileIntrinsic(call, text)(bindings(input, variables, context));
}

function checkValue(text: string, input: Json, expected: Json): void {
  expect(evaluate(text, input)).toEqual(expected);
}

function checkFailure(text: string, input: Json, cause: string): void {
  expect(evaluate(text, input)).toEqual(runtimeFailure(cause));
}

/** The function cannot take its arguments; AWS names no other reason. */
function checkRefused(text: string, input: Json = {}): void {
  checkFailure(text, input, `Invalid arguments in ${/^[\w.]+/.exec(text)?.[0] ?? ''}`);
}

test('every function of the table has an implementation, and only those', () => {
  expect([...implementations.keys()].toSorted()).toEqual(
    intrinsicFunctions.map(each => each.name).toSorted(),
  );
});

describe('every example of the table gives its result', () => {
  const examples = intrinsicFunctions.filter(each => each.example.result !== undefined);
  test.each(examples.map(each => [each.example.expression, each.example] as const))('%s', (text, example) => {
    expect(evaluate(text, example.input)).toEqual(example.result);
  });
});

describe('States.Format', () => {
  test.each<[string, Json, Json]>([
    ["States.Format('{} {} {}', $.a, $.b, $.c)", { a: 'x', b: 2, c: true }, 'x 2 true'],
    ["States.Format('<{}>', null)", {}, '<null>'],
    ["States.Format('{}|{}', 1.1, 9007199254740991)", {}, '1.1|9007199254740991'],
    ["States.Format('{}', $)", { Arg1: 1, Arg2: [], Arg3: { a: 'b' } }, '{Arg1=1, Arg2=[], Arg3={a=b}}'],
    ["States.Format('\\'{}\\' \\{{}\\} \\\\', 1, 2)", {}, "'1' {2} \\"],
    ["States.Format('no places')", {}, 'no places'],
    ['States.Format($.template, $v.name)', { template: 'I am {}' }, 'I am Vera'],
    ["States.Format('{}', $$.Execution.Name)", {}, 'run-7'],
    ["States.Format('a {}', States.Format('b {}', 'c'))", {}, 'a b c'],
    ["States.Format('{}', '{}')", {}, '{}'],
  ])('%s', checkValue);
  test.each([
    ["States.Format('{} {}', 1)"],
    ["States.Format('{}', 1, 2)"],
    ["States.Format('}')"],
    ["States.Format('a {', 1)"],
    ["States.Format('{{}}', 1)"],
    ['States.Format(1)'],
  ])('%s is refused', text => checkRefused(text));
});

describe('arrays', () => {
  test.each<[string, Json, Json]>([
    ['States.Array()', {}, []],
    ["States.Array('a', 1, null, true, $.x)", { x: { y: 1 } }, ['a', 1, null, true, { y: 1 }]],
    ['States.ArrayPartition($, 2)', [1, 2, 3], [[1, 2], [3]]],
    ['States.ArrayPartition($, 2.6)', [1, 2, 3], [[1, 2], [3]]],
    ['States.ArrayPartition($, 9)', [], []],
    ['States.ArrayContains($, null)', [], false],
    ['States.ArrayContains($, null)', [null], true],
    ['States.ArrayContains($.a, $.b)', { a: [{ x: 1, y: [2] }], b: { y: [2], x: 1 } }, true],
    ["States.ArrayContains($, '1')", [1], false],
    ['States.ArrayRange(0, 9, 3)', {}, [0, 3, 6, 9]],
    ['States.ArrayRange(5, 1, -2)', {}, [5, 3, 1]],
    ['States.ArrayRange(5, 1, 1)', {}, []],
    ['States.ArrayRange(1.6, 1.4, 1)', {}, [1]],
    ['States.ArrayRange(5.4, -0.6, -2.4)', {}, [5, 3, 1]],
    ['States.ArrayGetItem($, 1.9)', [10, 20], 20],
    ['States.ArrayGetItem($, 0)', [null], null],
    ['States.ArrayGetItem($, 999)', [], null],
    ['States.ArrayLength($)', [1, [2, 3]], 2],
    [
      'States.ArrayUnique($)',
      [1, '1', 1, [2], [2], { a: 1, b: 2 }, { b: 2, a: 1 }],
      [1, '1', [2], { a: 1, b: 2 }],
    ],
  ])('%s', checkValue);
  test.each<[string, Json]>([
    ['States.ArrayPartition($, 0)', [1]],
    ['States.ArrayPartition($, 0.6)', [1]],
    ["States.ArrayPartition($, '2')", [1]],
    ['States.ArrayPartition($, 2)', 'text'],
    ['States.ArrayContains($, 1)', {}],
    ['States.ArrayRange(1, 10, 0)', {}],
    ['States.ArrayRange(1, 10, 0.49)', {}],
    ['States.ArrayRange(1, 1001, 1)', {}],
    ["States.ArrayRange('a', 5, 1)", {}],
    ['States.ArrayGetItem($, 2)', [1, 2]],
    ['States.ArrayGetItem($, -1)', [1, 2]],
    ['States.ArrayLength($)', 'text'],
    ['States.ArrayUnique($)', {}],
  ])('%s of %j is refused', checkRefused);
  test('a range of 1,000 is allowed', () => {
    expect(evaluate('States.ArrayRange(1000, 1, -1)')).toHaveLength(1000);
  });
});

describe('text, JSON and numbers', () => {
  test.each<[string, Json, Json]>([
    ["States.StringSplit($, ',')", ', , ,', [' ', ' ']],
    ["States.StringSplit($, ',')", ',,,,', []],
    ["States.StringSplit($, '.+,=')", 'This.is+a,test=string', ['This', 'is', 'a', 'test', 'string']],
    ["States.StringSplit($, '')", 'ab', ['ab']],
    ['States.StringToJson($)', '', null],
    ['States.StringToJson($)', ' ', null],
    ['States.StringToJson($)', '-0', 0],
    ['States.StringToJson($)', ' {"a":[1]} ', { a: [1] }],
    ['States.JsonToString($)', null, 'null'],
    ['States.JsonToString($)', { a: [1, 'x'] }, '{"a":[1,"x"]}'],
    [
      'States.JsonMerge($.a, $.b, false)',
      { a: { x: { p: 1 }, y: 2 }, b: { x: { q: 1 } } },
      { x: { q: 1 }, y: 2 },
    ],
    ["States.JsonMerge($.a, $.b, 'false')", { a: {}, b: { x: 1 } }, { x: 1 }],
    ['States.MathAdd(-1.5, 0)', {}, -1],
    ['States.MathAdd(1.5, 1.51)', {}, 4],
    ['States.MathAdd(-1.5, -1.51)', {}, -3],
    ['States.MathAdd(-0.5, 0)', {}, 0],
    ['States.MathAdd(2147483646, 1)', {}, 2147483647],
    ["States.Hash(1, 'MD5')", {}, 'c4ca4238a0b923820dcc509a6f75849b'],
    ["States.Base64Decode(States.Base64Encode('é✓🚀'))", {}, 'é✓🚀'],
    ["States.Base64Decode('')", {}, ''],
    ['States.MathRandom(1.6, 5.4)', {}, 3],
    ['States.MathRandom(1, 11, 42)', {}, 1],
    ['States.UUID()', {}, '88888888-8888-4888-8888-888888888888'],
  ])('%s of %j', (text, input, expected) => {
    checkValue(text, input, expected);
    expect(Object.is(evaluate(text, input), -0)).toBe(false);
  });
  test.each<[string, Json]>([
    ["States.StringSplit($, ',')", 1],
    ['States.StringSplit($.a, $.b)', { a: 'x', b: [','] }],
    ['States.StringToJson($)', '{bad}'],
    ['States.StringToJson($)', 1],
    ['States.StringToJson($)', '['.repeat(1001) + ']'.repeat(1001)],
    ['States.JsonMerge($.a, $.b, true)', { a: {}, b: {} }],
    ['States.JsonMerge($.a, $.b, false)', { a: [], b: {} }],
    ['States.JsonMerge($.a, $.b, false)', { a: {}, b: null }],
    ['States.MathAdd(2147483647, 1)', {}],
    ['States.MathAdd(3000000000, -3000000000)', {}],
    ["States.MathAdd('1', 1)", {}],
    ['States.MathAdd(true, 1)', {}],
    ['States.MathRandom(1.4, 1.6)', {}],
    ['States.MathRandom(10, 5)', {}],
    ["States.MathRandom(1, 10, 'seed')", {}],
    ['States.MathRandom(1, 10, null)', {}],
    ["States.Hash('a', 'sha-256')", {}],
    ["States.Hash('a', 1)", {}],
    ["States.Hash($, 'MD5')", 'a'.repeat(10_001)],
    ['States.Base64Encode($)', 'a'.repeat(10_001)],
    ['States.Base64Decode(1)', {}],
    ['States.UUID(1)', {}],
    ['States.Hash()', {}],
    ['States.Nothing()', {}],
  ])('%s of %j is refused', checkRefused);
});

describe('a path that leads nowhere', () => {
  test.each<[string, Json, string]>([
    [
      "States.Format('{}',$.nope)",
      { other: 1 },
      `The function 'States.Format('{}',$.nope)' had the following error: The JsonPath argument for the field '$.nope' could not be found in the input '{"other":1}'`,
    ],
    [
      "States.Format('{}', States.ArrayLength($.items[5]))",
      { items: [1] },
      `The function 'States.Format('{}', States.ArrayLength($.items[5]))' had the following error: The JsonPath argument for the field '$.items[5]' could not be found in the input '{"items":[1]}'`,
    ],
    [
      "States.Format('{}', $$.Nope.Deep)",
      { other: 1 },
      `The function 'States.Format('{}', $$.Nope.Deep)' had the following error: The JsonPath argument for the field '$.Nope.Deep' could not be found in the input '{"other":1}'`,
    ],
    [
      'States.ArrayLength($.other[0])',
      { other: 1 },
      "The function 'States.ArrayLength($.other[0])' had the following error: Filter: [0] can only be applied to arrays. Current context is: 1",
    ],
  ])('%s', checkFailure);
  test('a path with a wildcard gives an empty array instead', () => {
    expect(evaluate('States.ArrayLength($.items[*].nope)', { items: [1, 2] })).toBe(0);
  });
});

test('any function over any arguments gives a value or a failure, and changes nothing', () => {
  const argument = fc.jsonValue({ maxDepth: 2 });
  const name = fc.constantFrom(...implementations.keys());
  fc.assert(
    fc.property(name, fc.array(argument, { maxLength: 4 }), (functionName, args) => {
      const text = `${functionName}(${args.map((_, index) => `$[${index}]`).join(', ')})`;
      const input = JSON.parse(JSON.stringify(args)) as Json;
      const before = JSON.stringify(input);
      expect(evaluate(text, input)).toBeDefined();
      expect(JSON.stringify(input)).toBe(before);
    }),
    { numRuns: 2000 },
  );
});
