import { parsePayloadValue, payloadSuffix } from '#core/expressions/intrinsic/payloadValue.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { PropertyNode, SyntaxNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { say, type Words } from '#core/text/message.ts';
import type { Bindings, Expression } from '#interpreter/expression.ts';
import { compileIntrinsic } from '#interpreter/intrinsics/compile.ts';
import { compilePathExpression } from '#interpreter/jsonPath/expression.ts';
import { PathFailure } from '#interpreter/jsonPath/pathFailure.ts';
import { Failure, runtimeFailure } from '#interpreter/statesError.ts';

/** Says that the definition cannot run because of a node. */
export type RefuseNode = (message: Words, node: SyntaxNode) => void;

/**
 * Compiles a payload template: keys that end in `.$`, at any depth, are evaluated and lose the suffix; all
 * else is as written, and the parts without such keys are the same value each time.
 *
 * @see https://states-language.net/spec.html#payload-template
 */
export function compilePayloadTemplate(node: SyntaxNode, refuse: RefuseNode): Expression {
  const part = compilePart(node, refuse);
  if (part.kind === 'dynamic') return part.evaluate;
  const { value } = part;
  return () => value;
}

/**
 * Compiles the value of a field that holds a path or an intrinsic function, such as `ErrorPath` or a key
 * that ends in `.$`. AWS names the field and shows the input when the path leads nowhere.
 */
export function compilePayloadValue(
  text: string,
  field: string,
  refuse: (message: Words) => void,
): Expression {
  const value = parsePayloadValue(text);
  const [error] = value.errors;
  if (error !== undefined) refuse(error.message);
  if (value.kind === 'intrinsic') {
    return value.call === undefined ? () => null : compileIntrinsic(value.call, text);
  }
  const { path } = value;
  if (path === undefined) return () => null;
  const evaluate = compilePathExpression(path);
  const isContext = path.origin.kind === 'context';
  return bound => {
    const found = evaluate(bound);
    if (!(found instanceof PathFailure)) return found;
    // An index behind the end of an array is no failure to AWS here, unlike anywhere else.
    if (found.kind === 'outOfRange') return null;
    return notFound(text, field, isContext ? bound.context() : bound.input);
  };
}

function notFound(path: string, field: string, searched: Json): Failure {
  const input = JSON.stringify(searched);
  return runtimeFailure(
    `The JSONPath '${path}' specified for the field '${field}' could not be found in the input '${input}'`,
  );
}

type Part =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'dynamic'; readonly evaluate: Expression };

function compilePart(node: SyntaxNode, refuse: RefuseNode): Part {
  if (node.kind === 'array') return compileArray(node.items.map(item => compilePart(item, refuse)));
  if (node.kind === 'object') return compileObject(node.properties, refuse);
  return { kind: 'constant', value: toJson(node) };
}

function compileArray(parts: readonly Part[]): Part {
  if (parts.every(part => part.kind === 'constant')) {
    return { kind: 'constant', value: parts.map(part => part.value) };
  }
  return {
    kind: 'dynamic',
    evaluate: bound => {
      const items: Json[] = [];
      for (const part of parts) {
        const item = part.kind === 'constant' ? part.value : part.evaluate(bound);
        if (item instanceof Failure) return item;
        items.push(item);
      }
      return items;
    },
  };
}

interface Member {
  readonly name: string;
  readonly part: Part;
}

function compileObject(properties: readonly PropertyNode[], refuse: RefuseNode): Part {
  const members = properties.flatMap(property => {
    const member = compileMember(property, refuse);
    return member === undefined ? [] : [member];
  });
  if (members.every(member => member.part.kind === 'constant')) {
    return { kind: 'constant', value: constantObject(members) };
  }
  const isSafe = members.every(member => member.name !== '__proto__');
  return { kind: 'dynamic', evaluate: bound => evaluateMembers(members, bound, isSafe) };
}

function constantObject(members: readonly Member[]): JsonObject {
  return Object.fromEntries(
    members.map(({ name, part }) => [name, part.kind === 'constant' ? part.value : null] as const),
  );
}

function compileMember({ key, value }: PropertyNode, refuse: RefuseNode): Member | undefined {
  if (value === undefined) return undefined;
  if (!key.value.endsWith(payloadSuffix)) return { name: key.value, part: compilePart(value, refuse) };
  const name = key.value.slice(0, -payloadSuffix.length);
  if (value.kind !== 'string') {
    refuse(say`The value of '${key.value}' must be a path or an intrinsic function`, value);
    return undefined;
  }
  const evaluate = compilePayloadValue(value.value, key.value, message => refuse(message, value));
  return { name, part: { kind: 'dynamic', evaluate } };
}

function evaluateMembers(members: readonly Member[], bound: Bindings, isSafe: boolean): Json | Failure {
  const result: { [name: string]: Json } = {};
  for (const { name, part } of members) {
    const value = part.kind === 'constant' ? part.value : part.evaluate(bound);
    if (value instanceof Failure) return value;
    if (isSafe) result[name] = value;
    else Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}
