import { embeddedJsonata } from '#core/expressions/embedded.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { say, type Words } from '#core/text/message.ts';
import { contextObject } from '#interpreter/contextObject.ts';
import { compileIntrinsic, compilePath } from '#interpreter/expressions.ts';
import { errorOutput } from '#interpreter/flow.ts';
import { compileJsonata, evaluateJsonata } from '#interpreter/jsonata/evaluate.ts';
import type { Budget } from '#interpreter/jsonata/run.ts';
import type { Program } from '#interpreter/program.ts';
import { uuid } from '#interpreter/random.ts';
import { Run } from '#interpreter/run.ts';
import type { Snapshot, Strand } from '#interpreter/snapshot.ts';
import { Failure, type StatesError } from '#interpreter/statesError.ts';
import { at } from '#interpreter/table.ts';

/** Where an expression is evaluated: what the strand's state sees at that moment. */
export interface Scene {
  readonly program: Program;
  readonly snapshot: Snapshot;
  readonly strand: Strand;
}

export type Evaluated =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'failed'; readonly message: Words; readonly findsNothing?: boolean };

/** Enough for everything but expressions that never end; about a tenth of a second. */
export const shortBudget: Budget = { steps: 2_000_000, depth: 1_000, size: 5_000_000, bytes: 50_000_000 };

/**
 * The value an expression has for a strand, as the user writes it in the console, a watch or a
 * condition. Changes nothing: time, random numbers and ids are those the state would get.
 *
 * `{% … %}` is JSONata in every state. Without these marks a JSONata state reads JSONata; a JSONPath state
 * reads a path, an intrinsic function, a comparison of two of them (`$.total > 100`), or JSON.
 */
export function evaluate(text: string, scene: Scene, budget: Budget = shortBudget): Evaluated {
  const trimmed = text.trim();
  if (trimmed === '') return failed(say`There is nothing to evaluate.`);
  const embedded = embeddedJsonata(trimmed);
  if (embedded.kind === 'expression')
    return jsonata(trimmed.slice(embedded.start, embedded.end), scene, budget);
  const state = scene.program.states.get(scene.strand.state)?.state;
  return state?.queryLanguage === 'JSONata' ? jsonata(trimmed, scene, budget) : jsonPath(trimmed, scene);
}

/** Whether a condition holds: JSON's `false`, `null` and nothing found do not. */
export function holds(
  text: string,
  scene: Scene,
): boolean | { readonly kind: 'failed'; readonly message: Words } {
  const evaluated = evaluate(text, scene);
  if (evaluated.kind === 'value') return evaluated.value !== false && evaluated.value !== null;
  const { message, findsNothing } = evaluated;
  const isNothing = findsNothing ?? (typeof message === 'string' && message.startsWith('Invalid path'));
  return isNothing ? false : evaluated;
}

/** What `$` is for a strand in JSONPath: the result while Assign is at work, else the data on their way. */
export function dataOf({ program, strand }: Scene): Json {
  const stage = program.states.get(strand.state)?.stages[strand.stage]?.name;
  return stage === 'assign' && strand.result !== undefined ? strand.result : strand.data;
}

/** `$states`, as JSONata sees it. */
export function statesOf(scene: Scene): JsonObject {
  const { program, strand } = scene;
  const error = errorOf(scene);
  return {
    input: strand.input,
    ...(strand.result !== undefined && { result: strand.result }),
    ...(error && { errorOutput: errorOutput(error) }),
    context: contextOf({ ...scene, program }),
  };
}

/** The error that a Catcher is about to handle. */
function errorOf({ program, strand }: Scene): StatesError | undefined {
  const compiled = program.states.get(strand.state);
  return compiled && strand.stage === compiled.catchStage && compiled.catchers.length > 0
    ? strand.error
    : undefined;
}

/** The Context Object of a strand. */
export function contextOf({ program, snapshot, strand }: Scene): JsonObject {
  const execution = at(snapshot.executions, strand.execution);
  return execution ? contextObject(program, execution, strand) : {};
}

function jsonata(text: string, scene: Scene, budget: Budget): Evaluated {
  const compiled = compileJsonata(text);
  if (compiled.kind === 'invalid') return failed(compiled.errors[0]?.message ?? say`This is not JSONata.`);
  const { program, snapshot, strand } = scene;
  const random = Run.on(program, snapshot);
  const result = evaluateJsonata(compiled, {
    variable: name => {
      if (name === 'states') return statesOf(scene);
      return Object.hasOwn(strand.variables, name) ? strand.variables[name] : undefined;
    },
    environment: { now: () => snapshot.now, random: () => random.next(), uuid: () => uuid(random) },
    budget,
  });
  switch (result.kind) {
    case 'value':
      return { kind: 'value', value: result.value };
    case 'nothing':
      return { ...failed(say`The expression finds nothing.`), findsNothing: true };
    case 'failed':
      return failed(result.message);
    case 'exhausted':
      return failed(exhausted[result.resource]);
    default:
      return failed(say`The expression has no value that JSON can hold.`);
  }
}

