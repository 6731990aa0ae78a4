import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import { parsePayloadValue } from '#core/expressions/intrinsic/payloadValue.ts';
import type { JsonPath, PathOrigin } from '#core/expressions/jsonPath/ast.ts';
import type { Json } from '#core/json.ts';
import type { SyntaxNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import type { Bindings, Expression } from './expression.ts';
import { compilePath as compileSteps } from './jsonPath/compile.ts';
import { PathFailure } from './jsonPath/pathFailure.ts';
import { Failure, runtimeFailure } from './statesError.ts';

type Refuse = (message: string) => void;

/** A path of a field such as `InputPath`: its failure is `Invalid path '$.x' : …`. */
export function compilePath(text: string, refuse: Refuse): Expression {
  const evaluate = compileRaw(text, refuse);
  return bound => {
    const value = evaluate(bound);
    return value instanceof PathFailure ? invalidPath(text, value) : value;
  };
}

export function invalidPath(text: string, failure: PathFailure): Failure {
  return runtimeFailure(`Invalid path '${text}' : ${failure.message}`);
}

/** A path whose failure is left to the caller. */
export function compileRaw(text: string, refuse: Refuse): (bound: Bindings) => Json | PathFailure {
  const { path, errors } = parseJsonPath(text);
  const [error] = errors;
  if (error) refuse(error.message);
  return path ? fromOrigin(path) : () => null;
}

function fromOrigin(path: JsonPath): (bound: Bindings) => Json | PathFailure {
  const evaluate = compileSteps(path);
  const { origin } = path;
  switch (origin.kind) {
    case 'document':
    case 'item':
      return path.steps.length === 0 ? bound => bound.input : bound => evaluate(bound.input);
    case 'context':
      return bound => evaluate(bound.context());
    case 'variable':
      return bound => {
        const value = bound.variables[origin.name];
        return value === undefined ? unknownVariable(origin) : evaluate(value);
      };
  }
}

function unknownVariable(origin: PathOrigin): PathFailure {
  const name = origin.kind === 'variable' ? origin.name : '';
  return new PathFailure('notFound', `The variable '$${name}' has no value`);
}

export function compileIntrinsic(text: string, field: string, refuse: Refuse): Expression {
  void [field];
  const value = parsePayloadValue(text);
  const [error] = value.errors;
  if (error) refuse(error.message);
  return () => runtimeFailure(`Invalid arguments in ${text}`);
}

/** A payload template: keys that end in `.$` are evaluated, all else is as written. */
export function compileTemplate(node: SyntaxNode, refuse: Refuse): Expression {
  if (node.kind === 'array') {
    const items = node.items.map(item => compileTemplate(item, refuse));
    return bound => {
      const values: Json[] = [];
      for (const item of items) {
        const value = item(bound);
        if (value instanceof Failure) return value;
        values.push(value);
      }
      return values;
    };
  }
  if (node.kind !== 'object') {
    const value = toJson(node);
    return () => value;
  }
  const members = node.properties.flatMap(({ key, value }): [string, Expression][] => {
    if (!value) return [];
    if (!key.value.endsWith('.$')) return [[key.value, compileTemplate(value, refuse)]];
    const name = key.value.slice(0, -2);
    if (value.kind !== 'string') {
      refuse(`The value of ${key.value} must be a path or an intrinsic function.`);
      return [];
    }
    return [[name, compileField(value.value, key.value, refuse)]];
  });
  return bound => {
    const result: { [name: string]: Json } = {};
    for (const [name, member] of members) {
      const value = member(bound);
      if (value instanceof Failure) return value;
      result[name] = value;
    }
    return result;
  };
}

/** A path or intrinsic function of a field: its failure names field and input. */
export function compileField(text: string, key: string, refuse: Refuse): Expression {
  if (!text.trimStart().startsWith('$')) return compileIntrinsic(text, key, refuse);
  const evaluate = compileRaw(text, refuse);
  return bound => {
    const value = evaluate(bound);
    if (!(value instanceof PathFailure)) return value;
    return runtimeFailure(
      `The JSONPath '${text}' specified for the field '${key}' could not be found in the input '${JSON.stringify(bound.input)}'`,
    );
  };
}

/** `ResultPath`: a function that puts a value at the place the path names, into a copy of the input. */
export function compileReference(text: string, refuse: Refuse): (input: Json, value: Json) => Json | Failure {
  const { path, errors } = parseJsonPath(text);
  const [error] = errors;
  if (error) refuse(error.message);
  const keys: (string | number)[] = [];
  for (const step of path?.steps ?? []) {
    if (step.kind === 'child') keys.push(step.name);
    else if (step.kind === 'index') keys.push(step.index);
    else refuse(`'${text}' must be a Reference Path: it must name exactly one place.`);
  }
  if (keys.length === 0) return (_, value) => value;
  return (input, value) => inject(input, keys, 0, value) ?? conflict(keys, input);
}

function conflict(keys: readonly (string | number)[], input: Json): Failure {
  return new Failure(
    'States.ReferencePathConflict',
    `Unable to apply step "${String(keys.at(-1) ?? '')}" to input ${JSON.stringify(input)}`,
  );
}

function inject(
  input: Json | undefined,
  keys: readonly (string | number)[],
  depth: number,
  value: Json,
): Json | undefined {
  const key = keys[depth];
  if (key === undefined) return value;
  if (typeof key === 'number') {
    if (!Array.isArray(input) || key >= input.length) return undefined;
    const copy = [...(input as readonly Json[])];
    const inner = inject(copy[key], keys, depth + 1, value);
    if (inner === undefined) return undefined;
    copy[key] = inner;
    return copy;
  }
  if (input !== undefined && (typeof input !== 'object' || input === null || Array.isArray(input)))
    return undefined;
  const object = (input ?? {}) as { readonly [name: string]: Json };
  const inner = inject(object[key], keys, depth + 1, value);
  return inner === undefined ? undefined : { ...object, [key]: inner };
}

export function compileJsonata(
  node: SyntaxNode,
  location: string,
  refuse: (node: SyntaxNode, message: string) => void,
): Expression {
  void [location, refuse];
  const value = toJson(node);
  return () => value;
}
