import { lazy } from '#core/lazy.ts';
import type { IntrinsicArgument, IntrinsicCall, IntrinsicProblem } from './intrinsic/ast.ts';
import { checkIntrinsic } from './intrinsic/check.ts';
import { parsePayloadValue } from './intrinsic/payloadValue.ts';
import type { ExpressionProblem, JsonPath, Range } from './jsonPath/ast.ts';
import { parseJsonPath } from './jsonPath/parse.ts';
import type { JsonataNode } from './jsonata/ast.ts';
import { parseJsonata, type JsonataError } from './jsonata/parse.ts';
import { jsonataReferences, type JsonataReferences } from './jsonata/references.ts';

/** An expression of any of the languages, read. Offsets are within its text. */
export type Expression = JsonataExpression | PathExpression | IntrinsicExpression;

interface ExpressionBase {
  /** Variables of the state machine it reads; the ranges are those of the names, without `$`. */
  readonly variables: readonly NamedRange[];
}

export interface NamedRange extends Range {
  readonly name: string;
}

export interface JsonataExpression extends ExpressionBase {
  readonly kind: 'jsonata';
  readonly ast: JsonataNode | undefined;
  readonly errors: readonly JsonataError[];
  /** Empty where nothing could be read. */
  readonly references: JsonataReferences;
}

export interface PathExpression extends ExpressionBase {
  readonly kind: 'path';
  /** Absent when the text does not start with `$`. */
  readonly path: JsonPath | undefined;
  /** The path, as a list. */
  readonly paths: readonly JsonPath[];
  readonly errors: readonly ExpressionProblem[];
}

export interface IntrinsicExpression extends ExpressionBase {
  readonly kind: 'intrinsic';
  readonly call: IntrinsicCall | undefined;
  /** What could not be read; if there is nothing, what AWS refuses in it. */
  readonly errors: readonly IntrinsicProblem[];
  /** Every path among the arguments, at any depth. */
  readonly paths: readonly JsonPath[];
}

export function readJsonata(text: string): JsonataExpression {
  const { ast, errors } = parseJsonata(text);
  const references = lazy(() => (ast ? jsonataReferences(ast) : nothing));
  const variables = lazy(() => {
    const { variables, calls } = references();
    // A variable of a state machine holds JSON, so what is called is a function or a mistake.
    const called = new Set(calls.map(({ variable }) => variable));
    return variables.filter(
      variable =>
        variable.scope === undefined &&
        variable.role === 'read' &&
        variable.name !== 'states' &&
        !called.has(variable),
    );
  });
  return {
    kind: 'jsonata',
    ast,
    errors,
    get references() {
      return references();
    },
    get variables() {
      return variables();
    },
  };
}

const nothing: JsonataReferences = { variables: [], paths: [], calls: [], inputUses: [] };

export function readPath(text: string): PathExpression {
  const { path, errors } = parseJsonPath(text);
  return pathExpression(path, errors);
}

function pathExpression(path: JsonPath | undefined, errors: readonly ExpressionProblem[]): PathExpression {
  const paths = path ? [path] : [];
  return { kind: 'path', path, paths, errors, variables: paths.flatMap(variableOf) };
}

/** The value of a key that ends in `.$`: a path or an intrinsic function. */
export function readPayloadValue(text: string): PathExpression | IntrinsicExpression {
  const value = parsePayloadValue(text);
  if (value.kind === 'path') return pathExpression(value.path, value.errors);
  const paths = value.call ? [...pathsIn(value.call)] : [];
  const errors = value.call && value.errors.length === 0 ? checkIntrinsic(value.call) : value.errors;
  return { kind: 'intrinsic', call: value.call, errors, paths, variables: paths.flatMap(variableOf) };
}

function* pathsIn(argument: IntrinsicArgument): Generator<JsonPath> {
  if (argument.kind === 'path') yield argument.path;
  if (argument.kind === 'call') for (const inner of argument.arguments) yield* pathsIn(inner);
}

function variableOf(path: JsonPath): readonly NamedRange[] {
  const { origin } = path;
  return origin.kind === 'variable' ? [{ name: origin.name, start: origin.start + 1, end: origin.end }] : [];
}

/** Every path of an expression of JSONPath: the path itself, or those among an intrinsic function's arguments. */
export function pathsOf(expression: Expression): readonly JsonPath[] {
  return expression.kind === 'jsonata' ? [] : expression.paths;
}
