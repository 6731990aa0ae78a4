import { parsePayloadValue } from '#core/expressions/intrinsic/payloadValue.ts';
import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import { say, type Words } from '#core/text/message.ts';
import type { Expression } from './expression.ts';
import { compileIntrinsic as compileCall } from './intrinsics/compile.ts';
import { compilePathExpression, type PathExpression } from './jsonPath/expression.ts';
import { PathFailure } from './jsonPath/pathFailure.ts';
import { compileReferencePath, type PutAt } from './jsonPath/referencePath.ts';
import { runtimeFailure } from './statesError.ts';

/** Says that the definition cannot run, and why. */
export type Refuse = (message: Words) => void;

/** A path of a field such as `InputPath`: its failure is `Invalid path '$.x' : …`. */
export function compilePath(text: string, refuse: Refuse): Expression {
  const evaluate = compileRawPath(text, refuse);
  return bound => {
    const value = evaluate(bound);
    return value instanceof PathFailure ? runtimeFailure(`Invalid path '${text}' : ${value.message}`) : value;
  };
}

/** A path whose failure is for the caller to word. */
export function compileRawPath(text: string, refuse: Refuse): PathExpression {
  const { path, errors } = parseJsonPath(text);
  const [error] = errors;
  if (error) refuse(error.message);
  return path ? compilePathExpression(path) : () => null;
}

export function compileIntrinsic(text: string, refuse: Refuse): Expression {
  const value = parsePayloadValue(text);
  const [error] = value.errors;
  if (error) refuse(error.message);
  return value.kind === 'intrinsic' && value.call ? compileCall(value.call, text) : () => null;
}

/** `ResultPath`: puts a value at the place the path names. */
export function compileReference(text: string, refuse: Refuse): PutAt {
  const { path, errors } = parseJsonPath(text);
  const [error] = errors;
  if (error) refuse(error.message);
  const put = path && compileReferencePath(path);
  if (!put) refuse(say`'${text}' must be a Reference Path: it must name exactly one place.`);
  return put ?? ((_, value) => value);
}
