import type { JsonPath, PathStep } from '#core/expressions/jsonPath/ast.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { isJsonObject } from '#core/json.ts';
import { asKey } from '../asKey.ts';
import { describePlace, describeStep } from './describe.ts';
import { missingProperty, noResults, notAnArray, notAnObject } from './messages.ts';
import type { PathFailure } from './pathFailure.ts';

/** Follows a path of names and single indexes; `undefined` when it leads nowhere. */
export type Chain = (root: Json) => Json | undefined;

/**
 * Compiles a path of names and single indexes, which is what most paths are: no allocation, one lookup
 * for each step. `undefined` for other paths.
 */
export function compileChain(steps: readonly PathStep[]): Chain | undefined {
  const keys = keysOf(steps);
  if (keys === undefined) return undefined;
  return keys.every(isDistinct) ? followNames(keys) : followKeys(keys);
}

/** The same for names alone, of which none can mean anything but a member: `undefined` for others. */
export function compileMembers(names: readonly string[]): Chain | undefined {
  const keys = names.map(asKey);
  return keys.every(isDistinct) ? followNames(keys) : undefined;
}

/** Says why a path of names and indexes leads nowhere in the document. */
export function explainChain(path: JsonPath, root: Json): PathFailure {
  let value = root;
  const keys = keysOf(path.steps) ?? [];
  for (const [index, step] of path.steps.entries()) {
    const isLast = index === path.steps.length - 1;
    const place = describePlace(keys.slice(0, index));
    if (step.kind === 'index') {
      if (!Array.isArray(value)) return notAnArray(path.steps.slice(index), place, value);
      const item = itemAt(value, step.index);
      if (item === undefined) return noResults(path, isLast ? 'outOfRange' : 'notFound');
      value = item;
      continue;
    }
    const fragment = describeStep(step);
    if (!isJsonObject(value)) return notAnObject(fragment, place, value);
    const member = step.kind === 'child' ? memberOf(value, step.name) : undefined;
    if (member === undefined)
      return isLast ? noResults(path) : missingProperty(describePlace(keys.slice(0, index + 1)));
    value = member;
  }
  throw new Error('bug: the path leads somewhere');
}

/** A member of the object itself, not one that every object inherits. */
export function memberOf(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Counts from the end when the index is negative. */
export function itemAt(items: readonly Json[], index: number): Json | undefined {
  return items[index < 0 ? items.length + index : index];
}

type Key = string | number;

function keysOf(steps: readonly PathStep[]): readonly Key[] | undefined {
  const keys: Key[] = [];
  for (const step of steps) {
    if (step.kind === 'child') keys.push(asKey(step.name));
    else if (step.kind === 'index') keys.push(step.index);
    else return undefined;
  }
  return keys;
}

/** Whether only an object made from JSON can have something under this name: no array, no prototype. */
function isDistinct(key: Key): key is string {
  return typeof key === 'string' && !(key in Array.prototype) && !/^\d/.test(key);
}

function followNames(names: readonly string[]): Chain {
  const count = names.length;
  const [only] = names;
  if (only === undefined) return root => root;
  if (count === 1)
    return root => (typeof root === 'object' && root !== null ? (root as JsonObject)[only] : undefined);
  return root => {
    let value: Json | undefined = root;
    for (let i = 0; i < count; i++) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = (value as JsonObject)[names[i] as string];
    }
    return value;
  };
}

function followKeys(keys: readonly Key[]): Chain {
  const count = keys.length;
  const isSafe = keys.map(isDistinct);
  return root => {
    let value: Json | undefined = root;
    for (let i = 0; i < count; i++) {
      if (typeof value !== 'object' || value === null) return undefined;
      const key = keys[i] as Key;
      if (isSafe[i] === true) value = (value as JsonObject)[key];
      else if (typeof key === 'number') value = Array.isArray(value) ? itemAt(value, key) : undefined;
      else value = Array.isArray(value) ? undefined : memberOf(value as JsonObject, key);
    }
    return value;
  };
}
