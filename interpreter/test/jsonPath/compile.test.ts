import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import type { Json } from '#core/json.ts';
import { compilePath } from '#interpreter/jsonPath/compile.ts';
import { PathFailure } from '#interpreter/jsonPath/pathFailure.ts';
import type { Budget } from '#interpreter/jsonPath/pathFailure.ts';

const shop: Json = {
  books: [
    { title: 'A', price: 8, tags: ['x', 'y'], author: { name: 'Ana' } },
    { title: 'B', price: 12, isbn: '1-2', tags: [], author: null },
    { title: 'C', price: '12', isbn: '3-4' },
  ],
  limit: 10,
  numbers: [3, 1, 2],
  matrix: [[1, 2], [3]],
  wanted: ['A', 'C'],
  nothing: null,
  empty: [],
  text: 'hello',
};

function evaluate(text: string, document: Json = shop, budget?: Budget): Json | PathFailure {
  const { path, errors } = parseJsonPath(text);
  if (path === undefined || errors.length > 0) throw new Error(`${text}: ${errors[0]?.message ?? 'no path'}`);
  return compilePath(path)(document, budget);
}

function checkValue(text: string, expected: Json): void {
  expect(evaluate(text)).toEqual(expected);
}

function checkFailure(text: string, kind: PathFailure['kind'], message: string): void {
  expect(evaluate(text)).toEqual(new PathFailure(kind, message));
}

describe('definite paths give the value', () => {
  test.each([
    ['$', shop],
    ['$.limit', 10],
    ['$.books[0].author.name', 'Ana'],
    ['$.books[-1].title', 'C'],
    ["$['books'][1]['isbn']", '1-2'],
    ['$.nothing', null],
    ["$.books[0]['title','price']", { title: 'A', price: 8 }],
    ["$.books[0]['title','isbn']", { title: 'A' }],
    ['$.books.length()', 3],
    ['$.numbers.sum()', 6],
    ['$.numbers.max()', 3],
    ['$.max(-1, -2)', Number.MIN_VALUE],
    ['$.concat($.books[0].author, $.numbers)', '{name=Ana}312'],
    ['$.numbers.first()', 3],
    ['$.numbers.index(-1)', 2],
    ['$.numbers.append(4)', [3, 1, 2, 4]],
    ['$.sum($.numbers, 4, $.limit)', 20],
    ['$.length($.books)', 3],
    ['$..title.length()', 0],
    ['$.books[0].keys()', ['title', 'price', 'tags', 'author']],
  ])('%s', checkValue);
});

describe('other paths give all matches', () => {
  test.each([
    ['$.books[*].isbn', ['1-2', '3-4']],
    ['$.books[*].author.name', ['Ana']],
    ['$.books[5:]', []],
    ['$.numbers[-2:]', [1, 2]],
    ['$.numbers[-3:-1]', [3, 1]],
    ['$.numbers[:-1]', [3, 1]],
    ['$.numbers[0,2,7]', [3, 2]],
    ['$..name', ['Ana']],
    ['$.matrix[*][0]', [1, 3]],
    ['$..[0].title', ['A']],
    ['$..[1].title', ['B']],
    ['$..[0].author.name', ['Ana']],
    ['$..[*].title', []],
    ['$..*.title', []],
    ['$..*.length()', 15],
    ['$..[0].*', ['A', 8, ['x', 'y'], { name: 'Ana' }, 1, 2, 3]],
    ["$..[0]['title']", ['A']],
    ['$..[?(@.title)].title', ['A', 'B', 'C']],
    [
      "$.books[*]['title','isbn']",
      [{ title: 'A' }, { title: 'B', isbn: '1-2' }, { title: 'C', isbn: '3-4' }],
    ],
    ['$.text[*]', []],
    ['$.nothing[*].x', []],
    ['$.books[*].tags.length()', [2, 0]],
  ])('%s', checkValue);
});

