import { Failure } from '../failure.ts';
import { isNumeric, truthOf } from '../operators.ts';
import type { Run } from '../run.ts';
import { isArray, type Value } from '../value.ts';
import { formatNumber } from './formatNumber.ts';
import { integerOf, type Functions } from './functions.ts';
import { rounded } from './rounded.ts';

export const numberFunctions = {
  number: ([value]) => numberFrom(value),
  abs: ([value]) => (typeof value === 'number' ? Math.abs(value) : undefined),
  floor: ([value]) => (typeof value === 'number' ? Math.floor(value) : undefined),
  ceil: ([value]) => (typeof value === 'number' ? Math.ceil(value) : undefined),
  round: ([value, precision]) =>
    typeof value === 'number' ? rounded(value, integerOf(precision)) : undefined,
  sqrt: ([value]) => {
    if (typeof value !== 'number') return undefined;
    if (value < 0) throw new Failure('D3060', { value, index: 1 });
    return Math.sqrt(value);
  },
  power: ([base, exponent]) => {
    if (typeof base !== 'number') return undefined;
    const result = base ** (typeof exponent === 'number' ? exponent : NaN);
    if (!Number.isFinite(result)) throw new Failure('D3061', { value: base, exp: exponent, index: 1 });
    return result;
  },
  formatNumber: ([value, picture, options], run) =>
    typeof value === 'number' ? formatNumber(value, picture, options, run) : undefined,
  formatBase: ([value, radix]) => {
    if (typeof value !== 'number') return undefined;
    const base = typeof radix === 'number' ? rounded(radix, undefined) : 10;
    if (base < 2 || base > 36) throw new Failure('D3100', { value: base });
    return rounded(value, undefined).toString(base);
  },
  sum: ([numbers], run) => (isArray(numbers) ? total(numbers, run) : undefined),
  count: ([items]) => (isArray(items) ? items.length : 0),
  max: ([numbers], run) => extreme(numbers, run, Math.max),
  min: ([numbers], run) => extreme(numbers, run, Math.min),
  average: ([numbers], run) =>
    isArray(numbers) && numbers.length > 0 ? total(numbers, run) / numbers.length : undefined,
  boolean: ([value], run) => (value === undefined ? undefined : truthOf(value, run)),
  not: ([value], run) => (value === undefined ? undefined : !truthOf(value, run)),
} satisfies Functions;

const DECIMAL = /^-?[0-9]+(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?$/;
/** Anchored as the package has it, by accident: only the ends of the first and last choice. */
const RADIX = /^(?:0[xX][0-9A-Fa-f]+)|(?:0[oO][0-7]+)|(?:0[bB][0-1]+)$/;

function numberFrom(value: Value): number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') {
    if (DECIMAL.test(value) && Number.isFinite(Number(value))) return parseFloat(value);
    if (RADIX.test(value)) return Number(value);
  }
  throw new Failure('D3030', { value, index: 1 });
}

function total(numbers: readonly Value[], run: Run): number {
  run.work(numbers.length);
  let sum = 0;
  for (const number of numbers) sum += typeof number === 'number' ? number : NaN;
  if (!Number.isFinite(sum)) run.mustInspect = true;
  return sum;
}

function extreme(numbers: Value, run: Run, better: (a: number, b: number) => number): number | undefined {
  if (!isArray(numbers) || numbers.length === 0) return undefined;
  run.work(numbers.length);
  return numbers.filter(isNumeric).reduce((best, number) => better(best, number));
}
