import type { Json } from '#core/json.ts';
import type { JsonataNode } from '#core/expressions/jsonata/ast.ts';
import { parseJsonata, type JsonataError } from '#core/expressions/jsonata/parse.ts';
import type { Evaluator } from './callable.ts';
import { compile } from './compile.ts';
import { Exhausted, Failure } from './failure.ts';
import { plainJson } from './plainJson.ts';
import type { JsonataResult } from './result.ts';
import { budgetOf, DEFAULT_BUDGET, Run, type Allowance, type Budget, type Environment } from './run.ts';
import { isSequence, OUTER_WRAPPER, sequenceOf, type Value } from './value.ts';

/** An expression ready to be evaluated as often as wanted. It keeps nothing of its evaluations. */
export interface CompiledJsonata {
  readonly kind: 'compiled';
  readonly text: string;
  readonly ast: JsonataNode;
  readonly evaluator: Evaluator;
}

export interface JsonataSyntaxFailure {
  readonly kind: 'invalid';
  readonly errors: readonly JsonataError[];
}

export interface JsonataSituation {
  /** The value of a variable of the state machine; `states` is `$states`. Undefined where it has none. */
  variable(name: string): Json | undefined;
  readonly environment: Environment;
  readonly budget?: Budget;
  /** Instead of a budget: what this and other evaluations may use together. */
  readonly allowance?: Allowance | undefined;
  /** An input document, `$` and `$$`: a state machine's expressions have none. */
  readonly input?: Json;
}

/** Compiles the text between `{%` and `%}`. */
export function compileJsonata(text: string): CompiledJsonata | JsonataSyntaxFailure {
  const { ast, errors } = parseJsonata(text);
  if (ast === undefined || errors.length > 0) return { kind: 'invalid', errors };
  return { kind: 'compiled', text, ast, evaluator: compile(ast) };
}

/**
 * Evaluates an expression, synchronously and within its budget; never throws.
 *
 * Values handed in are shared with the result and never changed. Time, chance and ids come from
 * the environment only: the same situation gives the same result.
 */
export function evaluateJsonata(expression: CompiledJsonata, situation: JsonataSituation): JsonataResult {
  const { input } = situation;
  const variables = (name: string): Value => (name === '$' ? input : situation.variable(name));
  const { allowance } = situation;
  const budget = allowance ? budgetOf(allowance) : (situation.budget ?? DEFAULT_BUDGET);
  const run = new Run(situation.environment, variables, budget);
  try {
    return plainJson(expression.evaluator(documentOf(input), undefined, run), run);
  } catch (error) {
    if (error instanceof Failure) return { kind: 'failed', code: error.code, message: error.message };
    if (error instanceof Exhausted) return exhausted(error);
    // A host with a small stack ends before the budget does.
    if (error instanceof RangeError && error.message.includes('call stack')) {
      return exhausted(new Exhausted('depth'));
    }
    throw error;
  } finally {
    if (allowance) allowance.steps -= budget.steps - Math.max(0, run.stepsLeft);
  }
}

function exhausted({ resource, message }: Exhausted): JsonataResult {
  return { kind: 'exhausted', resource, message };
}

/** An input document that is an array counts as one value. */
function documentOf(input: Json | undefined): Value {
  if (!Array.isArray(input) || isSequence(input)) return input;
  const wrapper = sequenceOf(input);
  wrapper.flags = (wrapper.flags ?? 0) | OUTER_WRAPPER;
  return wrapper;
}
