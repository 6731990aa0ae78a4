import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import type { MapState, ParallelState, State, TaskState } from '#core/model/stateMachine.ts';
import { valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';
import { emptyObject, type Compiler } from './compiler.ts';
import type { Expression } from './expression.ts';
import { fail, leave, tooLarge } from './flow.ts';
import type { EventType } from './history/eventType.ts';
import { exceeds } from './payloadSize.ts';
import type { Stage, StageName } from './program.ts';
import { goOn, type Run, type Working } from './run.ts';
import { Failure, runtimeFailure } from './statesError.ts';

/** The first stage of every state. */
export function entering(type: EventType, name: string): Stage {
  return {
    name: 'input',
    perform(run, strand) {
      run.entered(strand, type, name);
      return goOn;
    },
  };
}

/** A stage that replaces the data by the value of an expression. */
export function evaluating(name: StageName, evaluate: (run: Run, strand: Working) => Json | Failure): Stage {
  return {
    name,
    perform(run, strand) {
      const value = evaluate(run, strand);
      if (value instanceof Failure) return fail(run, strand, value);
      strand.data = value;
      return goOn;
    },
  };
}

/** InputPath, where it says something. */
export function inputPath(compiler: Compiler, state: State): Stage[] {
  if (state.queryLanguage === 'JSONata') return [];
  const path = compiler.path(state.node, 'InputPath');
  if (path === undefined) return [];
  return [
    evaluating('afterInputPath', (run, strand) =>
      path === null ? emptyObject : path(run.bind(strand, strand.input)),
    ),
  ];
}

/** The input after InputPath, for fields that are evaluated when the data have gone on. */
export function effectiveInput(
  compiler: Compiler,
  state: State,
): (run: Run, strand: Working) => Json | Failure {
  const path = state.queryLanguage === 'JSONata' ? undefined : compiler.path(state.node, 'InputPath');
  if (path === undefined) return (_, strand) => strand.input;
  return (run, strand) => (path === null ? emptyObject : path(run.bind(strand, strand.input)));
}

/** Parameters or Arguments: what the state works on. */
export function parameters(compiler: Compiler, state: State): Stage[] {
  if (state.queryLanguage === 'JSONata') {
    const expression = compiler.jsonata(state.node, 'Arguments');
    return expression
      ? [evaluating('afterArguments', (run, strand) => expression(run.bind(strand, strand.data)))]
      : [];
  }
  const expression = compiler.template(state.node, 'Parameters');
  return expression
    ? [evaluating('afterParameters', (run, strand) => expression(run.bind(strand, strand.data)))]
    : [];
}

/** Everything from the result of a Task, Parallel or Map to the exit. */
export function fromResult(compiler: Compiler, state: TaskState | ParallelState | MapState): Stage[] {
  if (state.queryLanguage === 'JSONata') {
    return [...assign(compiler, state, strand => strand.result ?? null), ...output(compiler, state), leaving];
  }
  const selector = compiler.template(state.node, 'ResultSelector');
  return [
    ...(selector
      ? [
          evaluating('afterResultSelector', (run, strand) =>
            selector(run.bind(strand, strand.result ?? null, strand.result)),
          ),
        ]
      : []),
    ...assign(compiler, state, strand => strand.result ?? null),
    ...resultPath(compiler, state),
    ...outputPath(compiler, state),
    leaving,
  ];
}

/** Assign. `dollar` tells what `$` is for JSONPath. */
export function assign(compiler: Compiler, state: State, dollar: (strand: Working) => Json): Stage[] {
  const expression = assignment(compiler, state.queryLanguage, state.node, 'Assign');
  if (!expression) return [];
  return [
    {
      name: 'assign',
      perform(run, strand) {
        const value = expression(run.bind(strand, dollar(strand), strand.result));
        if (value instanceof Failure) return fail(run, strand, value);
        if (!isJsonObject(value)) throw new Error('bug: Assign gives an object');
        const tooMuch = tooManyVariables(run, strand, state.name, value);
        if (tooMuch) return fail(run, strand, tooMuch);
        strand.assigned = value;
        return goOn;
      },
    },
  ];
}

/** AWS limits what one Assign sets, and all variables together. The words are ours: no recording has AWS's. */
export function tooManyVariables(
  run: Run,
  strand: Working,
  name: string,
  assigned: JsonObject,
): Failure | undefined {
  const { payloadBytes, variablesBytes } = run.quotas;
  const limit = exceeds(assigned, payloadBytes)
    ? payloadBytes
    : exceeds({ ...strand.variables, ...assigned }, variablesBytes)
      ? variablesBytes
      : undefined;
  if (limit === undefined) return undefined;
  return new Failure(
    'States.DataLimitExceeded',
    `The variables assigned in the state '${name}' exceed the maximum size of ${String(limit)} bytes.`,
  );
}

/** What an Assign gives: an object, name by name. `location` names it in errors. */
export function assignment(
  compiler: Compiler,
  language: State['queryLanguage'],
  node: State['node'],
  location: string,
): Expression | undefined {
  const value = valueOf(node, 'Assign');
  if (value && value.kind !== 'object') {
    compiler.problem(value, say`Assign must be an object.`);
    return undefined;
  }
  return language === 'JSONata'
    ? compiler.jsonata(node, 'Assign', location)
    : compiler.template(node, 'Assign');
}

/** JSONata's Output. Without it the data stay what they are. */
export function output(compiler: Compiler, state: State): Stage[] {
  const expression = compiler.jsonata(state.node, 'Output');
  if (!expression) return [];
  return [evaluating('output', (run, strand) => expression(run.bind(strand, strand.data, strand.result)))];
}

export function resultPath(compiler: Compiler, state: State): Stage[] {
  const place = compiler.reference(state.node, 'ResultPath');
  if (place === undefined) return [];
  return [
    evaluating('afterResultPath', (_, strand) =>
      place === null ? strand.input : place(strand.input, strand.data),
    ),
  ];
}

export function outputPath(compiler: Compiler, state: State): Stage[] {
  const path = compiler.path(state.node, 'OutputPath');
  if (path === undefined) return [];
  return [
    evaluating('afterOutputPath', (run, strand) =>
      path === null ? emptyObject : path(run.bind(strand, strand.data)),
    ),
  ];
}

/** The last stage: the data are the output. */
export const leaving: Stage = {
  name: 'output',
  perform: (run, strand, state) => leave(run, strand, state, strand.data, state.next),
};

/** Refuses task inputs and results that are larger than AWS allows. */
export function limited(run: Run, value: Json, what: string): Json | Failure {
  return exceeds(value, run.quotas.payloadBytes) ? tooLarge(what) : value;
}

/** The whole number that a path of a field leads to; a text of digits will do. */
export function integerAt(value: Json, field: string, path: string): number | Failure {
  return numberAt(value, field, path, 'integer');
}

/** The number that a path of a field leads to. */
export function floatAt(value: Json, field: string, path: string): number | Failure {
  return numberAt(value, field, path, 'float');
}

function numberAt(value: Json, field: string, path: string, type: 'integer' | 'float'): number | Failure {
  const pattern = type === 'integer' ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if ((typeof value === 'number' || typeof value === 'string') && pattern.test(text)) return Number(text);
  return runtimeFailure(`The ${field} field refers to value "${text}" which is not a valid ${type}: ${path}`);
}

/** A number that a state has when it runs. */
export type NumberField = (run: Run, strand: Working) => number | Failure;

/**
 * The number, but none below `least`. AWS documents a value out of a field's range as an error of the query that
 * gave it; the words are ours: no recording has AWS's.
 */
export function atLeast(
  least: number,
  language: State['queryLanguage'],
  field: string,
  number: NumberField | undefined,
): NumberField | undefined {
  if (!number) return undefined;
  return (run, strand) => {
    const value = number(run, strand);
    if (value instanceof Failure || value >= least) return value;
    const cause = `${field} must be at least ${String(least)} but was: ${String(value)}`;
    return language === 'JSONata'
      ? new Failure('States.QueryEvaluationError', cause, field, 'entered')
      : runtimeFailure(cause);
  };
}

/** A number in one of its three forms: plain, at a path, or of a JSONata expression. */
export function numberField(
  compiler: Compiler,
  language: State['queryLanguage'],
  node: State['node'],
  field: string,
  type: 'integer' | 'float' = 'integer',
  dollar: (run: Run, strand: Working) => Json | Failure = (_, strand) => strand.data,
): NumberField | undefined {
  if (language === 'JSONata') {
    const expression = compiler.jsonataOf(node, field, 'number');
    return (
      expression &&
      ((run, strand) => {
        const value = expression(run.bind(strand, strand.data));
        return value instanceof Failure ? value : Number(value);
      })
    );
  }
  const name = `${field}Path`;
  const path = compiler.path(node, name);
  if (path) {
    const text = compiler.text(node, name) ?? '';
    return (run, strand) => {
      const input = dollar(run, strand);
      if (input instanceof Failure) return input;
      const value = path(run.bind(strand, input));
      return value instanceof Failure ? value : numberAt(value, name, text, type);
    };
  }
  const plain = compiler.number(node, field);
  return plain === undefined ? undefined : () => plain;
}
