import type { BinaryNode, BinaryOperator, JsonataNode } from '#core/expressions/jsonata/ast.ts';
import type { Json } from '#core/json.ts';
import { asKey } from '../asKey.ts';
import { builtInFunction } from './functions/builtIns.ts';
import { FEW_ITEMS } from './plainJson.ts';
import { setKey } from './value.ts';

/** Gives the value of an expression, or `undefined` where the evaluator must say what it is. */
export type Direct<Bound> = (bound: Bound) => Json | undefined;

/** How to read `$variable.member.member`, where that is no more than following names. */
export type Reading<Bound> = (variable: string, members: readonly string[]) => Direct<Bound> | undefined;

/**
 * Compiles an expression that only reads members, calculates, compares, decides and puts together, as most in
 * state machines do: `$states.input.n + 1`. `undefined` for any other.
 *
 * Such an expression needs no frames and no sequences, and stays far below every budget, so that nothing is
 * counted. It knows the ordinary case only, in which each part has a value of the type that is wanted; for all
 * else, be it an error, a missing member or an array on the way, it gives `undefined`. Where it gives a value,
 * it is the evaluator's.
 */
export function compileDirect<Bound>(ast: JsonataNode, reading: Reading<Bound>): Direct<Bound> | undefined {
  const compiler = new DirectCompiler(reading);
  const direct = compiler.compile(ast, 1);
  // What is put together from many parts is gone through by the evaluator.
  if (!direct || compiler.members > FEW_ITEMS || compiler.concatenations > mostConcatenations)
    return undefined;
  return bound => {
    const value = direct(bound);
    return typeof value === 'number' ? finite(value) : value;
  };
}

/** Half of the levels that a budget allows; it counts a path as two. */
const deepest = 50;

/** So many texts of such a length are a fifth of what the smallest budget allows. */
const mostConcatenations = 10;
const longestText = 10_000;

class DirectCompiler<Bound> {
  members = 0;
  concatenations = 0;
  readonly #reading: Reading<Bound>;

  constructor(reading: Reading<Bound>) {
    this.#reading = reading;
  }

  compile(node: JsonataNode, level: number): Direct<Bound> | undefined {
    if (!isPlain(node) || level > deepest) return undefined;
    switch (node.kind) {
      case 'string':
      case 'number':
      case 'constant': {
        const { value } = node;
        return () => value;
      }
      case 'variable':
        return this.#read(node, []);
      case 'path':
        return node.keepSingletonArray ? undefined : this.#read(node.steps[0], node.steps.slice(1));
      case 'binary':
        return this.#binary(node, level);
      case 'negate': {
        const operand = this.compile(node.operand, level + 1);
        return operand && negation(operand);
      }
      case 'condition':
        return this.#condition(node, level);
      case 'block': {
        const [only] = node.expressions;
        return only && node.expressions.length === 1 ? this.compile(only, level + 1) : undefined;
      }
      case 'object':
        return this.#object(node, level);
      default:
        return undefined;
    }
  }

  #read(first: JsonataNode | undefined, steps: readonly JsonataNode[]): Direct<Bound> | undefined {
    if (first?.kind !== 'variable' || !isPlain(first)) return undefined;
    const { name } = first;
    // `$` and `$$` are the document, and a function's name is the function unless a variable has it.
    if (name === '' || name === '$' || builtInFunction(name)) return undefined;
    const members = steps.map(step => (step.kind === 'name' && isPlain(step) ? step.name : undefined));
    return members.every(member => member !== undefined) ? this.#reading(name, members) : undefined;
  }

  #binary({ operator, lhs, rhs }: BinaryNode, level: number): Direct<Bound> | undefined {
    const left = this.compile(lhs, level + 1);
    const right = left && this.compile(rhs, level + 1);
    if (!right) return undefined;
    if (operator === 'and' || operator === 'or') return decision(operator === 'or', left, right);
    if (operator === '&') this.concatenations++;
    const operate = operations[operator];
    return operate && operation(operate, left, right);
  }

  #condition(node: Extract<JsonataNode, { kind: 'condition' }>, level: number): Direct<Bound> | undefined {
    const condition = this.compile(node.condition, level + 1);
    const whenTrue = condition && this.compile(node.whenTrue, level + 1);
    const whenFalse = whenTrue && node.whenFalse && this.compile(node.whenFalse, level + 1);
    if (!whenFalse) return undefined;
    return bound => {
      const holds = condition(bound);
      if (holds === true) return whenTrue(bound);
      return holds === false ? whenFalse(bound) : undefined;
    };
  }

  #object(node: Extract<JsonataNode, { kind: 'object' }>, level: number): Direct<Bound> | undefined {
    const values = new Map<string, Direct<Bound>>();
    for (const { key, value } of node.pairs) {
      const compiled = this.compile(value, level + 1);
      if (!compiled || key.kind !== 'string' || !isPlain(key) || values.has(key.value)) return undefined;
      values.set(key.value, compiled);
    }
    this.members += values.size;
    const members = Array.from(values, ([name, value]) => ({ name: asKey(name), value }));
    return bound => {
      const result: { [name: string]: Json } = {};
      for (const member of members) {
        const value = member.value(bound);
        if (value === undefined) return undefined;
        setKey(result, member.name, value);
      }
      return result;
    };
  }
}

