import type { Expression, JsonataExpression } from '#core/expressions/expression.ts';
import type { IntrinsicArgument } from '#core/expressions/intrinsic/ast.ts';
import { payloadSuffix } from '#core/expressions/intrinsic/payloadValue.ts';
import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';
import type { JsonataNode } from '#core/expressions/jsonata/ast.ts';
import { intrinsicNamed } from '#core/language/intrinsics.ts';
import { jsonataFunctionNamed } from '#core/language/jsonataFunctions.ts';
import type { State } from '#core/model/stateMachine.ts';
import { isCloudFormationFunction, isDeferred, type ObjectNode, type SyntaxNode } from '#core/syntax/node.ts';
import type { ExpressionSites } from './expressionSites.ts';
import {
  anyBoolean,
  anyNumber,
  anyString,
  arrayOf,
  join,
  lookup,
  objectOf,
  openObject,
  tupleOf,
  unknown,
  type Origin,
  type Shape,
} from './shape.ts';

/** What names mean in an expression. */
export interface Meaning {
  readonly state: State;
  readonly document: Shape;
  readonly states: Shape;
  readonly context: Shape;
}

/** Tells what expressions, templates and literals give, as far as their parts are known. */
export class ShapeEvaluator {
  readonly #sites: ExpressionSites;
  readonly #variableShape: (name: string, state: State) => Shape;

  constructor(sites: ExpressionSites, variableShape: (name: string, state: State) => Shape) {
    this.#sites = sites;
    this.#variableShape = variableShape;
  }

  /** What the string says, where that is not decided at deployment. */
  expressionOf(node: SyntaxNode): Expression | undefined {
    if (node.kind !== 'string') return undefined;
    const site = this.#sites.siteOf(node);
    return site && !site.isDeferred ? site.expression : undefined;
  }

  /** JSONPath: an object whose keys that end in `.$` are evaluated. */
  template(node: SyntaxNode, meaning: Meaning, origin: Origin, depth = 0): Shape {
    if (meaning.state.queryLanguage === 'JSONata') return this.value(node, meaning, origin, depth);
    if (node.kind === 'array')
      return tupleOf(node.items.map(item => this.template(item, meaning, origin, depth + 1)));
    if (node.kind !== 'object') return literal(node, origin);
    if (depth > 8 || isCloudFormationFunction(node)) return unknown;
    const members: [string, Shape][] = [];
    for (const { key, value } of node.properties) {
      if (!value) continue;
      if (key.value.endsWith(payloadSuffix)) {
        members.push([
          key.value.slice(0, -payloadSuffix.length),
          this.value(value, meaning, origin, depth + 1),
        ]);
      } else {
        members.push([key.value, this.template(value, meaning, origin, depth + 1)]);
      }
    }
    return objectOf(members, hasDeferredKey(node), origin);
  }

  /** A value whose strings may be expressions. */
  value(node: SyntaxNode, meaning: Meaning, origin: Origin, depth: number): Shape {
    if (depth > 8 || isDeferred(node)) return unknown;
    switch (node.kind) {
      case 'array':
        return tupleOf(node.items.map(item => this.value(item, meaning, origin, depth + 1)));
      case 'object': {
        const members: [string, Shape][] = [];
        for (const { key, value } of node.properties) {
          if (value) members.push([key.value, this.value(value, meaning, origin, depth + 1)]);
        }
        return objectOf(members, hasDeferredKey(node), origin);
      }
      case 'string': {
        const expression = this.expressionOf(node);
        if (expression) return this.#evaluate(expression, meaning, origin);
        return this.#sites.siteOf(node) ? unknown : literal(node);
      }
      default:
        return literal(node, origin);
    }
  }

