import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { isJsonObject } from '#core/json.ts';
import { Failure } from '#interpreter/statesError.ts';

/** Puts a value at a place in an input, of which it gives a changed copy that shares all else. */
export type PutAt = (input: Json, value: Json) => Json | Failure;

/**
 * Compiles the path of `ResultPath`; `undefined` if it is no Reference Path.
 *
 * `$` replaces the input. Objects that are missing on the way are made; an index must be one the array has.
 *
 * @see https://states-language.net/spec.html#filters
 */
export function compileReferencePath(path: JsonPath): PutAt | undefined {
  const keys: Key[] = [];
  for (const step of path.steps) {
    if (step.kind === 'child') keys.push(step.name);
    else if (step.kind === 'index') keys.push(step.index);
    else return undefined;
  }
  if (keys.length === 0) return (_, value) => value;
  return (input, value) => put(input, keys, 0, value) ?? conflict(input, keys);
}

/** A step of a Reference Path finds no place in the input. AWS names the step and shows the whole input. */
export function referencePathConflict(step: string | number, input: Json): Failure {
  const cause = `Unable to apply step "${step}" to input ${JSON.stringify(input)}`;
  return new Failure('States.ReferencePathConflict', cause);
}

type Key = string | number;

function put(input: Json | undefined, keys: readonly Key[], depth: number, value: Json): Json | undefined {
  const key = keys[depth];
  if (key === undefined) return value;
  if (typeof key === 'string') {
    if (input !== undefined && !isJsonObject(input)) return undefined;
    const inner = put(memberOf(input, key), keys, depth + 1, value);
    return inner === undefined ? undefined : withMember(input, key, inner);
  }
  if (!Array.isArray(input)) return undefined;
  const items: readonly Json[] = input;
  const index = key < 0 ? items.length + key : key;
  if (index < 0 || index >= items.length) return undefined;
  const inner = put(items[index], keys, depth + 1, value);
  return inner === undefined ? undefined : items.with(index, inner);
}

function memberOf(input: JsonObject | undefined, name: string): Json | undefined {
  return input !== undefined && Object.hasOwn(input, name) ? input[name] : undefined;
}

function withMember(input: JsonObject | undefined, name: string, value: Json): JsonObject {
  if (name !== '__proto__') return { ...input, [name]: value };
  return Object.fromEntries([...Object.entries(input ?? {}), [name, value]]);
}

/** Finds the step that could not be applied. */
function conflict(input: Json, keys: readonly Key[]): Failure {
  let found: Json | undefined = input;
  for (const key of keys) {
    if (typeof key === 'string') {
      if (found !== undefined && !isJsonObject(found)) return referencePathConflict(key, input);
      found = memberOf(found, key);
    } else {
      const items: readonly Json[] = Array.isArray(found) ? found : [];
      found = items[key < 0 ? items.length + key : key];
      if (found === undefined) return referencePathConflict(key, input);
    }
  }
  return referencePathConflict(keys.at(-1) ?? '$', input);
}
