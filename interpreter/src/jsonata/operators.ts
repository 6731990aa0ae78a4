import type { BinaryOperator } from '#core/expressions/jsonata/ast.ts';
import { Failure } from './failure.ts';
import type { Run } from './run.ts';
import { isDeepEqual } from './equality.ts';
import { stringOf } from './stringify.ts';
import { isArray, isObject, SEQUENCE, type OwnArray, type Value } from './value.ts';

export type BinaryFunction = (lhs: Value, rhs: Value, run: Run) => Value;

/** The operators that evaluate both sides first. */
export const binaryFunctions: Readonly<Record<Exclude<BinaryOperator, 'and' | 'or'>, BinaryFunction>> = {
  '+': (lhs, rhs, run) =>
    typeof lhs === 'number' && typeof rhs === 'number' && isFiniteNumber(lhs) && isFiniteNumber(rhs)
      ? checkedNumber(lhs + rhs, run)
      : arithmeticTrouble(lhs, rhs, '+'),
  '-': (lhs, rhs, run) =>
    typeof lhs === 'number' && typeof rhs === 'number' && isFiniteNumber(lhs) && isFiniteNumber(rhs)
      ? checkedNumber(lhs - rhs, run)
      : arithmeticTrouble(lhs, rhs, '-'),
  '*': (lhs, rhs, run) =>
    typeof lhs === 'number' && typeof rhs === 'number' && isFiniteNumber(lhs) && isFiniteNumber(rhs)
      ? checkedNumber(lhs * rhs, run)
      : arithmeticTrouble(lhs, rhs, '*'),
  '/': (lhs, rhs, run) =>
    typeof lhs === 'number' && typeof rhs === 'number' && isFiniteNumber(lhs) && isFiniteNumber(rhs)
      ? checkedNumber(lhs / rhs, run)
      : arithmeticTrouble(lhs, rhs, '/'),
  '%': (lhs, rhs, run) =>
    typeof lhs === 'number' && typeof rhs === 'number' && isFiniteNumber(lhs) && isFiniteNumber(rhs)
      ? checkedNumber(lhs % rhs, run)
      : arithmeticTrouble(lhs, rhs, '%'),
  '=': (lhs, rhs, run) => lhs !== undefined && rhs !== undefined && isDeepEqual(lhs, rhs, run),
  '!=': (lhs, rhs, run) => lhs !== undefined && rhs !== undefined && !isDeepEqual(lhs, rhs, run),
  '<': (lhs, rhs) =>
    (typeof lhs === 'number' && typeof rhs === 'number') ||
    (typeof lhs === 'string' && typeof rhs === 'string')
      ? lhs < rhs
      : comparisonTrouble(lhs, rhs, '<'),
  '<=': (lhs, rhs) =>
    (typeof lhs === 'number' && typeof rhs === 'number') ||
    (typeof lhs === 'string' && typeof rhs === 'string')
      ? lhs <= rhs
      : comparisonTrouble(lhs, rhs, '<='),
  '>': (lhs, rhs) =>
    (typeof lhs === 'number' && typeof rhs === 'number') ||
    (typeof lhs === 'string' && typeof rhs === 'string')
      ? lhs > rhs
      : comparisonTrouble(lhs, rhs, '>'),
  '>=': (lhs, rhs) =>
    (typeof lhs === 'number' && typeof rhs === 'number') ||
    (typeof lhs === 'string' && typeof rhs === 'string')
      ? lhs >= rhs
      : comparisonTrouble(lhs, rhs, '>='),
  '&': concatenate,
  in: includes,
  '..': range,
};

/** Whether a value is a number; one beyond the range of JSON numbers is an error. */
export function isNumeric(value: Value): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) throw new Failure('D1001', { value });
  return true;
}

/** The effective boolean value: empty and zero are false, and so is nothing. */
export function truthOf(value: Value, run: Run): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.length > 0;
    case 'number':
      return isNumeric(value) && value !== 0;
    default:
      break;
  }
  if (isArray(value)) {
    if (value.length === 1) return truthOf(value[0], run);
    run.work(value.length);
    return value.some(item => truthOf(item, run));
  }
  if (!isObject(value)) return false;
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}

export function negate(value: Value): Value {
  if (value === undefined) return undefined;
  if (isNumeric(value)) return -value;
  throw new Failure('D1002', { value, token: '-' });
}

function isFiniteNumber(value: number): boolean {
  return value - value === 0;
}

function checkedNumber(value: number, run: Run): number {
  if (value - value !== 0) run.mustInspect = true;
  return value;
}

function arithmeticTrouble(lhs: Value, rhs: Value, token: string): undefined {
  if (lhs !== undefined && !isNumericFor(lhs, token)) throw new Failure('T2001', { value: lhs, token });
  if (rhs !== undefined && !isNumericFor(rhs, token)) throw new Failure('T2002', { value: rhs, token });
  return undefined;
}

function isNumericFor(value: Value, token: string): boolean {
  if (value === Infinity || value === -Infinity) throw new Failure('D1001', { value, token });
  return isNumeric(value);
}

function comparisonTrouble(lhs: Value, rhs: Value, token: string): undefined {
  const isComparable = (value: Value): boolean =>
    value === undefined || typeof value === 'string' || typeof value === 'number';
  if (!isComparable(lhs) || !isComparable(rhs)) {
    const isLeft = typeof lhs !== 'string' && typeof lhs !== 'number';
    throw new Failure('T2010', { value: isLeft ? lhs : rhs, token });
  }
  if (lhs === undefined || rhs === undefined) return undefined;
  throw new Failure('T2009', { value: lhs, value2: rhs, token });
}

function concatenate(lhs: Value, rhs: Value, run: Run): string {
  const left = typeof lhs === 'string' ? lhs : lhs === undefined ? '' : textFor(lhs, run);
  const right = typeof rhs === 'string' ? rhs : rhs === undefined ? '' : textFor(rhs, run);
  // Both halves are shared, not copied, until the text is read: only its total length is dear.
  run.allocate(Math.min(left.length, right.length) + 1);
  run.checkText(left.length + right.length);
  return left + right;
}

function textFor(value: Value, run: Run): string {
  try {
    return stringOf(value, run) ?? '';
  } catch (error) {
    if (error instanceof Failure) error.token = '&';
    throw error;
  }
}

function includes(lhs: Value, rhs: Value, run: Run): boolean {
  if (lhs === undefined || rhs === undefined) return false;
  if (!isArray(rhs)) return lhs === rhs;
  run.work(rhs.length);
  return rhs.indexOf(lhs) !== -1;
}

function range(lhs: Value, rhs: Value, run: Run): Value {
  if (lhs !== undefined && !Number.isInteger(lhs)) throw new Failure('T2003', { value: lhs, token: '..' });
  if (rhs !== undefined && !Number.isInteger(rhs)) throw new Failure('T2004', { value: rhs, token: '..' });
  if (typeof lhs !== 'number' || typeof rhs !== 'number' || lhs > rhs) return undefined;
  const size = rhs - lhs + 1;
  if (size > 1e7) throw new Failure('D2014', { value: size, token: '..' });
  run.checkItems(size);
  run.allocate(size);
  run.work(size);
  run.built += size;
  const numbers: OwnArray = Array.from({ length: size }, (_, index) => lhs + index);
  numbers.flags = SEQUENCE;
  return numbers;
}