  #evaluate(expression: Expression, meaning: Meaning, origin: Origin): Shape {
    if (expression.errors.length > 0) return unknown;
    if (expression.kind === 'path') return expression.path ? this.#path(expression.path, meaning) : unknown;
    if (expression.kind === 'intrinsic')
      return expression.call ? this.#argument(expression.call, meaning) : unknown;
    return this.#jsonataExpression(expression, meaning, origin);
  }

  #path({ origin, steps }: JsonPath, meaning: Meaning): Shape {
    const found = lookup(
      this.#originShape(origin.kind === 'variable' ? origin.name : origin.kind, origin.kind, meaning),
      steps,
    );
    return found.kind === 'found' && !found.isOptional ? found.shape : unknown;
  }

  #originShape(name: string, kind: string, meaning: Meaning): Shape {
    if (kind === 'document') return meaning.document;
    if (kind === 'context') return meaning.context;
    return kind === 'variable' ? this.#variableShape(name, meaning.state) : unknown;
  }

  #argument(argument: IntrinsicArgument, meaning: Meaning): Shape {
    switch (argument.kind) {
      case 'path':
        return this.#path(argument.path, meaning);
      case 'call':
        if (argument.name === 'States.Array') {
          return tupleOf(argument.arguments.map(inner => this.#argument(inner, meaning)));
        }
        return intrinsicResults.get(intrinsicNamed(argument.name)?.result ?? 'any') ?? unknown;
      case 'string':
      case 'number':
      case 'boolean':
        return { kind: argument.kind, value: argument.value };
      case 'null':
        return { kind: 'null', value: undefined };
      default:
        return argument satisfies never;
    }
  }

  #jsonataExpression({ ast, references }: JsonataExpression, meaning: Meaning, origin: Origin): Shape {
    // Names that the expression defines itself hide variables of the state machine.
    if (!ast || references.variables.some(({ role }) => role === 'definition')) return unknown;
    return this.#jsonata(ast, meaning, origin, 0);
  }

  #jsonata(node: JsonataNode, meaning: Meaning, origin: Origin, depth: number): Shape {
    if (depth > 20 || node.predicates.length > 0 || node.stages.length > 0 || node.group) return unknown;
    const of = (part: JsonataNode): Shape => this.#jsonata(part, meaning, origin, depth + 1);
    switch (node.kind) {
      case 'string':
      case 'number':
        return { kind: node.kind, value: node.value };
      case 'constant':
        return node.value === null
          ? { kind: 'null', value: undefined }
          : { kind: 'boolean', value: node.value };
      case 'variable':
        if (node.name === 'states') return meaning.states;
        return node.name === '' || node.name === '$'
          ? unknown
          : this.#variableShape(node.name, meaning.state);
      case 'path':
        return this.#jsonataPath(node.steps, of);
      case 'array':
        return arrayOf(unknown);
      case 'object': {
        const members: [string, Shape][] = [];
        for (const { key, value } of node.pairs) {
          if (key.kind !== 'string') return openObject({});
          members.push([key.value, of(value)]);
        }
        return objectOf(members, false, origin);
      }
      case 'binary':
        return binaryResults.get(node.operator) ?? unknown;
      case 'negate':
        return anyNumber;
      case 'call':
        return node.procedure.kind === 'variable' ? resultOf(node.procedure.name) : unknown;
      case 'condition':
        return node.whenFalse ? join(of(node.whenTrue), of(node.whenFalse)) : unknown;
      case 'block': {
        const last = node.expressions.at(-1);
        return last ? of(last) : unknown;
      }
      default:
        return unknown;
    }
  }

  #jsonataPath(steps: readonly JsonataNode[], of: (node: JsonataNode) => Shape): Shape {
    const [first, ...rest] = steps;
    if (!first || first.kind === 'name') return unknown;
    let at = of(first);
    for (const step of rest) {
      if (step.kind !== 'name' || step.stages.length > 0 || step.predicates.length > 0) return unknown;
      if (at.kind !== 'object') return unknown;
      const member = at.members.get(step.name);
      if (!member || member.isOptional) return unknown;
      at = member.shape;
    }
    return at;
  }
}

const intrinsicResults: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['string', anyString],
  ['number', anyNumber],
  ['boolean', anyBoolean],
  ['array', arrayOf(unknown)],
  ['object', openObject({})],
]);

const binaryResults: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ...['+', '-', '*', '/', '%'].map((operator): [string, Shape] => [operator, anyNumber]),
  ...['=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in'].map((operator): [string, Shape] => [
    operator,
    anyBoolean,
  ]),
  ['&', anyString],
]);

/**
 * What a function of JSONata gives, by its signature. Not so for arrays: one that holds a single item is that
 * item in many places.
 */
function resultOf(name: string): Shape {
  const [, result = ''] = /:([nsb])>$/.exec(jsonataFunctionNamed(name)?.signature ?? '') ?? [];
  return signatureResults.get(result) ?? unknown;
}

const signatureResults: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['n', anyNumber],
  ['s', anyString],
  ['b', anyBoolean],
]);

/** A value that is taken as it stands. */
export function literal(node: SyntaxNode, origin?: Origin, depth = 0): Shape {
  if (depth > 8 || isDeferred(node)) return unknown;
  switch (node.kind) {
    case 'null':
      return { kind: 'null', value: undefined };
    case 'string':
    case 'number':
    case 'boolean':
      return { kind: node.kind, value: node.value };
    case 'array':
      return node.items.length > 20
        ? arrayOf(unknown)
        : tupleOf(node.items.map(item => literal(item, origin, depth + 1)));
    case 'object': {
      if (node.properties.length > 64) return openObject({});
      const members = node.properties.flatMap(({ key, value }): [string, Shape][] =>
        value ? [[key.value, literal(value, origin, depth + 1)]] : [],
      );
      return objectOf(members, hasDeferredKey(node), origin);
    }
    default:
      return unknown;
  }
}

function hasDeferredKey(node: ObjectNode): boolean {
  return node.properties.some(({ key, value }) => !value || key.value.includes('${'));
}
