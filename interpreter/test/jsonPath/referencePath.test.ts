import { describe, expect, test } from 'vitest';
import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import type { Json } from '#core/json.ts';
import { compileReferencePath } from '#interpreter/jsonPath/referencePath.ts';
import { Failure } from '#interpreter/statesError.ts';

function put(text: string, input: Json, value: Json): Json | Failure | undefined {
  const { path } = parseJsonPath(text);
  return path && compileReferencePath(path)?.(input, value);
}

describe('puts the value at its place', () => {
  test.each<[string, Json, Json]>([
    ['$', { a: 1 }, 'new'],
    ['$.b', { a: 1 }, { a: 1, b: 'new' }],
    ['$.a', { a: 1 }, { a: 'new' }],
    ['$.x.y.z', { a: 1 }, { a: 1, x: { y: { z: 'new' } } }],
    ['$.a.c', { a: { b: 1 } }, { a: { b: 1, c: 'new' } }],
    ['$.a[1]', { a: [1, 2, 3] }, { a: [1, 'new', 3] }],
    ['$.a[0].b', { a: [{}] }, { a: [{ b: 'new' }] }],
    ["$['a b'].c", {}, { 'a b': { c: 'new' } }],
    ['$.constructor', {}, { constructor: 'new' }],
  ])('%s in %j', (text, input, expected) => {
    const before = JSON.stringify(input);
    expect(put(text, input, 'new')).toEqual(expected);
    expect(JSON.stringify(input)).toBe(before);
  });
});

test('what is not on the way is shared', () => {
  const input = { kept: { deep: [1] }, a: { b: 1 } };
  const result = put('$.a.b', input, 2) as typeof input;
  expect(result.kept).toBe(input.kept);
});

test('a member named __proto__ is a member like others', () => {
  expect(JSON.stringify(put('$.__proto__.x', { a: 1 }, 2))).toBe('{"a":1,"__proto__":{"x":2}}');
});

describe('names the step it cannot take, and shows the whole input', () => {
  test.each<[string, Json, string]>([
    ['$.items', [1], 'Unable to apply step "items" to input [1]'],
    ['$.items', 'text', 'Unable to apply step "items" to input "text"'],
    ['$.a.items', { a: 1 }, 'Unable to apply step "items" to input {"a":1}'],
    ['$.a.b.c', { a: null }, 'Unable to apply step "b" to input {"a":null}'],
    ['$.a[2]', { a: [1] }, 'Unable to apply step "2" to input {"a":[1]}'],
    ['$.a[0]', {}, 'Unable to apply step "0" to input {}'],
  ])('%s in %j', (text, input, cause) => {
    expect(put(text, input, 1)).toEqual(new Failure('States.ReferencePathConflict', cause));
  });
});

test('a path that names no single place is none', () => {
  expect(put('$.a[*]', {}, 1)).toBeUndefined();
});
