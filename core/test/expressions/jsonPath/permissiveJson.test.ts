import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePermissiveJson } from '#core/expressions/jsonPath/permissiveJson.ts';

test.each<[string, unknown]>([
  ["['a', b, 1]", ['a', 'b', 1]],
  ['{\'a\': {b: null}, "c": [true, -1.5e3]}', { a: { b: null }, c: [true, -1500] }],
  ["'it\\'s'", "it's"],
  ['[1,]', [1]],
  ['bare word', 'bare word'],
  ['[1', undefined],
  ["'open", undefined],
  ['{1}', undefined],
  ['[] x', undefined],
  ['', undefined],
])('%s', (text, expected) => {
  expect(parsePermissiveJson(text)).toEqual(expected);
});

test('what is JSON is read as JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
      const text = JSON.stringify(value);
      expect(parsePermissiveJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('any text is read or refused', () => {
  fc.assert(fc.property(fc.string(), text => void parsePermissiveJson(text)));
  expect(parsePermissiveJson('['.repeat(100_000))).toBeUndefined();
});
