import type { JsonPath, PathStep } from '#core/expressions/jsonPath/ast.ts';
import type { Json } from '#core/json.ts';
import { describePath, describeSteps, describeValue, javaClassOf } from './describe.ts';
import { PathFailure } from './pathFailure.ts';

/** A definite path leads nowhere. */
export function noResults(path: JsonPath, kind: 'notFound' | 'outOfRange' = 'notFound'): PathFailure {
  return new PathFailure(kind, `No results for path: ${describePath(path)}`);
}

/** A member is missing, and there are further steps to take from it. */
export function missingProperty(place: string): PathFailure {
  return new PathFailure('notFound', `Missing property in path ${place}`);
}

/** A step asks for a member of what is no object. */
export function notAnObject(fragment: string, place: string, value: Json): PathFailure {
  const found = javaClassOf(value);
  const message =
    `Expected to find an object with property ${fragment} in path ${place} but found '${found}'. ` +
    `This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.`;
  return new PathFailure('notFound', message);
}

/** A step asks for an item of what is no array; `steps` are it and those behind it. */
export function notAnArray(steps: readonly PathStep[], place: string, value: Json): PathFailure {
  if (value === null) return new PathFailure('notFound', `The path ${place} is null`);
  const message = `Filter: ${describeSteps(steps)} can only be applied to arrays. Current context is: ${describeValue(value)}`;
  return new PathFailure('notAnArray', message);
}
