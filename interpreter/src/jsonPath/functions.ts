import type { Json } from '#core/json.ts';
import { isJsonObject } from '#core/json.ts';
import { describeValue } from './describe.ts';
import { PathFailure } from './pathFailure.ts';

/** A function at the end of a path: what it gives for the value it is applied to and its arguments. */
export type PathFunction = (value: Json, args: readonly Json[]) => Json | PathFailure;

/**
 * Jayway's functions. Numbers and texts are taken from the value, if it is an array, and from the
 * arguments, and others are passed over.
 */
export const pathFunctions: ReadonlyMap<string, PathFunction> = new Map<string, PathFunction>([
  ['length', length],
  ['size', length],
  ['sum', aggregate(numbers => total(numbers))],
  ['avg', aggregate(numbers => total(numbers) / numbers.length)],
  ['min', aggregate(numbers => numbers.reduce((least, number) => Math.min(least, number)))],
  // Jayway starts from the least number above zero.
  ['max', aggregate(numbers => numbers.reduce((most, number) => Math.max(most, number), Number.MIN_VALUE))],
  ['stddev', aggregate(standardDeviation)],
  ['concat', concat],
  ['append', append],
  ['keys', value => (isJsonObject(value) ? Object.keys(value) : null)],
  ['first', value => itemAt(value, 0)],
  ['last', value => itemAt(value, -1)],
  ['index', (value, args) => indexed(value, numbersIn(null, args)[0])],
]);

function length(value: Json): Json {
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : null;
}

const nothingToAggregate = new PathFailure(
  'incalculable',
  'Aggregation function attempted to calculate value using empty array',
);

function aggregate(combine: (numbers: readonly number[]) => number): PathFunction {
  return (value, args) => {
    const numbers = numbersIn(value, args);
    return numbers.length === 0 ? nothingToAggregate : combine(numbers);
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function standardDeviation(numbers: readonly number[]): number {
  const count = numbers.length;
  const sum = total(numbers);
  const sumOfSquares = numbers.reduce((squares, number) => squares + number * number, 0);
  return Math.sqrt(sumOfSquares / count - (sum * sum) / count / count);
}

function numbersIn(value: Json, args: readonly Json[]): readonly number[] {
  return candidates(value, args).filter(each => typeof each === 'number');
}

function candidates(value: Json, args: readonly Json[]): readonly Json[] {
  const own: readonly Json[] = Array.isArray(value) ? value : [];
  return args.length === 0 ? own : [...own, ...args.flat(1)];
}

function concat(value: Json, args: readonly Json[]): Json {
  const own: readonly Json[] = Array.isArray(value) ? value : [];
  const given = args.flat(1).filter(each => each !== null);
  const texts = given.map(describeValue);
  return own.filter(each => typeof each === 'string').join('') + texts.join('');
}

/** Jayway changes the array it finds; this gives a longer copy. */
function append(value: Json, args: readonly Json[]): Json {
  return Array.isArray(value) && args.length > 0 ? [...(value as readonly Json[]), ...args] : value;
}

function indexed(value: Json, index: number | undefined): Json | PathFailure {
  return index === undefined && Array.isArray(value)
    ? outOfBounds(0, 0)
    : itemAt(value, Math.trunc(index ?? 0));
}

function outOfBounds(index: number, length: number): PathFailure {
  return new PathFailure('incalculable', `Index ${index} out of bounds for length ${length}`);
}

/** Counts from the end when negative, though Jayway cannot reach the first item that way. */
function itemAt(value: Json, index: number): Json | PathFailure {
  if (!Array.isArray(value)) return nothingToAggregate;
  const items: readonly Json[] = value;
  const place = index < 0 ? items.length + index : index;
  const item = items[place];
  if (item !== undefined && (index >= 0 || place > 0)) return item;
  if (index >= 0) return outOfBounds(index, items.length);
  return new PathFailure('incalculable', `Target index:${index} larger than object count:${items.length}`);
}
