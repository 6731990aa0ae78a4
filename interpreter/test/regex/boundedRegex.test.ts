import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex } from '#interpreter/regex/boundedRegex.ts';

function find(source: string, flags: string, text: string, steps = 20_000_000): unknown {
  const regex = compileRegex(source, flags, 'javascript');
  return regex === undefined ? 'refused' : regex.exec(text, 0, { steps });
}

function nativeFind(source: string, flags: string, text: string): unknown {
  const found = new RegExp(source, flags).exec(text);
  return found === null
    ? undefined
    : { start: found.index, end: found.index + found[0].length, groups: found.slice(1) };
}

function execAll(source: string, flags: string, text: string): unknown {
  const regex = compileRegex(source, flags, 'javascript');
  if (regex === undefined) return 'refused';
  const found: unknown[] = [];
  for (let from = 0; from <= text.length;) {
    const match = regex.exec(text, from, { steps: 100_000 });
    if (typeof match === 'string') return match;
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

function isWholeMatch(source: string, flags: string, text: string): boolean | string {
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
  ['(?:a??)?+', '', 'a', false],
  ['(?:\\b)?a', '', 'a', true],
  ['\\Qa.b\\E', '', 'a.b', true],
  ['\\Qa.b\\E', '', 'axb', false],
  ['\\p{Alpha}+\\p{L}', '', 'abé', true],
  ['[a-z&&[^b]]+', '', 'acd', true],
  ['[a-z&&[^b]]+', '', 'abc', false],
  ['\\Aa\\z', '', 'a', true],
  ['a b # comment', 'x', 'ab', true],
  ['\\s', '', '\u00a0', false],
  ['é', 'i', 'É', false],
  ['é', 'iu', 'É', true],
  ['(?iu)é', '', 'É', true],
  ['[^é]', 'i', 'É', true],
  ['[a-z]é', 'i', 'Bé', true],
  ['[^a]', 'i', 'A', false],
  ['\\w', 'i', 'ſ', false],
  ['\\p{Lu}', 'i', 'é', true],
  ['\\H\\h', '', 'a\t', true],
  ['\\V\\v', '', 'a\u2028', true],
  ['[\\\\s]', '', 's', true],
  ['[\\\\s]', '', ' ', false],
  ['(', '', '', 'refused'],
  ['*a', '', '', 'refused'],
  ['\\1', '', '', 'refused'],
  ['((ab){100}){1000}', '', '', 'refused'],
  ['(?<=a😀)b|.*', '', 'a😀b', true],
  ['.(?<=😀)b', '', '😀b', true],
  ['(?<!a|bc)d|bcd', '', 'bcd', true],
])('Java: /%s/%s takes the whole of %j: %s', (source, flags, text, expected) => {
  expect(isWholeMatch(source, flags, text)).toBe(expected);
});

type Patterns = fc.Arbitrary<string>;

/** Patterns within patterns; `others` are more ways to make one of another. */
const nested = (others: (pattern: Patterns) => readonly Patterns[]): Patterns =>
  fc.letrec<{ readonly pattern: string }>(tie => {
    const pattern = tie('pattern');
    return {
      pattern: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(
          'a',
          'b',
          'A',
          ' ',
          '.',
          '[ab]',
          '[^a]',
          '[A-z]',
          '\\w',
          '\\s',
          '\\d',
          '\\b',
          '\\B',
          '^',
          '$',
          '\\n',
        ),
        fc.tuple(pattern, pattern).map(parts => parts.join('')),
        fc.tuple(pattern, pattern).map(([one, other]) => `(?:${one}|${other})`),
        pattern.map(inner => `(${inner})`),
        fc
          .tuple(pattern, fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?', '{2,}'))
          .map(([inner, times]) => `(?:${inner})${times}`),
        fc.tuple(pattern, fc.constantFrom('*', '+', '?', '*?')).map(([inner, times]) => `(${inner})${times}`),
        ...others(pattern),
      ),
    };
  }).pattern;

const nestedPatterns = nested(pattern => [
  fc.tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), pattern).map(([look, inner]) => `${look}${inner})`),
  pattern.map(inner => `(${inner})\\1`),
]);
const regularPatterns = nested(() => []);

const shortText = fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '\n', '1'), maxLength: 9 });

test('finds what JavaScript finds', () => {
  fc.assert(
    fc.property(nestedPatterns, fc.constantFrom('', 'i', 'm', 'im'), shortText, (source, flags, text) => {
      expect(find(source, flags, text)).toEqual(nativeFind(source, flags, text));
    }),
    { numRuns: 1_500, seed: 20_241_122 },
  );
});

test('finds the same once it needs a memory', () => {
  // There are many ways through the ones, none of them to a zero.
  const ones = '1'.repeat(20);
  fc.assert(
    fc.property(regularPatterns, shortText, (source, text) => {
      const [wanted, found] = [nativeFind, find].map(each =>
        each(`^(?:(?:1|11)*0|1{20}${source})`, 'm', ones + text),
      );
      expect(found).toEqual(wanted);
    }),
    { numRuns: 300, seed: 20_241_122 },
  );
});

test.each([
  ['[\\d\\-x]+', 'a1-x'],
  ['[]a]', 'a'],
  ['[^]', '\n'],
  ['a{,2}', 'a{,2}'],
  ['\\x41\\u0042\\103\\cA', 'ABC\u0001'],
  ['(?<year>\\d{4})-\\k<year>', '2024-2024'],
  ['\\0|\\8', '8'],
  ['[\\b]\\//', '\b//'],
  ['ſ|ß', 'ß'],
  ['\\c1', '\\c1'],
  ['\\k<(a)>\\1', 'k<a>a'],
  ['(a)\\10', 'a\b'],
  ['(?:(?<y>a)|(?<y>b))\\k<y>', 'abb'],
  ['a(?i:b)', 'abaB'],
  ['(?:^)*a', 'ba'],
])('reads %s as JavaScript does', (source, text) => {
  expect(find(source, '', text)).toEqual(nativeFind(source, '', text));
});

describe('hostile patterns', () => {
  test.each([
    ['nested repetition', '^(a+)+$', 'a'.repeat(20_000) + 'b'],
    ['alternatives that overlap', '^(a|aa)+$', 'a'.repeat(20_000) + 'b'],
    ['repetition in a row', '^a*a*a*a*a*a*$', 'a'.repeat(5_000) + 'b'],
    ['an address', '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$', 'a'.repeat(5_000)],
  ])('%s takes linear time', (_, source, text) => {
    expect(find(source, '', text, 5_000_000)).toBeUndefined();
  });
  test('nor do those of Java', () => {
    expect(isWholeMatch('(a+)+b', '', 'a'.repeat(60))).toBe(false);
    expect(isWholeMatch('(.*)(.*)(.*)(.*)(.*)x', '', 'a'.repeat(500))).toBe(false);
    expect(isWholeMatch('(?:a*+|b)*+c', '', 'a'.repeat(500))).toBe(false);
  });
  test('those that need backreferences run out of steps', () => {
    expect(isWholeMatch('(a+)+\\1b', '', 'a'.repeat(60))).toBe('outOfSteps');
    expect(find('^(a+)+\\1$', '', `${'a'.repeat(5_000)}b`, 500_000)).toBe('outOfSteps');
  });
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
