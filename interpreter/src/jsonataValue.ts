import { embeddedJsonata } from '#core/expressions/embedded.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { SyntaxNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { say, type Words } from '#core/text/message.ts';
import { asKey } from './asKey.ts';
import type { Bindings, Expression } from './expression.ts';
import { compileDirect, type Direct } from './jsonata/direct.ts';
import {
  compileJsonata,
  evaluateJsonata,
  type CompiledJsonata,
  type JsonataSituation,
} from './jsonata/evaluate.ts';
import type { Allowance, Environment } from './jsonata/run.ts';
import { compileMembers } from './jsonPath/chain.ts';
import { uuid } from './random.ts';
import { Failure, queryFailure } from './statesError.ts';

/** `compileJsonata`, or what remembers its results. */
export type CompileJsonata = typeof compileJsonata;

/** Says that the definition cannot run because of a node. */
export type RefuseNode = (node: SyntaxNode, message: Words) => void;

/**
 * Compiles a value of JSONata: any JSON, whose strings between `{%` and `%}` are evaluated, at any depth.
 * `location` names the field in errors: `Output`, and `Output/total` for the member of an object.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function compileJsonataValue(
  node: SyntaxNode,
  location: string,
  refuse: RefuseNode,
  compileText: CompileJsonata = compileJsonata,
): Expression {
  if (!holdsExpressions(node)) {
    const value = toJson(node);
    return () => value;
  }
  switch (node.kind) {
    case 'string':
      return compileString(node, node.value, location, refuse, compileText);
    case 'array':
      return listOf(
        node.items.map((item, i) =>
          compileJsonataValue(item, `${location}[${String(i)}]`, refuse, compileText),
        ),
      );
    case 'object':
      return objectOf(
        node.properties.flatMap(({ key, value }): [string, Expression][] =>
          value
            ? [[key.value, compileJsonataValue(value, `${location}/${key.value}`, refuse, compileText)]]
            : [],
        ),
      );
    case 'boolean':
    case 'null':
    case 'number':
    case 'placeholder':
    case 'tag': {
      const value = toJson(node);
      return () => value;
    }
  }
}

function holdsExpressions(node: SyntaxNode): boolean {
  if (node.kind === 'string') return embeddedJsonata(node.value).kind !== 'text';
  if (node.kind === 'array') return node.items.some(holdsExpressions);
  return node.kind === 'object' && node.properties.some(({ value }) => value && holdsExpressions(value));
}

function listOf(items: readonly Expression[]): Expression {
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

function objectOf(properties: readonly (readonly [string, Expression])[]): Expression {
  const isSafe = properties.every(([name]) => name !== '__proto__');
  const members = properties.map(([name, expression]) => ({ name: asKey(name), expression }));
  return bound => {
    const result: { [name: string]: Json } = {};
    for (const { name, expression } of members) {
      const value = expression(bound);
      if (value instanceof Failure) return value;
      if (isSafe) result[name] = value;
      else
        Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
    }
    return result;
  };
}

function compileString(
  node: SyntaxNode,
  text: string,
  location: string,
  refuse: RefuseNode,
  compileText: CompileJsonata,
): Expression {
  const embedded = embeddedJsonata(text);
  if (embedded.kind !== 'expression') {
    if (embedded.kind === 'unbalanced')
      refuse(node, say`A JSONata expression starts with '{%' and ends with '%}'.`);
    return () => text;
  }
  const source = text.slice(embedded.start, embedded.end);
  const compiled = compileText(source);
  if (compiled.kind === 'invalid') {
    refuse(node, compiled.errors[0]?.message ?? say`The JSONata expression is empty.`);
    return () => null;
  }
  return jsonataExpression(compiled, source, location);
}

/** A compiled expression, whose failures name it and its field as AWS does. */
export function jsonataExpression(compiled: CompiledJsonata, source: string, location: string): Expression {
  // Besides its name, `%` leads back to `$states`, and a focus stays there.
  const needsContext = /[@%]|\$states(?!\s*\.\s*(?:input|result|errorOutput)\b)/.test(source);
  const about = `The JSONata expression '${source}' specified for the field '${location}'`;
  const evaluate = (bound: Bindings): Json | Failure => {
    const result = evaluateJsonata(compiled, new Situation(bound, needsContext));
    switch (result.kind) {
      case 'value':
        return result.value;
      case 'nothing':
        return queryFailure(`${about} returned nothing (undefined).`, location);
      case 'function':
        return queryFailure(`${about} returned an unsupported result type.`, location);
      case 'failed':
        return queryFailure(
          `${about} threw an error during evaluation. ${result.code}: ${result.message}`,
          location,
        );
      case 'exhausted':
        return queryFailure(`${about} threw an error during evaluation: ${result.message}`, location);
    }
  };
  const direct = compileDirect(compiled.ast, reading);
  if (!direct) return evaluate;
  return bound => {
    const value = direct(bound);
    return value === undefined ? evaluate(bound) : value;
  };
}

/** Reads a variable or a part of `$states` where it stands, without making `$states` for it. */
function reading(variable: string, members: readonly string[]): Direct<Bindings> | undefined {
  if (variable !== 'states') {
    const follow = compileMembers([variable, ...members]);
    return follow && (({ variables }) => follow(variables));
  }
  const [part, ...inside] = members;
  const follow = compileMembers(inside);
  if (!follow) return undefined;
  switch (part) {
    case 'input':
      return ({ stateInput }) => follow(stateInput);
    case 'context':
      return bound => follow(bound.context());
    case 'result':
      return ({ result }) => (result === undefined ? undefined : follow(result));
    case 'errorOutput':
      return ({ errorOutput }) => (errorOutput === undefined ? undefined : follow(errorOutput));
    default:
      return undefined;
  }
}

/** What an expression of a state machine sees: variables, and `$states`. */
class Situation implements JsonataSituation, Environment {
  readonly #bound: Bindings;
  readonly #needsContext: boolean;
  #states: JsonObject | undefined;

  constructor(bound: Bindings, needsContext: boolean) {
    this.#bound = bound;
    this.#needsContext = needsContext;
  }

  get environment(): Environment {
    return this;
  }

  get allowance(): Allowance | undefined {
    return this.#bound.allowance;
  }

  variable(name: string): Json | undefined {
    if (name === 'states') return (this.#states ??= this.#statesObject());
    const { variables } = this.#bound;
    return Object.hasOwn(variables, name) ? variables[name] : undefined;
  }

  #statesObject(): JsonObject {
    const { stateInput, result, errorOutput } = this.#bound;
    const states: { [name: string]: Json } = { input: stateInput };
    if (this.#needsContext) states['context'] = this.#bound.context();
    if (result !== undefined) states['result'] = result;
    if (errorOutput !== undefined) states['errorOutput'] = errorOutput;
    return states;
  }

  now(): number {
    return this.#bound.now();
  }

  random(): number {
    return this.#bound.random.next();
  }

  uuid(): string {
    return uuid(this.#bound.random);
  }
}
