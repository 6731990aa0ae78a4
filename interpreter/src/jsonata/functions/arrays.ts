import { callWith, callBack } from '../apply.ts';
import { Callable } from '../callable.ts';
import { isDeepEqual } from '../equality.ts';
import { Failure } from '../failure.ts';
import { mergeSort } from '../mergeSort.ts';
import { truthOf } from '../operators.ts';
import type { Run } from '../run.ts';
import { append } from '../sequences.ts';
import { isArray, isSequence, newSequence, type OwnArray, type Value, type ValueArray } from '../value.ts';
import type { Functions } from './functions.ts';

export const arrayFunctions = {
  append: ([first, second], run) => append(first, second, run),
  exists: ([value]) => value !== undefined,
  map: ([items, procedure], run) => {
    if (!isArray(items)) return undefined;
    const found = newSequence();
    for (let index = 0; index < items.length; index++) {
      const value = callWith(procedure, items[index], index, items, run);
      if (value !== undefined) run.push(found, value);
    }
    return found;
  },
  filter: ([items, procedure], run) => {
    if (!isArray(items)) return undefined;
    const found = newSequence();
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (truthOf(callWith(procedure, item, index, items, run), run)) run.push(found, item);
    }
    return found;
  },
  single: ([items, procedure], run) => (isArray(items) ? single(items, procedure, run) : undefined),
  reduce: ([items, procedure, initial], run) =>
    isArray(items) ? reduce(items, procedure, initial, run) : undefined,
  zip: (arrays, run) => {
    const shortest = Math.min(...arrays.map(array => (isArray(array) ? array.length : 0)));
    const rows: OwnArray = [];
    for (let index = 0; index < shortest; index++) {
      const row: OwnArray = [];
      for (const array of arrays) run.push(row, isArray(array) ? array[index] : undefined);
      run.push(rows, row);
      run.step();
    }
    return rows;
  },
  reverse: ([items], run) => {
    if (!isArray(items) || items.length <= 1) return items;
    return copied(items, run).reverse();
  },
  shuffle: ([items], run) => {
    if (!isArray(items) || items.length <= 1) return items;
    const shuffled: Value[] = [];
    copied(items, run);
    for (const [index, item] of items.entries()) {
      const place = Math.floor(run.environment.random() * (index + 1));
      if (index !== place) shuffled[index] = shuffled[place];
      shuffled[place] = item;
    }
    return shuffled;
  },
  distinct: ([items], run) => {
    if (!isArray(items) || items.length <= 1) return items;
    const found: OwnArray = isSequence(items) ? newSequence() : [];
    const scalars = new Set<Value>();
    for (const item of items) {
      run.step();
      const isScalar = typeof item !== 'object' || item === null;
      if (isScalar ? scalars.has(item) && item === item : found.some(each => isDeepEqual(item, each, run)))
        continue;
      if (isScalar) scalars.add(item);
      run.push(found, item);
    }
    return found;
  },
  sort: ([items, comparator], run) => {
    if (!isArray(items) || items.length <= 1) return items;
    if (comparator !== undefined) {
      return copied(
        mergeSort(items, run, (a, b) => isTruthy(callBack(comparator, [a, b], run))),
        run,
      );
    }
    if (items.every(item => typeof item === 'number')) {
      return copied(
        mergeSort(items, run, (a, b) => Number(a) > Number(b)),
        run,
      );
    }
    if (items.every(item => typeof item === 'string')) {
      return copied(
        mergeSort(items, run, (a, b) => String(a) > String(b)),
        run,
      );
    }
    throw new Failure('D3070', { index: 1 });
  },
} satisfies Functions;

function copied(items: readonly Value[], run: Run): Value[] {
  run.work(items.length);
  run.allocate(items.length);
  run.built += items.length;
  return [...items];
}

/** A comparator's answer is taken as JavaScript takes it, as the package does. */
function isTruthy(value: Value): boolean {
  return Boolean(value);
}

function single(items: ValueArray, procedure: Value, run: Run): Value {
  let result: Value;
  let isFound = false;
  for (let index = 0; index < items.length; index++) {
    run.step();
    const item = items[index];
    if (procedure !== undefined && !truthOf(callWith(procedure, item, index, items, run), run)) continue;
    if (isFound) throw new Failure('D3138', { index });
    result = item;
    isFound = true;
  }
  if (!isFound) throw new Failure('D3139');
  return result;
}

function reduce(items: ValueArray, procedure: Value, initial: Value, run: Run): Value {
  const arity = procedure instanceof Callable ? procedure.arity : 0;
  if (arity < 2) throw new Failure('D3050', { index: 1 });
  const startsWithFirst = initial === undefined && items.length > 0;
  let result = startsWithFirst ? items[0] : initial;
  for (let index = startsWithFirst ? 1 : 0; index < items.length; index++) {
    const given: Value[] = [result, items[index]];
    if (arity >= 3) given.push(index);
    if (arity >= 4) given.push(items);
    result = callBack(procedure, given, run);
  }
  return result;
}
