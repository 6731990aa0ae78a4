import { callWith } from '../apply.ts';
import { Callable } from '../callable.ts';
import { cloneOf } from '../clone.ts';
import { Failure } from '../failure.ts';
import { isNumeric, truthOf } from '../operators.ts';
import type { Run } from '../run.ts';
import { lookup } from '../sequences.ts';
import {
  isArray,
  isObject,
  newSequence,
  setKey,
  valueOf,
  type OwnArray,
  type Value,
  type ValueObject,
} from '../value.ts';
import type { Functions } from './functions.ts';

export const objectFunctions = {
  keys: ([value], run) => {
    const names = new Set<string>();
    collectKeys(value, names, run);
    const found = newSequence();
    for (const name of names) run.push(found, name);
    return found;
  },
  lookup: ([value, key], run) => (typeof key === 'string' ? lookup(value, key, run) : undefined),
  spread: ([value], run) => {
    if (!isArray(value) && !isObject(value)) return value;
    // Of an array the package makes an array, of an object a sequence, which one alone is not.
    const found: OwnArray = isArray(value) && value.length > 0 ? [] : newSequence();
    spreadInto(found, value, run);
    return found;
  },
  merge: ([objects], run) => {
    if (!isArray(objects)) return undefined;
    const merged: { [key: string]: Value } = {};
    for (const object of objects) {
      if (!isObject(object)) continue;
      for (const key of keysOf(object, run)) {
        run.noteStored(object[key]);
        setKey(merged, key, valueOf(object, key));
      }
    }
    return merged;
  },
  each: ([object, procedure], run) => {
    const found = newSequence();
    if (!isObject(object)) return found;
    for (const key of keysOf(object, run)) {
      const value = callWith(procedure, valueOf(object, key), key, object, run);
      if (value !== undefined) run.push(found, value);
    }
    return found;
  },
  sift: ([object, procedure], run) => {
    if (!isObject(object)) return undefined;
    const kept: { [key: string]: Value } = {};
    let isEmpty = true;
    for (const key of keysOf(object, run)) {
      const value = valueOf(object, key);
      if (!truthOf(callWith(procedure, value, key, object, run), run)) continue;
      run.noteStored(value);
      setKey(kept, key, value);
      isEmpty = false;
    }
    return isEmpty ? undefined : kept;
  },
  clone: ([value], run) => (value === undefined ? undefined : cloneOf(value, run, new Map())),
  error: ([message]) => {
    throw new Failure('D3137', { message: messageOf(message, '$error() function evaluated') });
  },
  assert: ([condition, message]) => {
    if (condition !== true) {
      throw new Failure('D3141', { message: messageOf(message, '$assert() statement failed') });
    }
    return undefined;
  },
  type: ([value]) => typeName(value),
} satisfies Functions;

function messageOf(message: Value, otherwise: string): string {
  return typeof message === 'string' && message !== '' ? message : otherwise;
}

function keysOf(object: ValueObject, run: Run): readonly string[] {
  const keys = Object.keys(object);
  run.work(keys.length);
  return keys;
}

function collectKeys(value: Value, names: Set<string>, run: Run): void {
  run.step();
  if (isArray(value)) for (const item of value) collectKeys(item, names, run);
  else if (isObject(value)) for (const key of keysOf(value, run)) names.add(key);
}

function spreadInto(found: OwnArray, value: Value, run: Run): void {
  run.step();
  if (isArray(value)) {
    for (const item of value) spreadInto(found, item, run);
  } else if (isObject(value)) {
    for (const key of keysOf(value, run)) {
      const single: { [key: string]: Value } = {};
      const member = valueOf(value, key);
      run.noteStored(member);
      setKey(single, key, member);
      run.push(found, single);
    }
  } else if (value !== undefined) {
    run.push(found, value);
  }
}

function typeName(value: Value): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (typeof value === 'number') return isNumeric(value) ? 'number' : 'object';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (isArray(value)) return 'array';
  return value instanceof Callable ? 'function' : 'object';
}
