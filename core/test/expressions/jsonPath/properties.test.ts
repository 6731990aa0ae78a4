import { expect, test } from 'vitest';
import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import { inWords } from '#core/text/message.ts';
import { isDefinite, isReferencePath, referencePathProblem } from '#core/expressions/jsonPath/properties.ts';

function parsed(text: string) {
  const { path } = parseJsonPath(text);
  if (path === undefined) throw new Error(`not a path: ${text}`);
  return path;
}

test.each([
  ['$', true],
  ['$.a[0].b', true],
  ["$['x','y']", true],
  ["$['x','y'].z", false],
  ['$.a[*]', false],
  ['$..a', false],
  ['$.a[1:2]', false],
  ['$.a[0,1]', false],
  ['$.a[?(@.x)]', false],
  ['$.a.length()', true],
  ['$.a[*].length()', false],
  ['$..a.length()', true],
])('%s is definite: %s', (text, expected) => {
  expect(isDefinite(parsed(text))).toBe(expected);
});

test.each(['$', '$.a', '$.a[0][22].b', "$['store']['book']", '$.store\\.book', '$$.Map.Item.Value', '$v.a'])(
  '%s is a Reference Path',
  text => {
    expect(isReferencePath(parsed(text))).toBe(true);
  },
);

test.each([
  ['$.a[*].b', "the wildcard '*'", '[*]'],
  ['$.a..b', "the deep scan '..'", '..'],
  ['$.a[1:2]', 'a slice', '[1:2]'],
  ['$.a[0,1]', 'several indexes in one bracket', '[0,1]'],
  ["$['a','b']", 'several names in one bracket', "['a','b']"],
  ['$.a[?(@.b == 1)]', "a filter '?(…)'", '[?(@.b == 1)]'],
  ['$.a.length()', "the function 'length()'", 'length()'],
])('%s is no Reference Path', (text, reason, at) => {
  const problem = referencePathProblem(parsed(text));
  expect(problem && inWords(problem.message)).toBe(
    `A Reference Path names one place, so it cannot have ${reason}.`,
  );
  expect(text.slice(problem?.start, problem?.end)).toBe(at);
});