describe('filters', () => {
  const titles = (condition: string): Json | PathFailure => evaluate(`$.books[?(${condition})].title`);
  test.each<[string, Json]>([
    ['@.price < $.limit', ['A']],
    ['@.price == 12', ['B', 'C']],
    ['@.price === 12', ['B']],
    ["@.price == '12'", ['B', 'C']],
    ["@.price === '12'", ['C']],
    ['@.price >= 12', ['B']],
    ['@.isbn', ['B', 'C']],
    ['@..isbn', ['A', 'B', 'C']],
    ['!(@..isbn)', []],
    ['!@.isbn', ['A']],
    ['!(@.isbn)', ['A']],
    ['@.author', ['A', 'B']],
    ['@.author == null', ['B']],
    ['@.author != null', ['A', 'C']],
    ['@.price > 8 && @.isbn', ['B']],
    ["@.title == 'A' || @.title == 'B' && @.price == 12", ['A', 'B']],
    ["(@.title == 'A' || @.title == 'B') && @.isbn", ['B']],
    ["@.title in ['A', 'C']", ['A', 'C']],
    ['@.title in $.wanted', ['A', 'C']],
    ['@.title nin $.wanted', ['B']],
    ["@.tags contains 'x'", ['A']],
    ["@.title contains 'B'", ['B']],
    ["@.tags subsetof ['x', 'y', 'z']", ['A', 'B']],
    ["@.tags anyof ['y']", ['A']],
    ["@.tags noneof ['y']", ['B']],
    ['@.tags size 2', ['A']],
    ['@.tags empty true', ['B']],
    ["@.tags == ['x', 'y']", ['A']],
    ["['x', 'y'] == @.tags", []],
    ['@.title =~ /[ab]/i', ['A', 'B']],
    ['@.title =~ /[ab]/', []],
    ['@.tags =~ /x|q/', ['A']],
    ['@.isbn =~ /.*/', ['A', 'B', 'C']],
    ['@.tags.length() == 0', ['B']],
    ['@.author.name', ['A']],
    // An operand of a type the operator cannot take refuses the item, even under `!`.
    ["!(@.title in 'A')", []],
    ["@.title == 'A' || @.title in 'A'", ['A']],
    // Without blanks Jayway reads on: the path's name is then `isbn&&@`.
    ['@.isbn&&@.price', []],
  ])('%s', (condition, expected) => {
    expect(titles(condition)).toEqual(expected);
  });

  test('a list that holds an object cannot be compared', () => {
    const failure = new PathFailure('incalculable', 'Could not determine value type');
    expect(evaluate("$[?(@.a contains 'x')]", [{ a: [{}] }])).toEqual(failure);
  });

  test('a word without quotes cannot be evaluated', () => {
    const failure = new PathFailure('invalid', 'Failed to parse filter: Receipt is not in quotes');
    expect(evaluate('$.books[?(@.title == Receipt)]')).toEqual(failure);
  });

  test('an object is tested itself', () => {
    expect(evaluate('$[?(@.limit == 10)].text')).toEqual(['hello']);
  });
});

describe('failures are worded as by Jayway', () => {
  test.each<[string, PathFailure['kind'], string]>([
    ['$.no', 'notFound', "No results for path: $['no']"],
    ['$.no.deep', 'notFound', "Missing property in path $['no']"],
    ['$.numbers[9]', 'outOfRange', "No results for path: $['numbers'][9]"],
    ['$.numbers[9].x', 'notFound', "No results for path: $['numbers'][9]['x']"],
    ['$.nothing[0]', 'notFound', "The path $['nothing'] is null"],
    ['$.text[0]', 'notAnArray', 'Filter: [0] can only be applied to arrays. Current context is: hello'],
    [
      '$.text[0].x',
      'notAnArray',
      "Filter: [0]['x'] can only be applied to arrays. Current context is: hello",
    ],
    ['$.text[1:2]', 'notAnArray', 'Filter: [1:2] can only be applied to arrays. Current context is: hello'],
    ['$.text[?(@.x)]', 'invalid', 'Filter: [?] can not be applied to primitives. Current context is: hello'],
    ['$.limit.shout()', 'invalid', 'Function with name: shout does not exist.'],
    ['$.empty.sum()', 'incalculable', 'Aggregation function attempted to calculate value using empty array'],
    ['$.empty.first()', 'incalculable', 'Index 0 out of bounds for length 0'],
    ['$.numbers.index(3)', 'incalculable', 'Index 3 out of bounds for length 3'],
    ['$.numbers.index(-4)', 'incalculable', 'Target index:-4 larger than object count:3'],
    ['$.concat($.no.deep)', 'notFound', "Missing property in path $['no']"],
    ['$["no"]', 'notFound', 'No results for path: $["no"]'],
    ['$["no"].deep', 'notFound', "Missing property in path $['no']"],
    ["$['it\\'s']", 'notFound', "No results for path: $['it's']"],
    [
      '$.books[0][0]',
      'notAnArray',
      'Filter: [0] can only be applied to arrays. Current context is: {title=A, price=8, tags=["x","y"], author={name=Ana}}',
    ],
    [
      '$.text.x',
      'notFound',
      "Expected to find an object with property ['x'] in path $['text'] but found 'java.lang.String'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
    ],
    [
      "$.numbers['x','y']",
      'notFound',
      "Expected to find an object with property ['x','y'] in path $['numbers'] but found 'net.minidev.json.JSONArray'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
    ],
  ])('%s', checkFailure);
});

