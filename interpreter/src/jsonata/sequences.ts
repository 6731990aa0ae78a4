import type { Run } from './run.ts';
import {
  isArray,
  isConstructed,
  isObject,
  isSequence,
  KEEP_SINGLETON,
  newSequence,
  valueOf,
  type OwnArray,
  type Value,
  type ValueArray,
} from './value.ts';

/** What a sequence amounts to as a value: none is nothing, one is itself. */
export function normalised(value: Value): Value {
  if (!isArray(value) || !isSequence(value)) return value;
  if (value.length === 0) return undefined;
  if (value.length > 1 || ((value.flags ?? 0) & KEEP_SINGLETON) !== 0) return value;
  return value[0];
}

/** Marks a sequence so that a single value stays an array; other arrays stay as they are. */
export function keepSingleton(value: Value): Value {
  if (isArray(value) && isSequence(value)) setFlags(value, (value.flags ?? 0) | KEEP_SINGLETON);
  return value;
}

/** Only arrays of the evaluator's own making have flags to begin with. */
function setFlags(array: { flags?: number }, flags: number): void {
  array.flags = flags;
}

/** The field of an object, or of each object of an array. */
export function lookup(input: Value, key: string, run: Run): Value {
  if (isObject(input)) return valueOf(input, key);
  if (!isArray(input)) return undefined;
  const found = newSequence();
  run.work(input.length);
  for (const item of input) {
    const value = isObject(item) ? valueOf(item, key) : isArray(item) ? lookup(item, key, run) : undefined;
    if (value !== undefined) pushFlattened(found, value, run);
  }
  return found;
}

function pushFlattened(found: OwnArray, value: Value, run: Run): void {
  if (!isArray(value)) {
    run.push(found, value);
    return;
  }
  run.work(value.length);
  for (const item of value) run.push(found, item);
}

/** Adds the value of a step: arrays are taken apart, unless they were constructed as one thing. */
export function pushStepResult(found: OwnArray, value: Value, run: Run): void {
  if (isArray(value) && !isConstructed(value)) pushFlattened(found, value, run);
  else run.push(found, value);
}

/** Both values in one array; nothing adds nothing. */
export function append(first: Value, second: Value, run: Run): Value {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const joined: OwnArray = [];
  pushFlattened(joined, first, run);
  pushFlattened(joined, second, run);
  return joined;
}

export function asArray(value: Value): ValueArray {
  return isArray(value) ? value : [value];
}
