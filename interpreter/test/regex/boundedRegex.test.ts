import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex } from '#interpreter/regex/boundedRegex.ts';

function execAll(source: string, flags: string, text: string): unknown {
  const regex = compileRegex(source, flags, 'javascript');
  if (regex === undefined) return 'refused';
  const found: unknown[] = [];
  for (let from = 0; from <= text.length;) {
    const match = regex.exec(text, from, { steps: 100_000 });
    if (match === 'exhausted') return 'exhausted';
    if (match === undefined) break;
    found.push([match.start, match.end, ...match.groups]);
    from = match.end > match.start ? match.end : match.end + 1;
  }
  return found;
}

function nativeExecAll(source: string, flags: string, text: string): unknown {
  const regex = new RegExp(source, `${flags}g`);
  return [...text.matchAll(regex)].map(match => [
    match.index,
    match.index + match[0].length,
    ...match.slice(1),
  ]);
}

describe('agrees with the host on', () => {
  test.each([
    ['a', '', 'banana'],
    ['an?', '', 'banana'],
    ['(a)(n)?', '', 'banana'],
    ['a*', '', 'baaac'],
    ['a*?', '', 'baaac'],
    ['(a|ab)(c|bcd)(d*)', '', 'abcd'],
    ['(?:(a)|b)*', '', 'ab'],
    ['(z)((a+)?(b+)?(c))*', '', 'zaacbbbcac'],
    ['(?=(a+))a*b\\1', '', 'baaabac'],
    ['(.*?)a(?!(a+)b\\2c)\\2(.*)', '', 'baaabaac'],
    ['(?<=\\$)\\d+', '', 'cost $42 or 17'],
    ['(?<!\\$)\\b\\d+', '', 'cost $42 or 17'],
    ['(?<year>\\d{4})-(?<month>\\d\\d)\\k<year>', '', '2024-122024'],
    ['^b|c$', 'm', 'a\nb\nc'],
    ['^b', '', 'a\nb'],
    ['.+', 's', 'a\nb'],
    ['.+', '', 'a\nb'],
    ['[^a-c]+', '', 'abcdefabc'],
    ['[\\]\\w-]+', 'i', 'x-]Y!'],
    ['STRASSE|é', 'i', 'straße É strasse'],
    ['(a{2,3}){2}', '', 'aaaaaaa'],
    ['x{0}y{2,}?', '', 'yyyy'],
    ['\\bfoo\\B', '', 'foo food'],
    ['(?:a*)*b', '', 'aaab'],
    ['()*a', '', 'a'],
    ['[]|a', '', 'a'],
    ['\\u0041\\x42\\t\\.', '', 'AB\t.'],
    ['a|', '', 'ba'],
    ['{a}', '', '{a}'],
    ['(a*)*', '', 'b'],
    ['(?:a?)*?b', '', 'aab'],
    ['\\d+\\s*(?:kg|g)', 'i', '12 KG 3g'],
  ])('/%s/%s in %j', (source, flags, text) => {
    expect(execAll(source, flags, text)).toEqual(nativeExecAll(source, flags, text));
  });
});

const pieces = 'a b . [ab] [^a] \\w (a) (b|ab) (?:ba) (?=b) (?!a) (?<=a) ^ $ |'.split(' ');
const piece = fc.constantFrom(...pieces);
const repeat = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '{1,2}');
const pattern = fc
  .array(fc.tuple(piece, repeat), { minLength: 1, maxLength: 6 })
  .map(parts =>
    parts.map(([each, sign]) => (/^(\^|\$|\||\(\?[=!<])/.test(each) ? each : each + sign)).join(''),
  );

test('agrees with the host on any pattern made of these pieces', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (source, input) => {
      expect([source, execAll(source, '', input)]).toEqual([source, nativeExecAll(source, '', input)]);
    }),
    { numRuns: 3000 },
  );
});

function isWholeMatch(source: string, flags: string, text: string): boolean | 'exhausted' | 'refused' {
  return compileRegex(source, flags, 'java')?.matchesAll(text, { steps: 1_000_000 }) ?? 'refused';
}

test.each([
  ['a.c', '', 'abc', true],
  ['a.c', '', 'abcd', false],
  ['a.c', '', 'a😀c', true],
  ['a|ab', '', 'ab', true],
  ['(?i)ab', '', 'AB', true],
  ['a(?i:b)c', '', 'aBc', true],
  ['a(?i:b)c', '', 'aBC', false],
  ['a*+a', '', 'aaa', false],
  ['(?>a*)b', '', 'aab', true],
  ['\\Qa.b\\E', '', 'a.b', true],
  ['\\Qa.b\\E', '', 'axb', false],
  ['\\p{Alpha}+\\p{L}', '', 'abé', true],
  ['[a-z&&[^b]]+', '', 'acd', true],
  ['[a-z&&[^b]]+', '', 'abc', false],
  ['\\Aa\\z', '', 'a', true],
  ['a b # comment', 'x', 'ab', true],
  ['\\s', '', '\u00a0', false],
  ['(', '', '', 'refused'],
  ['*a', '', '', 'refused'],
  ['\\1', '', '', 'refused'],
  ['((ab){100}){1000}', '', '', 'refused'],
])('Java: /%s/%s takes the whole of %j: %s', (source, flags, text, expected) => {
  expect(isWholeMatch(source, flags, text)).toBe(expected);
});

test('a pattern that would take for ever runs out of steps', () => {
  expect(isWholeMatch('(a+)+b', '', 'a'.repeat(60))).toBe('exhausted');
  expect(isWholeMatch('(.*)(.*)(.*)(.*)(.*)x', '', 'a'.repeat(500))).toBe('exhausted');
});

test('a long text needs no deep stack', () => {
  expect(isWholeMatch('(?:a|b)*', '', 'ab'.repeat(50_000))).toBe(true);
  expect(isWholeMatch('(a|b)*c', '', `${'ab'.repeat(50_000)}c`)).toBe(true);
});

test('any pattern is read or refused', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (source, text) => {
      for (const dialect of ['java', 'javascript'] as const) {
        compileRegex(source, 'i', dialect)?.exec(text, 0, { steps: 10_000 });
      }
    }),
  );
  expect(compileRegex('('.repeat(5000), '', 'java')).toBeUndefined();
});
