import type { Json, JsonObject } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { Scope, StateMachine } from '#core/model/stateMachine.ts';
import { valueOf, type ObjectNode, type StringNode, type SyntaxNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import type { JsonType } from '#core/text/jsonTypes.ts';
import { inWords, say, type Words } from '#core/text/message.ts';
import type { Expression } from './expression.ts';
import { compileIntrinsic, compilePath, compileReference } from './expressions.ts';
import { compileJsonataValue, type CompileJsonata } from './jsonataValue.ts';
import type { PutAt } from './jsonPath/referencePath.ts';
import { compilePayloadTemplate, compilePayloadValue } from './payloadTemplate/compile.ts';
import type { CompiledScope, CompiledState } from './program.ts';
import { Failure, queryFailure } from './statesError.ts';

/** Why a definition cannot be run: a sentence of ours or of AWS, and the part of the file it is about. */
export interface Problem {
  readonly message: Words;
  readonly start: number;
  readonly end: number;
}

/** What compiling needs on its way: reads fields of nodes, makes expressions, collects problems. */
export class Compiler {
  readonly machine: StateMachine;
  readonly problems: Problem[] = [];
  readonly scopes = new Map<Pointer, CompiledScope>();
  readonly states = new Map<Pointer, CompiledState>();

  readonly #later: (() => void)[] = [];

  readonly #compileJsonata: CompileJsonata | undefined;

  constructor(machine: StateMachine, compileJsonata?: CompileJsonata) {
    this.machine = machine;
    this.#compileJsonata = compileJsonata;
  }

  /** What must wait until all states are there. */
  later(action: () => void): void {
    this.#later.push(action);
  }

  link(): void {
    for (const action of this.#later) action();
  }

  problem(node: { readonly start: number; readonly end: number }, message: Words): void {
    const text = inWords(message);
    const known = this.problems.some(other => other.start === node.start && inWords(other.message) === text);
    if (!known) this.problems.push({ message, start: node.start, end: node.end });
  }

  /** The text of a string field. */
  text(node: ObjectNode, name: string): string | undefined {
    return this.string(node, name)?.value;
  }

  string(node: ObjectNode, name: string): StringNode | undefined {
    const value = valueOf(node, name);
    if (value === undefined) return undefined;
    if (value.kind === 'string') return value;
    this.problem(value, say`${name} must be a string.`);
    return undefined;
  }

  object(node: ObjectNode, name: string): ObjectNode | undefined {
    const value = valueOf(node, name);
    if (value === undefined) return undefined;
    if (value.kind === 'object') return value;
    this.problem(value, say`${name} must be an object.`);
    return undefined;
  }

  number(node: ObjectNode, name: string): number | undefined {
    const value = valueOf(node, name);
    if (value === undefined) return undefined;
    if (value.kind === 'number') return value.value;
    this.problem(value, say`${name} must be a number.`);
    return undefined;
  }

  texts(node: ObjectNode, name: string): readonly string[] {
    const value = valueOf(node, name);
    if (value?.kind !== 'array') {
      this.problem(value ?? node, say`${name} must be a list of strings.`);
      return [];
    }
    return value.items.flatMap(item => (item.kind === 'string' ? [item.value] : []));
  }

  json(node: ObjectNode, name: string): Json | undefined {
    const value = valueOf(node, name);
    return value && toJson(value);
  }

  /** `InputPath`, `ItemsPath` and the like: a path, or `null`. */
  path(node: ObjectNode, name: string): Expression | null | undefined {
    const value = valueOf(node, name);
    if (value === undefined) return undefined;
    if (value.kind === 'null') return null;
    if (value.kind !== 'string') {
      this.problem(value, say`${name} must be a path or null.`);
      return undefined;
    }
    return compilePath(value.value, this.refuse(value));
  }

  /** The place that `ResultPath` names: a function that puts a value there. */
  reference(node: ObjectNode, name: string): PutAt | null | undefined {
    const value = valueOf(node, name);
    if (value === undefined) return undefined;
    if (value.kind === 'null') return null;
    if (value.kind !== 'string') {
      this.problem(value, say`${name} must be a path or null.`);
      return undefined;
    }
    return compileReference(value.value, this.refuse(value));
  }

  pathOrIntrinsic(node: ObjectNode, name: string): Expression | undefined {
    const value = this.string(node, name);
    if (!value) return undefined;
    return value.value.startsWith('$')
      ? compilePath(value.value, this.refuse(value))
      : compileIntrinsic(value.value, this.refuse(value));
  }

  /** `ErrorPath` and `CausePath`: a path or intrinsic function that tells what failed. */
  description(node: ObjectNode, name: string): Expression | undefined {
    const value = this.string(node, name);
    return value && compilePayloadValue(value.value, name, this.refuse(value));
  }

  template(node: ObjectNode, name: string): Expression | undefined {
    const value = valueOf(node, name);
    return value && compilePayloadTemplate(value, (message, at) => this.problem(at, message));
  }

  /** A value of JSONata: any JSON, whose strings may be expressions. `location` names it in errors. */
  jsonata(node: ObjectNode, name: string, location = name): Expression | undefined {
    const value = valueOf(node, name);
    return value && this.jsonataValue(value, location);
  }

  jsonataValue(value: SyntaxNode, location: string): Expression {
    const refuse = (node: SyntaxNode, message: Words): void => this.problem(node, message);
    return compileJsonataValue(value, location, refuse, this.#compileJsonata);
  }

  /** A JSONata field whose value must be of one type. */
  jsonataOf(node: ObjectNode, name: string, type: JsonType, location = name): Expression | undefined {
    const value = valueOf(node, name);
    if (!value) return undefined;
    const expression = this.jsonataValue(value, location);
    const source = value.kind === 'string' ? expressionText(value.value) : undefined;
    return bound => {
      const result = expression(bound);
      if (result instanceof Failure || typeOf(result) === type) return result;
      return unexpectedType(source ?? JSON.stringify(toJson(value)), location, type, result);
    };
  }

  refuse(node: StringNode): (message: Words) => void {
    return message => this.problem(node, message);
  }

  stateAt(scope: Scope, name: StringNode | undefined): Pointer | undefined {
    if (!name) return undefined;
    const state = scope.stateByName.get(name.value);
    if (!state) this.problem(name, say`No state named '${name.value}' in this scope.`);
    return state?.pointer;
  }
}

export function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as 'boolean' | 'number' | 'string' | 'object';
}

export function unexpectedType(source: string, location: string, expected: JsonType, value: Json): Failure {
  return queryFailure(
    `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected result type. Expected '${expected}', but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`,
    location,
  );
}

/** The expression between `{%` and `%}`. */
export function expressionText(text: string): string | undefined {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4
    ? text.slice(2, -2).trim()
    : undefined;
}

/** A value that never changes. */
export function constant(value: Json): Expression {
  return () => value;
}

export const emptyObject: JsonObject = {};
