import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';
import { parseJaywayPath, parseJsonPath } from '#core/expressions/jsonPath/parse.ts';

/** A short form of the tree: `$store`, `.book`, `[0]`, `[?]`. */
function outline(path: JsonPath | undefined): string {
  if (path === undefined) return '-';
  const origin = { document: '$', context: '$$', item: '@', variable: '' }[path.origin.kind];
  const name = path.origin.kind === 'variable' ? `$${path.origin.name}` : origin;
  const steps = path.steps.map(step => {
    switch (step.kind) {
      case 'child':
        return `<${step.name}>`;
      case 'children':
        return `<${step.names.map(each => each.name).join('|')}>`;
      case 'index':
        return `[${step.index}]`;
      case 'indexes':
        return `[${step.indexes.join(',')}]`;
      case 'slice':
        return `[${step.from ?? ''}:${step.to ?? ''}]`;
      case 'wildcard':
        return '*';
      case 'scan':
        return '..';
      case 'filter':
        return '[?]';
      case 'function':
        return `${step.name}/${step.arguments.map(each => each.kind).join(',')}`;
    }
  });
  return [name, ...steps].join(' ');
}

function checkAccepted(text: string, expected: string): void {
  const parsed = parseJsonPath(text);
  expect(parsed.errors).toEqual([]);
  expect(outline(parsed.path)).toBe(expected);
}

/** The problem is drawn under the text: `^` marks its range. */
function checkRefused(text: string, drawing: string, recovered: string): void {
  const parsed = parseJsonPath(text);
  const drawn = parsed.errors.map(each => {
    return `${' '.repeat(each.start)}${'^'.repeat(Math.max(1, each.end - each.start))} ${each.message}`;
  });
  expect(drawn.join('\n')).toBe(drawing);
  expect(outline(parsed.path)).toBe(recovered);
}

describe('accepts what AWS accepts', () => {
  test.each([
    ['$', '$'],
    ['$$', '$$'],
    ['$$.Execution.Id', '$$ <Execution> <Id>'],
    ['$order.items[0]', '$order <items> [0]'],
    ['$größe', '$größe'],
    ['$.store.book[0].title', '$ <store> <book> [0] <title>'],
    ['$.[0]', '$ [0]'],
    ['$.a.[0].b', '$ <a> [0] <b>'],
    ["$.['a b'].['c d']", '$ <a b> <c d>'],
    ['$["a\'b"]["x\\"y"]', '$ <a\'b> <x"y>'],
    ["$['x','y']", '$ <x|y>'],
    ["$[ 'x' , 'y' ]", '$ <x|y>'],
    ["$['a']b", '$ <a> <b>'],
    ['$.store\\.book', '$ <store.book>'],
    ['$.\\stor\\e.boo\\k', '$ <store> <book>'],
    ['$.foo\\@bar.baz\\[\\[.\\?pretty', '$ <foo@bar> <baz[[> <?pretty>'],
    ['$.a-b.c:d', '$ <a-b> <c:d>'],
    ['$.vals[-1]', '$ <vals> [-1]'],
    ['$.vals[1:5:2]', '$ <vals> [1:5]'],
    ['$.vals[ 0 , 2 ]', '$ <vals> [0,2]'],
    ['$.*', '$ *'],
    ['$[ * ].a', '$ * <a>'],
    ['$..book..*', '$ .. <book> .. *'],
    ['$..[0]', '$ .. [0]'],
    ['$.vals.sum()', '$ <vals> sum/'],
    ['$.concat($.s, 1, \'x\', {"a": [1, 2]})', '$ concat/path,json,ignored,json'],
    ['$.book[?(@.price < 10)].title', '$ <book> [?] <title>'],
    ['$[?(@.a=~/x\\/y/i && !(@.b || !@.c))]', '$ [?]'],
    ["$.book[?(@['price'] in [8.95, 'x'])]", '$ <book> [?]'],
    ['$.a[?(@.Name==Receipt)]', '$ <a> [?]'],
    ['$.a[?(@.b.length() > 2)]', '$ <a> [?]'],
    ['$.a[?(@.t == ")")]', '$ <a> [?]'],
    ['  $.a ', '$ <a>'],
  ])('%s', checkAccepted);
});

