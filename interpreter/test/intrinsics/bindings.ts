import type { Json, JsonObject } from '#core/json.ts';
import type { Bindings } from '#interpreter/expression.ts';

/** What an expression sees in tests: an input, variables and context, and a random number that is known. */
export function bindings(input: Json, variables: JsonObject = {}, context: JsonObject = {}): Bindings {
  return {
    input,
    stateInput: input,
    variables,
    result: undefined,
    errorOutput: undefined,
    random: { next: () => 0.5 },
    context: () => context,
    now: () => 0,
  };
}
