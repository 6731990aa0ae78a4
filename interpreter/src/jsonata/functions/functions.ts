import type { JsonataFunctionName } from '#core/language/jsonataFunctions.ts';
import type { Implementation } from '../callable.ts';
import type { Value } from '../value.ts';

/** Some of the built-in functions, by name. */
export type Functions = { readonly [Name in JsonataFunctionName]?: Implementation };

/** A parameter that wants an integer: Step Functions rounds it, and that is towards zero. */
export function integerOf(value: Value): number | undefined {
  return typeof value === 'number' ? Math.trunc(value) : undefined;
}