describe('refuses what Jayway refuses, at its place', () => {
  test.each([
    ['', "^ Path must start with '$'", '-'],
    ['a.b', "^^^ Path must start with '$'", '-'],
    ['$.a.', "   ^ Path must not end with a '.' or '..'", '$ <a>'],
    ['$..', " ^^ Path must not end with a '.' or '..'", '$'],
    ['$$x', "  ^ Illegal character at position 1 expected '.' or '['", '$$'],
    ['$...a', "   ^ Character '.' on position 3 is not valid.", '$ .. <a>'],
    [
      '$.a b.c',
      "  ^^^ Use bracket notion ['my prop'] if your property contains blank characters. position: 2",
      '$ <c>',
    ],
    ['$.a[]', "   ^^ Could not parse token starting at position 3. Expected ?, ', 0-9, * ", '$ <a>'],
    [
      '$.a[(@.length-1)].b',
      "   ^^^^^^^^^^^^^^ Could not parse token starting at position 3. Expected ?, ', 0-9, * ",
      '$ <a> <b>',
    ],
    [
      '$x.a[b].c',
      "    ^^^ Could not parse token starting at position 3. Expected ?, ', 0-9, * ",
      '$x <a> <c>',
    ],
    ["$['a", "  ^^ Property has not been closed - missing closing '", '$'],
    ["$['a'", ' ^^^^ Property has not been closed - missing closing ]', '$'],
    ["$['a',]", '     ^^ Found empty property at index 6', '$'],
    ['$[:]', ' ^^^ Failed to parse SliceOperation: :', '$'],
    ['$[1,]', ' ^^^^ Failed to parse token in ArrayIndexOperation: ', '$'],
    ['$[99999999999]', ' ^^^^^^^^^^^^^ Failed to parse token in ArrayIndexOperation: 99999999999', '$'],
    ['$.sum($.a', "  ^^^^^^^ Arguments to function: 'sum' are not closed properly.", '$'],
    ['$[?]', ' ^^^ Not enough predicates supplied for filter [?] at position 1', '$'],
    ['$[?(@.a ~~ 1)].b', '        ^^ Filter operator ~~ is not supported!', '$ <b>'],
    ['$[?(1)].b', '    ^ Expected path node', '$ <b>'],
    ['$[?(@.a == )].b', "           ^ Expected a value in the filter but found ')'", '$ <b>'],
    [
      '$[?(@.a) && (@.b)].c',
      "         ^ Could not parse token starting at position 1. Expected ?, ', 0-9, * ",
      '$ <c>',
    ],
    ["$[?(@.a == 'x)]", "           ^^^^ String literal does not have matching quotes. Expected '", '$'],
  ])('%s', checkRefused);
});

test('Jayway itself knows no variables and puts a missing $ in front', () => {
  expect(parseJaywayPath('$store').errors[0]?.message).toBe(
    "Illegal character at position 1 expected '.' or '['",
  );
  expect(outline(parseJaywayPath('store.book').path)).toBe('$ <store> <book>');
});

test('nesting has a limit instead of a stack overflow', () => {
  const deep = (count: number): string => `$${'[?(@'.repeat(count)}${')]'.repeat(count)}`;
  expect(parseJsonPath(deep(50)).errors).toEqual([]);
  expect(parseJsonPath(deep(5000)).errors[0]?.message).toContain('nested too deeply');
  expect(parseJsonPath(`$[?(${'!'.repeat(20_000)}(@.a))]`).errors[0]?.message).toContain('nested too deeply');
});

const pieces =
  '$ $$ @ . .. [ ] ( ) ? * \' " , : - \\ / a b 0 12 == =~ && || ! in size null true { } length()'.split(' ');
const pathLike = fc
  .array(fc.constantFrom(' ', ...pieces), { maxLength: 30 })
  .map(parts => `$${parts.join('')}`);

test('any text gives a result whose ranges lie inside the text', () => {
  const check = (text: string): void => {
    const { path, errors } = parseJsonPath(text);
    for (const range of [...errors, ...rangesIn(path)]) {
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.start).toBeLessThanOrEqual(range.end);
      expect(range.end).toBeLessThanOrEqual(text.length);
    }
  };
  fc.assert(fc.property(fc.string(), check));
  fc.assert(fc.property(pathLike, check), { numRuns: 2000 });
});

function rangesIn(value: unknown): { start: number; end: number }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'start' in value && 'end' in value ? [value as { start: number; end: number }] : [];
  return [...own, ...Object.values(value).flatMap(rangesIn)];
}
