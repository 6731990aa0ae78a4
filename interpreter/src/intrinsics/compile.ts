import type { IntrinsicArgument, IntrinsicCall } from '#core/expressions/intrinsic/ast.ts';
import type { Json } from '#core/json.ts';
import { argumentCount, intrinsicNamed } from '#core/language/intrinsics.ts';
import { unreachable } from '#core/unreachable.ts';
import type { Bindings, Expression } from '#interpreter/expression.ts';
import { compilePathExpression } from '#interpreter/jsonPath/expression.ts';
import { PathFailure } from '#interpreter/jsonPath/pathFailure.ts';
import { Failure, runtimeFailure } from '#interpreter/statesError.ts';
import { implementations } from './implementations.ts';

/**
 * Compiles a call. `text` is the whole expression as written, which AWS quotes when a path in it leads
 * nowhere; a function that cannot take its arguments gives `Invalid arguments in States.X`.
 */
export function compileIntrinsic(call: IntrinsicCall, text: string): Expression {
  const apply = implementations.get(call.name);
  const intrinsic = intrinsicNamed(call.name);
  const failure = runtimeFailure(`Invalid arguments in ${call.name}`);
  const [least, most] = intrinsic === undefined ? [0, 0] : argumentCount(intrinsic);
  const count = call.arguments.length;
  if (apply === undefined || count < least || count > most) return () => failure;
  const readers = call.arguments.map((argument, index) =>
    compileArgument(argument, text, call.name === 'States.Format' && index === 0),
  );
  // A copy of it has room for the arguments and no more, unlike an array that grows.
  const places: readonly Json[] = readers.map(() => null);
  return bound => {
    const values = places.slice();
    for (let i = 0; i < count; i++) {
      const value = readers[i]?.(bound) ?? null;
      if (value instanceof Failure) return value;
      values[i] = value;
    }
    const result = apply(values, bound.random);
    return result === undefined ? failure : result;
  };
}

function compileArgument(argument: IntrinsicArgument, text: string, isTemplate: boolean): Expression {
  switch (argument.kind) {
    case 'call':
      return compileIntrinsic(argument, text);
    case 'path':
      return compilePathArgument(argument, text);
    case 'string': {
      // The template is read again by States.Format, which must still see which braces are escaped.
      const value = isTemplate ? text.slice(argument.start + 1, argument.end - 1) : argument.value;
      return () => value;
    }
    case 'number':
    case 'boolean': {
      const { value } = argument;
      return () => value;
    }
    case 'null':
      return () => null;
    default:
      return unreachable(argument);
  }
}

function compilePathArgument(argument: IntrinsicArgument & { kind: 'path' }, text: string): Expression {
  const evaluate = compilePathExpression(argument.path);
  const written = text.slice(argument.start, argument.end);
  // AWS has taken the first `$` of a context path off by now.
  const path = argument.path.origin.kind === 'context' ? written.slice(1) : written;
  return bound => {
    const value = evaluate(bound);
    if (!(value instanceof PathFailure)) return value;
    return runtimeFailure(
      `The function '${text}' had the following error: ${argumentError(value, path, bound)}`,
    );
  };
}

function argumentError(failure: PathFailure, path: string, bound: Bindings): string {
  if (failure.kind === 'notAnArray') return failure.message;
  const input = JSON.stringify(bound.input);
  return `The JsonPath argument for the field '${path}' could not be found in the input '${input}'`;
}