test('members that every object inherits are not found', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(evaluate(`$.${name}`)).toEqual(new PathFailure('notFound', `No results for path: $['${name}']`));
    expect(evaluate(`$..${name}`)).toEqual([]);
    expect(evaluate(`$[?(@.${name})]`)).toEqual([]);
  }
  expect(evaluate('$.toString', { toString: 1 })).toBe(1);
});

test('a path that visits too much stops', () => {
  const wide: Json = Array.from({ length: 1000 }, (_, index) => ({ index, items: [1, 2, 3] }));
  expect(evaluate('$..[?(@.items[?(@ > 2)])]', wide, { steps: 500 })).toMatchObject({ kind: 'exhausted' });
  expect(evaluate('$[?(@ =~ /(a+)+b/)]', ['a'.repeat(50)], { steps: 100_000 })).toEqual([]);
  const slow = `$[?(@ =~ /(a+)+\\1b/)]`;
  expect(evaluate(slow, ['a'.repeat(50)], { steps: 100_000 })).toMatchObject({ kind: 'exhausted' });
  let deep: Json = 1;
  for (let depth = 0; depth < 20_000; depth++) deep = [deep];
  expect(evaluate('$..x', deep)).toMatchObject({ kind: 'exhausted' });
});

test('the length of a path costs no more than its steps', () => {
  const scans = '..a'.repeat(200);
  expect(evaluate(`$${scans}`, { a: { a: 1 } })).toEqual([]);
  const filters = (depth: number): string => (depth === 0 ? '@.a' : `@..[?(${filters(depth - 1)})]`);
  expect(evaluate(`$[?(${filters(40)})]`, [{ a: 1 }], { steps: 100_000 })).toMatchObject({
    kind: 'exhausted',
  });
  expect(evaluate(`$${'[*]'.repeat(5000)}`, [])).toMatchObject({ kind: 'exhausted' });
});

test('results share structure with the document', () => {
  const document = { a: { b: [1, 2] } };
  expect(evaluate('$.a', document)).toBe(document.a);
  expect((evaluate('$..b', document) as Json[])[0]).toBe(document.a.b);
});

const segments =
  ".a .b .a.b [0] [-1] [*] .* ..a ..* ..[0] [0,1] [1:] [:-1] ['a','b'] .length() .sum() .keys() .first() .append(1) .concat('x') [?(@.a)] [?(@.a==1)] [?(@>0)] [?(!@.b)] [?(@.a=~/x/)] [?($.a.b==@)] [?(@..a)] [?(@.a[*].b)]".split(
    ' ',
  );

test('any path over any document gives a value or a failure, and changes nothing', () => {
  const pathText = fc.array(fc.constantFrom(...segments), { maxLength: 5 }).map(each => `$${each.join('')}`);
  const document = fc.object({ key: fc.constantFrom('a', 'b', 'c'), withNullPrototype: false, maxDepth: 4 });
  fc.assert(
    fc.property(pathText, document, (text, generated) => {
      const { path } = parseJsonPath(text);
      const input = deepFrozen(JSON.parse(JSON.stringify(generated)) as Json);
      const before = JSON.stringify(input);
      const value = path && compilePath(path)(input);
      expect(value).toBeDefined();
      expect(JSON.stringify(input)).toBe(before);
    }),
    { numRuns: 3000 },
  );
});

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFrozen);
  return value;
}