const exhausted = {
  steps: say`The expression was stopped: it uses too much time.`,
  depth: say`The expression was stopped: it uses too much recursion.`,
  size: say`The expression was stopped: it uses too much memory.`,
};

function jsonPath(text: string, scene: Scene): Evaluated {
  const comparison = comparisonIn(text);
  if (comparison) {
    const left = operand(comparison.left, scene);
    if (left.kind === 'failed') return left;
    const right = operand(comparison.right, scene);
    if (right.kind === 'failed') return right;
    return { kind: 'value', value: compare(left.value, comparison.operator, right.value) };
  }
  return operand(text, scene);
}

function operand(text: string, scene: Scene): Evaluated {
  const problems: Words[] = [];
  const refuse = (message: Words): void => {
    problems.push(message);
  };
  const isCall = /^States\.\w+\s*\(/.test(text);
  if (!text.startsWith('$') && !isCall) return literal(text);
  const expression = isCall ? compileIntrinsic(text, refuse) : compilePath(text, refuse);
  const [problem] = problems;
  if (problem !== undefined) return failed(problem);
  const { strand } = scene;
  const error = errorOf(scene);
  const bound = Run.on(scene.program, scene.snapshot).bind(
    strand,
    error ? errorOutput(error) : dataOf(scene),
    strand.result,
  );
  const value = expression(bound);
  return value instanceof Failure ? failed(value.cause) : { kind: 'value', value };
}

function literal(text: string): Evaluated {
  const single = /^'([^']*)'$/.exec(text)?.[1];
  if (single !== undefined) return { kind: 'value', value: single };
  const value = jsonIn(text);
  return value === undefined
    ? failed(
        say`'${text}' is no path ($.x), intrinsic function (States.Format(…)) or JSON. JSONata goes between {% and %}.`,
      )
    : { kind: 'value', value };
}

/** The value of a text that is JSON; nothing for any other, and where a number is larger than numbers can be. */
export function jsonIn(text: string): Json | undefined {
  let isInfinite = false;
  try {
    const value = JSON.parse(text, (_name, member: Json) => {
      isInfinite ||= member === Infinity || member === -Infinity;
      return member;
    }) as Json;
    return isInfinite ? undefined : value;
  } catch {
    return undefined;
  }
}

type Operator = '==' | '!=' | '<=' | '>=' | '<' | '>';

/** The parts of `$.total >= 100`; operators inside brackets, parentheses and texts belong to their path. */
function comparisonIn(
  text: string,
): { readonly left: string; readonly operator: Operator; readonly right: string } | undefined {
  let depth = 0;
  let quoted = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quoted !== '') {
      if (letter === quoted) quoted = '';
    } else if (letter === "'" || letter === '"') quoted = letter;
    else if (letter === '[' || letter === '(') depth++;
    else if (letter === ']' || letter === ')') depth--;
    else if (depth === 0) {
      const operator = /^(==|!=|<=|>=|<|>|=)/.exec(text.slice(at))?.[0];
      if (operator !== undefined)
        return {
          left: text.slice(0, at).trim(),
          operator: (operator === '=' ? '==' : operator) as Operator,
          right: text.slice(at + operator.length).trim(),
        };
    }
  }
  return undefined;
}

function compare(left: Json, operator: Operator, right: Json): boolean {
  if (operator === '==') return isSame(left, right);
  if (operator === '!=') return !isSame(left, right);
  const comparable =
    (typeof left === 'number' && typeof right === 'number') ||
    (typeof left === 'string' && typeof right === 'string');
  if (!comparable) return false;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** Whether two values are the same JSON, whatever the order of members. */
export function isSame(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item: Json, index) => isSame(item, (right as readonly Json[])[index] ?? null));
  }
  const names = Object.keys(left);
  const [a, b] = [left as JsonObject, right as JsonObject];
  return (
    names.length === Object.keys(b).length &&
    names.every(name => Object.hasOwn(b, name) && isSame(a[name] ?? null, b[name] ?? null))
  );
}

function failed(message: Words): { readonly kind: 'failed'; readonly message: Words } {
  return { kind: 'failed', message };
}
