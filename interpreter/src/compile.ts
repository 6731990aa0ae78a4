import { atOnce } from '#core/atOnce.ts';
import { isJsonObject } from '#core/json.ts';
import type { Scope, State, StateMachine } from '#core/model/stateMachine.ts';
import { valueOf, type ObjectNode } from '#core/syntax/node.ts';
import { unreachable } from '#core/unreachable.ts';
import type { Writable } from '#core/writable.ts';
import { say } from '#core/text/message.ts';
import { Compiler, type Problem } from './compiler.ts';
import { assignment, limited, tooManyVariables } from './dataFlow.ts';
import { errorOutput, failInCatcher, leave } from './flow.ts';
import type { CompileJsonata } from './jsonataValue.ts';
import type { Catcher, CompiledState, Program, Retrier, Stage } from './program.ts';
import { Failure } from './statesError.ts';
import { choiceStages } from './states/choice.ts';
import { distributedMap } from './states/distributedMap.ts';
import { failStages } from './states/fail.ts';
import { inlineMap } from './states/map.ts';
import { branchEnded, parallelStages } from './states/parallel.ts';
import { passStages } from './states/pass.ts';
import { workflowEnded } from './states/startExecution.ts';
import { succeedStages } from './states/succeed.ts';
import { taskStages } from './states/task.ts';
import { waitStages } from './states/wait.ts';

export type Compiled =
  | { readonly kind: 'compiled'; readonly program: Program }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface CompileOptions {
  /** Histories as AWS wrote them at that time, in milliseconds since 1970; without it, as it does now. */
  readonly asOf?: number;
  /** For who compiles the same expressions again and again. */
  readonly compileJsonata?: CompileJsonata;
}

/**
 * Makes a state machine ready to run: everything is compiled to closures, once.
 *
 * A definition that cannot run gives its problems instead, each with its place in the file. What AWS's
 * validation refuses but what can still be run is not a problem here; the editor's findings say it.
 */
export function compile(machine: StateMachine, options: CompileOptions = {}): Compiled {
  return atOnce(compileInSteps(machine, options));
}

/** The same state by state, for who must let others in between. */
export function* compileInSteps(
  machine: StateMachine,
  options: CompileOptions = {},
): Generator<undefined, Compiled> {
  const compiler = new Compiler(machine, options.compileJsonata);
  for (const scope of machine.scopes) checkScope(compiler, scope);
  for (const state of machine.states) {
    compiler.states.set(state.pointer, compileState(compiler, state));
    yield;
  }
  for (const scope of machine.scopes) {
    const start = compiler.stateAt(scope, scope.startAt);
    const startAt = start === undefined ? undefined : compiler.states.get(start);
    if (startAt) compiler.scopes.set(scope.pointer, { pointer: scope.pointer, scope, startAt });
  }
  compiler.link();
  if (compiler.problems.length > 0)
    return { kind: 'refused', problems: compiler.problems.toSorted((a, b) => a.start - b.start) };
  return {
    kind: 'compiled',
    program: {
      machine,
      scopes: compiler.scopes,
      states: compiler.states,
      asOf: options.asOf ?? Number.MAX_SAFE_INTEGER,
      timeoutSeconds: compiler.number(machine.node, 'TimeoutSeconds'),
      called: new Map(),
    },
  };
}

function checkScope(compiler: Compiler, scope: Scope): void {
  if (!scope.statesNode) compiler.problem(scope.node, say`There are no States.`);
  else if (!scope.startAt) compiler.problem(scope.node, say`There is no StartAt.`);
}

function compileState(compiler: Compiler, state: State): CompiledState {
  const { stages, ...handlers } = stagesOf(compiler, state);
  const target = state.transitions.find(transition => transition.kind === 'Next')?.target;
  if (!target && !state.isTerminal && state.type !== 'Choice' && state.type !== 'Unknown')
    compiler.problem(state.key, say`The state '${state.name}' has neither Next nor End.`);
  const next = state.isTerminal ? undefined : compiler.stateAt(state.scope, target);
  const catchers: Catcher[] = [];
  const compiled: Writable<CompiledState> = {
    pointer: state.pointer,
    name: state.name,
    state,
    stages,
    exited: state.type === 'Fail' || state.type === 'Unknown' ? undefined : `${state.type}StateExited`,
    next: undefined,
    retriers: state.retriers.map(node => retrierOf(compiler, node)),
    catchers,
    retryStage: 1,
    catchStage: stages.length,
    canRetry: state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map',
    ...handlers,
  };
  compiler.later(() => {
    if (next !== undefined) compiled.next = compiler.states.get(next);
    for (const [index, node] of state.catchers.entries()) {
      const catcher = catcherOf(compiler, state, node, index);
      if (catcher) catchers.push(catcher);
    }
  });
  if (state.catchers.length > 0) stages.push(catching(compiled));
  return compiled;
}

