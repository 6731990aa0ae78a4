import { describe, expect, test } from 'vitest';
import { jsonataFunctions } from '#core/language/jsonataFunctions.ts';
import { checkFailure, checkValue, evaluated } from './check.ts';

describe('every example in the table of functions is true', () => {
  test.each(jsonataFunctions.map(row => [row.example.expression, row] as const))(
    '%s',
    (expression, { example }) => {
      const result = evaluated(expression);
      if (example.result === undefined) {
        expect(result).toMatchObject({ kind: 'failed', message: 'Order without items' });
      } else {
        expect(result).toEqual({ kind: 'value', value: JSON.parse(example.result) });
      }
    },
  );
});

function checkNothing(text: string): void {
  expect(evaluated(text)).toEqual({ kind: 'nothing' });
}

test('$eval does not exist', () => checkFailure(`$eval('1')`, 'T1006', 'Attempted to invoke a non-function'));

describe('what Step Functions adds', () => {
  test('$partition', () => {
    checkValue('$partition([1, 2, 3, 4], 2)', [
      [1, 2],
      [3, 4],
    ]);
    checkValue('$partition([1, 2, 3], 2.9)', [[1, 2], [3]]);
    checkNothing('$partition([], 2)');
    checkNothing('$partition([1], 0)');
    expect(evaluated('$partition([1], -1)').kind).toBe('failed');
  });
  test('$range includes its end, in both directions', () => {
    checkValue('$range(0, 6, 2)', [0, 2, 4, 6]);
    checkValue('$range(5, 1, -2)', [5, 3, 1]);
    checkValue('$range(1, 9, 9)', 1);
    checkValue('$range(-1.7, 2, 1)', [-1, 0, 1, 2]);
    checkNothing('$range(1, 2)');
    checkNothing('$range(1, 2, 0)');
    checkNothing('$range(1, 2, -1)');
  });
  test('$hash', () => {
    checkValue(`$hash('input', 'SHA-1')`, '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1');
    checkValue(`$hash('', 'MD5')`, 'd41d8cd98f00b204e9800998ecf8427e');
    checkValue(`$hash('abc', 'SHA-256')`, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    checkValue(`$length($hash('é', 'SHA-384'))`, 96);
    checkValue(`$length($hash('é', 'SHA-512'))`, 128);
    expect(evaluated(`$hash('a', 'CRC')`).kind).toBe('failed');
    expect(evaluated(`$hash('a', 'md5')`).kind).toBe('failed');
    checkNothing(`$hash('a')`);
  });
  test('$random is java.util.Random when it has a seed', () => {
    checkValue('$random(42)', 0.7275636800328681);
    checkValue('$random(42.9)', 0.7275636800328681);
    checkValue('$random()', 0.5);
  });
  test('$uuid comes from the environment', () =>
    checkValue('$uuid()', '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'));
  test('$parse', () => {
    checkValue(`$parse('{"a": [1, null]}')`, { a: [1, null] });
    checkValue(`$parse('{"__proto__": 1}').__proto__`, 1);
    expect(evaluated(`$parse('{')`).kind).toBe('failed');
  });
});

describe('integer parameters are rounded towards zero', () => {
  test.each([
    [`$substring('hello', 1.9, 2.9)`, 'el'],
    [`$substring('hello', -1.5)`, 'o'],
    [`$pad('foo', 5.7, '#')`, 'foo##'],
    [`$round(1.259, 1.9)`, 1.3],
    [`$split('a,b,c', ',', 1.5)`, ['a']],
    [`$replace('aaa', 'a', 'b', 2.5)`, 'bba'],
  ])('%s', (text, expected) => checkValue(text, expected));
});

test('a part of a text has no end without a start', () => {
  checkValue(`$substring('hello', $missing)`, 'hello');
  checkValue(`$substring('hello', $missing, 2)`, '');
});

test('a function in an array is null, however it got there', () => {
  checkValue('[$sum]', [null]);
  checkValue('$sort($sum)', [null]);
  checkValue('$reverse($sum)', [null]);
});

describe('times', () => {
  test('without an offset are in UTC, wherever this runs', () => {
    checkValue(`$toMillis('2017-11-07T15:07:54.972')`, 1_510_067_274_972);
    checkValue(`$toMillis('2017-11-07')`, 1_510_012_800_000);
  });
  test('are read by the rules of a picture', () => {
    checkValue(
      `$toMillis('22 November 2024 9:05 pm', '[D1] [MNn] [Y0001] [h1]:[m01] [P]')`,
      Date.UTC(2024, 10, 22, 21, 5),
    );
    checkValue(`$toMillis('13:45', '[H01]:[m01]')`, Date.UTC(2024, 10, 22, 13, 45));
    checkFailure(
      `$toMillis('2024 10:00', '[Y0001] [H01]:[m01]')`,
      'D3136',
      'The date/time picture string is missing specifiers required to parse the timestamp',
    );
  });
  test('are written in other zones', () =>
    checkValue(
      `$fromMillis(1510067557121, '[FNn,*-3], [D1o] [MNn] [Y] [h]:[m01][PN] [z]', '-0500')`,
      'Tue, 7th November 2017 10:12AM GMT-05:00',
    ));
});

describe('numbers as text', () => {
  test('are whole below 1e21 and have fifteen digits of a fraction', () => {
    checkValue('$string(5890840712243076)', '5890840712243076');
    checkValue('$string(1e20)', '100000000000000000000');
    checkValue('$string(9223372036854775808)', '9223372036854776000');
    checkValue('1e21 & ""', '1e+21');
    checkValue('$string(0.1 + 0.2)', '0.3');
  });
  test('that JSON does not have are the words of JavaScript', () => {
    checkValue('1 / 0', 'Infinity');
    checkValue('[-1 / 0, 0 / 0]', ['-Infinity', 'NaN']);
    checkValue('{"k": 1e308 * 10}', { k: 'Infinity' });
    checkValue(`$parseInteger('abc', '0')`, 'NaN');
    checkFailure('1 / 0 + 1', 'D1001', 'Number out of range: null');
  });
  test('pictures of zero and negative exponents end', () => {
    checkValue(`$formatNumber(0, '0.0e0')`, '0.0e0');
    checkValue(`$formatNumber(-1200, '0.0##e0')`, '-1.2e3');
  });
});
