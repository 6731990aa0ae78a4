import { describe, expect, test } from 'vitest';
import type { Json } from '#core/json.ts';
import { parse } from '#core/syntax/parse.ts';
import { inWords } from '#core/text/message.ts';
import { compilePayloadTemplate } from '#interpreter/payloadTemplate/compile.ts';
import { runtimeFailure, type Failure } from '#interpreter/statesError.ts';
import { bindings } from '../intrinsics/bindings.ts';

function compile(template: string) {
  const { root } = parse({ uri: 'file:///t.json', version: 1, format: 'json', text: template });
  if (root === undefined) throw new Error('no template');
  const refusals: string[] = [];
  const evaluate = compilePayloadTemplate(root, (message, node) => {
    refusals.push(`${template.slice(node.start, node.end)}: ${inWords(message)}`);
  });
  return { evaluate, refusals };
}

function evaluate(template: string, input: Json): Json | Failure {
  const compiled = compile(template);
  expect(compiled.refusals).toEqual([]);
  return compiled.evaluate(bindings(input, { v: { x: 1 } }, { State: { Name: 'S' } }));
}

describe('keys that end in .$ are evaluated', () => {
  test.each<[string, Json, Json]>([
    ['{"a.$":"$.x","b":"$.x"}', { x: 1 }, { a: 1, b: '$.x' }],
    ['{"a.$":"$"}', [1], { a: [1] }],
    ['{"a.$":"$$.State.Name","b.$":"$v.x","c.$":"States.Array($.x)"}', { x: 1 }, { a: 'S', b: 1, c: [1] }],
    [
      '{"deep":{"list":[{"a.$":"$.x"},[{"b.$":"$.x"}],1]}}',
      { x: 1 },
      { deep: { list: [{ a: 1 }, [{ b: 1 }], 1] } },
    ],
    ['{"all.$":"$.list[*].a"}', { list: [{ a: 1 }, {}] }, { all: [1] }],
    ['{"none.$":"$.list[*].b"}', { list: [{ a: 1 }] }, { none: [] }],
    [
      '{"a.$":"$.item.items[1:5].value","b.$":"$.items[*]","c.$":"$.no[?(@.x)]"}',
      {},
      { a: [], b: [], c: [] },
    ],
    // Seen on AWS: an index behind the end gives null here, though it is a failure elsewhere.
    ['{"a.$":"$.list[5]"}', { list: [1] }, { a: null }],
    ['["text", 1, null]', {}, ['text', 1, null]],
    ['"text"', {}, 'text'],
    ['{".$":"$.x"}', { x: 1 }, { '': 1 }],
  ])('%s', (template, input, expected) => {
    expect(evaluate(template, input)).toEqual(expected);
  });
});

test('parts without such keys are the same value each time', () => {
  const { evaluate: template } = compile('{"a.$":"$.x","kept":{"deep":[1,{"b":2}]}}');
  const first = template(bindings({ x: 1 })) as { readonly kept: Json };
  const second = template(bindings({ x: 2 })) as { readonly kept: Json };
  expect(first.kept).toEqual({ deep: [1, { b: 2 }] });
  expect(second.kept).toBe(first.kept);
});

test('a key named __proto__ is a key like others', () => {
  expect(JSON.stringify(evaluate('{"__proto__.$":"$.x","a":1}', { x: 2 }))).toBe('{"__proto__":2,"a":1}');
});

describe('failures', () => {
  test.each<[string, Json, string]>([
    [
      '{"value.$":"$.no_such"}',
      { a: 1 },
      `The JSONPath '$.no_such' specified for the field 'value.$' could not be found in the input '{"a":1}'`,
    ],
    [
      '{"value.$":"$$.Nope"}',
      { a: 1 },
      `The JSONPath '$$.Nope' specified for the field 'value.$' could not be found in the input '{"State":{"Name":"S"}}'`,
    ],
    [
      '{"deep":[{"value.$":"$.list[5].x"}]}',
      { list: [] },
      `The JSONPath '$.list[5].x' specified for the field 'value.$' could not be found in the input '{"list":[]}'`,
    ],
    [
      '{"value.$":"$nope"}',
      {},
      `The JSONPath '$nope' specified for the field 'value.$' could not be found in the input '{}'`,
    ],
    ['{"value.$":"States.MathAdd(1, $.a)"}', { a: 'x' }, 'Invalid arguments in States.MathAdd'],
  ])('%s', (template, input, cause) => {
    expect(evaluate(template, input)).toEqual(runtimeFailure(cause));
  });
});

test('what cannot be read is refused at its place', () => {
  const { refusals } = compile('{"a.$":1,"b.$":"$.","c.$":"hello"}');
  expect(refusals).toEqual([
    "1: The value of 'a.$' must be a path or an intrinsic function",
    "\"$.\": Path must not end with a '.' or '..'",
    "\"hello\": Expected a path (it starts with '$') or a call such as States.Format('{}', $.name).",
  ]);
});