/** Nothing is written behind it that changes its value, and no part of the expression looks back at it. */
function isPlain(node: JsonataNode): boolean {
  return (
    node.predicates.length === 0 &&
    node.stages.length === 0 &&
    node.group === undefined &&
    node.focus === undefined &&
    node.index === undefined &&
    node.ancestor === undefined &&
    !node.keepArray &&
    !node.tuple
  );
}

function negation<Bound>(operand: Direct<Bound>): Direct<Bound> {
  return bound => {
    const value = operand(bound);
    return typeof value === 'number' ? finite(-value) : undefined;
  };
}

function decision<Bound>(decided: boolean, left: Direct<Bound>, right: Direct<Bound>): Direct<Bound> {
  return bound => {
    const first = left(bound);
    if (first === decided) return decided;
    if (first !== !decided) return undefined;
    const second = right(bound);
    return typeof second === 'boolean' ? second : undefined;
  };
}

type Operation = (lhs: Json, rhs: Json) => Json | undefined;

function operation<Bound>(operate: Operation, left: Direct<Bound>, right: Direct<Bound>): Direct<Bound> {
  return bound => {
    const lhs = left(bound);
    if (lhs === undefined) return undefined;
    const rhs = right(bound);
    return rhs === undefined ? undefined : operate(lhs, rhs);
  };
}

const operations: Readonly<Record<Exclude<BinaryOperator, 'and' | 'or'>, Operation | undefined>> = {
  '+': (lhs, rhs) => (typeof lhs === 'number' && typeof rhs === 'number' ? finite(lhs + rhs) : undefined),
  '-': (lhs, rhs) => (typeof lhs === 'number' && typeof rhs === 'number' ? finite(lhs - rhs) : undefined),
  '*': (lhs, rhs) => (typeof lhs === 'number' && typeof rhs === 'number' ? finite(lhs * rhs) : undefined),
  '/': (lhs, rhs) =>
    typeof lhs === 'number' && typeof rhs === 'number' && finite(rhs) !== undefined
      ? finite(lhs / rhs)
      : undefined,
  '%': (lhs, rhs) =>
    typeof lhs === 'number' && typeof rhs === 'number' && finite(rhs) !== undefined
      ? finite(lhs % rhs)
      : undefined,
  '=': (lhs, rhs) => (isScalar(lhs) && isScalar(rhs) ? lhs === rhs : undefined),
  '!=': (lhs, rhs) => (isScalar(lhs) && isScalar(rhs) ? lhs !== rhs : undefined),
  '<': (lhs, rhs) =>
    (typeof lhs === 'number' && typeof rhs === 'number') ||
    (typeof lhs === 'string' && typeof rhs === 'string')
      ? lhs < rhs
      : undefined,
  '<=': (lhs, rhs) =>
    (typeof lhs === 'number' && typeof rhs === 'number') ||
    (typeof lhs === 'string' && typeof rhs === 'string')
      ? lhs <= rhs
      : undefined,
  '>': (lhs, rhs) =>
    (typeof lhs === 'number' && typeof rhs === 'number') ||
    (typeof lhs === 'string' && typeof rhs === 'string')
      ? lhs > rhs
      : undefined,
  '>=': (lhs, rhs) =>
    (typeof lhs === 'number' && typeof rhs === 'number') ||
    (typeof lhs === 'string' && typeof rhs === 'string')
      ? lhs >= rhs
      : undefined,
  '&': (lhs, rhs) =>
    typeof lhs === 'string' && typeof rhs === 'string' && lhs.length + rhs.length <= longestText
      ? lhs + rhs
      : undefined,
  in: undefined,
  '..': undefined,
};

/** JSON has no other numbers, though its texts may say `1e400`: the evaluator writes them as texts. */
function finite(value: number): number | undefined {
  return value - value === 0 ? value : undefined;
}

function isScalar(value: Json): boolean {
  return typeof value !== 'object' || value === null;
}
