import type { Json, JsonObject } from '#core/json.ts';
import type { Allowance } from './jsonata/run.ts';
import type { Random } from './random.ts';
import type { Failure } from './statesError.ts';

/**
 * A compiled path, intrinsic function, template or JSONata expression: the value it has for what is
 * bound, or why it has none. Never throws, never changes what is bound.
 */
export type Expression = (bound: Bindings) => Json | Failure;

/** All that an expression can see. */
export interface Bindings {
  /** What `$` stands for in JSONPath. */
  readonly input: Json;
  /** `$states.input`. */
  readonly stateInput: Json;
  readonly variables: JsonObject;
  /** `$states.result`, where it is to be seen. */
  readonly result: Json | undefined;
  /** `$states.errorOutput`, in a Catcher. */
  readonly errorOutput: Json | undefined;
  readonly random: Random;
  /** What JSONata may use, where it is less than Step Functions gives. */
  readonly allowance?: Allowance | undefined;
  /** `$$`, `$states.context`; made on demand. */
  context(): JsonObject;
  /** Milliseconds of virtual time. */
  now(): number;
}
