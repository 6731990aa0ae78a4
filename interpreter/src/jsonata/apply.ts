import { Callable, Lambda, NativeFunction, PassedFunction, TailCall } from './callable.ts';
import { Exhausted, Failure } from './failure.ts';
import { Frame } from './frame.ts';
import type { Run } from './run.ts';
import { fitArguments } from './signature.ts';
import type { Value } from './value.ts';

/**
 * Calls a function. `context` stands in for an argument that the signature lets be left out; `name` is what
 * the call says the function is called, for errors.
 */
export function apply(
  procedure: Value,
  given: readonly Value[],
  context: Value,
  run: Run,
  name?: string,
): Value {
  let result = applyOnce(procedure, given, context, run, name);
  while (result instanceof TailCall) {
    const { input, frame, token } = result;
    const next = result.procedure(input, frame, run);
    const parameters = result.parameters.map(parameter => parameter(input, frame, run));
    try {
      result = applyOnce(next, parameters, context, run, token);
    } catch (error) {
      if (error instanceof Failure) error.token ??= token;
      throw error;
    }
  }
  return result;
}

/** Calls a function the way a higher-order function calls the one it was given. */
export function callBack(procedure: Value, given: readonly Value[], run: Run): Value {
  return apply(procedure, given, null, run);
}

/** As many of the arguments as the function takes: the first always, the others if it names them. */
export function callWith(procedure: Value, first: Value, second: Value, third: Value, run: Run): Value {
  const arity = procedure instanceof Callable ? procedure.arity : 0;
  const given = arity >= 3 ? [first, second, third] : arity === 2 ? [first, second] : [first];
  return apply(procedure, given, null, run);
}

function applyOnce(
  procedure: Value,
  given: readonly Value[],
  context: Value,
  run: Run,
  name: string | undefined,
): Value {
  run.step();
  if (procedure instanceof Lambda) return applyLambda(procedure, given, context, run);
  if (procedure instanceof PassedFunction) return applyOnce(procedure.target, given, null, run, name);
  if (procedure instanceof NativeFunction) return applyNative(procedure, given, context, run, name);
  throw new Failure('T1006');
}

/** Built-in functions do not count as depth; those that call each other without end must end, too. */
const MAX_NESTING = 400;

function applyNative(
  procedure: NativeFunction,
  given: readonly Value[],
  context: Value,
  run: Run,
  name: string | undefined,
): Value {
  const { signature, implementation } = procedure;
  if (++run.nesting > MAX_NESTING) throw new Exhausted('depth');
  try {
    const result = implementation(signature ? fitArguments(signature, given, context, run) : given, run);
    run.nesting--;
    return result;
  } catch (error) {
    if (error instanceof Failure) error.token ??= name ?? procedure.name;
    throw error;
  }
}

function applyLambda(lambda: Lambda, given: readonly Value[], context: Value, run: Run): Value {
  const { depth } = run;
  const fitted = lambda.signature ? fitArguments(lambda.signature, given, context, run) : given;
  const frame = new Frame(lambda.frame);
  for (const [index, name] of lambda.parameters.entries()) frame.bind(name, fitted[index]);
  const result = lambda.body(lambda.input, frame, run);
  run.depth = depth;
  return result;
}
