import { describe, expect, test } from 'vitest';
import { DEFAULT_BUDGET } from '#interpreter/jsonata/run.ts';
import { checkValue, evaluated } from './check.ts';

describe('hostile patterns', () => {
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
  test('called with a place to begin', () =>
    checkValue(`/b/('abb', 2)`, { match: 'b', start: 2, end: 3, groups: [] }));
  test('called with a place before the text', () => checkValue(`/\\w/('abb', -1e300).start`, 0));
});
