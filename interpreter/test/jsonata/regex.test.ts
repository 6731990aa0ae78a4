import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { executeRegex } from '#interpreter/jsonata/regex/execute.ts';
import { compileProgram } from '#interpreter/jsonata/regex/program.ts';
import { DEFAULT_BUDGET, Run } from '#interpreter/jsonata/run.ts';
import { checkValue, evaluated, situationWith } from './check.ts';

function find(source: string, flags: string, text: string, steps = DEFAULT_BUDGET.steps) {
  const program = compileProgram(source, flags);
  if (program === undefined) throw new Error(`${source} is too large`);
  const run = new Run(situationWith({}).environment, () => undefined, { ...DEFAULT_BUDGET, steps });
  return executeRegex(program, text, 0, run);
}

const patterns: fc.Arbitrary<string> = fc.letrec<{ readonly pattern: string }>(tie => {
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
      fc
        .tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), pattern)
        .map(([look, inner]) => `${look}${inner})`),
      pattern.map(inner => `(${inner})\\1`),
    ),
  };
}).pattern;

test('finds what JavaScript finds', () => {
  fc.assert(
    fc.property(
      patterns,
      fc.constantFrom('', 'i', 'm', 'im'),
      fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '\n', '1'), maxLength: 9 }),
      (source, flags, text) => {
        const wanted = new RegExp(source, flags).exec(text);
        const got = find(source, flags, text);
        expect(got).toEqual(
          wanted
            ? { start: wanted.index, end: wanted.index + wanted[0].length, groups: wanted.slice(1) }
            : undefined,
        );
      },
    ),
    { numRuns: 1_500, seed: 20_241_122 },
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
])('reads %s as JavaScript does', (source, text) => {
  const wanted = new RegExp(source).exec(text);
  expect(find(source, '', text)).toEqual(
    wanted
      ? { start: wanted.index, end: wanted.index + wanted[0].length, groups: wanted.slice(1) }
      : undefined,
  );
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
  test('those that need back references end with the budget', () => {
    expect(
      evaluated(
        `$contains($pad('', 5000, 'a') & 'b', /^(a+)+\\1$/)`,
        {},
        { ...DEFAULT_BUDGET, steps: 500_000 },
      ),
    ).toMatchObject({
      kind: 'exhausted',
      resource: 'steps',
    });
  });
  test('groups nested without end are refused', () => {
    const pattern = '('.repeat(1_000) + 'a' + ')'.repeat(1_000);
    expect(evaluated(`$contains('a', /${pattern}/)`)).toMatchObject({ kind: 'exhausted', resource: 'size' });
  });
  test('counts that multiply are refused', () => {
    expect(evaluated(`$contains('a', /((a{1000}){1000}){1000}/)`)).toMatchObject({
      kind: 'exhausted',
      resource: 'size',
    });
  });
  test('a date picture that is one', () => {
    const picture = '[H][m][s][f][h][P]'.repeat(10);
    expect(evaluated(`$toMillis($pad('', 400, '1'), '${picture}')`).kind).not.toBe('value');
  });
});

describe('in expressions', () => {
  test('$match', () =>
    checkValue(`$match('ab12cd3', /([a-z]+)(\\d+)/)`, [
      { match: 'ab12', index: 0, groups: ['ab', '12'] },
      { match: 'cd3', index: 4, groups: ['cd', '3'] },
    ]));
  test('$split', () => checkValue(`$split('a1b22c', /\\d+/)`, ['a', 'b', 'c']));
  test('$replace by a function', () =>
    checkValue(`$replace('2 and 3', /\\d/, function($m) { $string($number($m.match) * 2) })`, '4 and 6'));
  test('called directly', () => checkValue(`/b+/('abbc')`, { match: 'bb', start: 1, end: 3, groups: [] }));
});