function stagesOf(
  compiler: Compiler,
  state: State,
): { stages: Stage[] } & Pick<CompiledState, 'childEnded' | 'replied'> {
  switch (state.type) {
    case 'Pass':
      return { stages: passStages(compiler, state) };
    case 'Task':
      return { stages: taskStages(compiler, state), childEnded: workflowEnded };
    case 'Choice':
      return { stages: choiceStages(compiler, state) };
    case 'Wait':
      return { stages: waitStages(compiler, state) };
    case 'Succeed':
      return { stages: succeedStages(compiler, state) };
    case 'Fail':
      return { stages: failStages(compiler, state) };
    case 'Parallel':
      return { stages: parallelStages(compiler, state), childEnded: branchEnded };
    case 'Map':
      if (!state.processor)
        compiler.problem(state.key, say`The Map state '${state.name}' has no ItemProcessor.`);
      return state.isDistributed ? distributedMap(compiler, state) : inlineMap(compiler, state);
    case 'Unknown':
      compiler.problem(
        state.typeNode ?? state.key,
        say`The state '${state.name}' has no Type that can be run.`,
      );
      return { stages: [] };
    default:
      return unreachable(state);
  }
}

function retrierOf(compiler: Compiler, node: ObjectNode): Retrier {
  return {
    errors: compiler.texts(node, 'ErrorEquals'),
    intervalSeconds: compiler.number(node, 'IntervalSeconds') ?? 1,
    maxAttempts: compiler.number(node, 'MaxAttempts') ?? 3,
    backoffRate: compiler.number(node, 'BackoffRate') ?? 2,
    maxDelaySeconds: compiler.number(node, 'MaxDelaySeconds') ?? Infinity,
    fullJitter: compiler.text(node, 'JitterStrategy') === 'FULL',
  };
}

function catcherOf(compiler: Compiler, state: State, node: ObjectNode, index: number): Catcher | undefined {
  const target = valueOf(node, 'Next');
  const pointer = compiler.stateAt(state.scope, target?.kind === 'string' ? target : undefined);
  const next = pointer === undefined ? undefined : compiler.states.get(pointer);
  if (!next) {
    if (!target) compiler.problem(node, say`The Catcher has no Next.`);
    return undefined;
  }
  const place = `Catch[${String(index)}]`;
  const common = {
    errors: compiler.texts(node, 'ErrorEquals'),
    next,
    assign: assignment(compiler, state.queryLanguage, node, `${place}/Assign`),
  };
  if (state.queryLanguage === 'JSONata') {
    const output = compiler.jsonata(node, 'Output', `${place}/Output`);
    return {
      ...common,
      output: (run, strand, error) =>
        output ? output(run.bind(strand, strand.input, undefined, error)) : error,
    };
  }
  const resultPath = compiler.reference(node, 'ResultPath');
  return {
    ...common,
    output: (_, strand, error) => {
      if (resultPath === undefined) return error;
      return resultPath === null ? strand.input : resultPath(strand.input, error);
    },
  };
}

/** The stage of a state's Catchers: the chosen one makes the output, and the state is left. */
function catching(state: CompiledState): Stage {
  return {
    name: 'catch',
    perform(run, strand) {
      const catcher = state.catchers[strand.chosen ?? 0];
      if (!catcher) throw new Error('bug: no Catcher was chosen');
      const error = errorOutput(strand.error ?? { error: undefined, cause: undefined });
      const assigned = catcher.assign?.(run.bind(strand, error, undefined, error));
      if (assigned instanceof Failure) return failInCatcher(run, strand, assigned);
      const variables = isJsonObject(assigned) ? assigned : undefined;
      const tooMuch = variables && tooManyVariables(run, strand, state.name, variables);
      if (tooMuch) return failInCatcher(run, strand, tooMuch);
      const made = catcher.output(run, strand, error);
      const output = made instanceof Failure ? made : limited(run, made, state.name);
      if (output instanceof Failure) return failInCatcher(run, strand, output);
      strand.assigned = variables;
      strand.data = output;
      return leave(run, strand, state, output, catcher.next);
    },
  };
}
