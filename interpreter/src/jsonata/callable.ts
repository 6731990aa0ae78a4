import type { Signature } from '#core/expressions/jsonata/signature.ts';
import type { Frame } from './frame.ts';
import type { Run } from './run.ts';
import { Opaque, type Value } from './value.ts';

/** A compiled expression: the context value, the variables around it, and the evaluation it belongs to. */
export type Evaluator = (input: Value, frame: Frame | undefined, run: Run) => Value;

export type Implementation = (parameters: readonly Value[], run: Run) => Value;

/** Something `$f(…)` can call. */
export abstract class Callable extends Opaque {
  /** How many arguments it wants; higher-order functions hand it no more. */
  abstract readonly arity: number;
  abstract readonly signature: Signature | undefined;
}

/** A built-in function, or one made by an operator: a transform, a chain, a matcher's `next`. */
export class NativeFunction extends Callable {
  readonly arity: number;
  readonly signature: Signature | undefined;
  readonly implementation: Implementation;
  /** What errors call it, unless they know better; only built-in functions have one. */
  readonly name: string | undefined;

  constructor(
    arity: number,
    signature: Signature | undefined,
    implementation: Implementation,
    name?: string,
  ) {
    super();
    this.arity = arity;
    this.signature = signature;
    this.implementation = implementation;
    this.name = name;
  }
}

/** `function($x){…}` with the variables and the context it was written in. */
export class Lambda extends Callable {
  readonly parameters: readonly string[];
  readonly signature: Signature | undefined;
  readonly body: Evaluator;
  readonly input: Value;
  readonly frame: Frame | undefined;

  constructor(
    parameters: readonly string[],
    signature: Signature | undefined,
    body: Evaluator,
    input: Value,
    frame: Frame | undefined,
  ) {
    super();
    this.parameters = parameters;
    this.signature = signature;
    this.body = body;
    this.input = input;
    this.frame = frame;
  }

  get arity(): number {
    return this.parameters.length;
  }
}

/** A function handed to another one: called without a context value. */
export class PassedFunction extends Callable {
  readonly target: Callable;
  readonly signature = undefined;

  constructor(target: Callable) {
    super();
    this.target = target;
  }

  get arity(): number {
    return this.target.arity;
  }
}

/** A call in tail position, to be made by whoever called the function it is the value of. */
export class TailCall extends Opaque {
  readonly procedure: Evaluator;
  readonly parameters: readonly Evaluator[];
  readonly token: string | undefined;
  readonly input: Value;
  readonly frame: Frame | undefined;

  constructor(
    procedure: Evaluator,
    parameters: readonly Evaluator[],
    token: string | undefined,
    input: Value,
    frame: Frame | undefined,
  ) {
    super();
    this.procedure = procedure;
    this.parameters = parameters;
    this.token = token;
    this.input = input;
    this.frame = frame;
  }
}
