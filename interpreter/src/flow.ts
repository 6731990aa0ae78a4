import type { Json, JsonObject } from '#core/json.ts';
import type { EventDetails } from './history/eventRecord.ts';
import { exceeds } from './payloadSize.ts';
import type { CompiledState, Retrier } from './program.ts';
import { parked, type Next, type Run, type Working } from './run.ts';
import { isRoot, type Outcome, type Strand, type StrandId } from './snapshot.ts';
import { Failure, type StatesError } from './statesError.ts';

/** Leaves the state with its output, for the next state or, from a terminal one, for good. */
export function leave(
  run: Run,
  strand: Working,
  state: CompiledState,
  output: Json,
  next: CompiledState | undefined,
): Next {
  if (exceeds(output, run.quotas.payloadBytes)) return fail(run, strand, tooLarge(state.name));
  const { assigned } = strand;
  if (!state.exited) throw new Error(`bug: a ${state.state.type} state is never left`);
  run.exited(strand, state.exited, state.name, output, assigned);
  if (assigned) {
    strand.variables = { ...strand.variables, ...assigned };
    strand.assigned = undefined;
  }
  return next ? enter(strand, next, output) : endStrand(run, strand, { status: 'SUCCEEDED', output });
}

/** Puts the strand before the first stage of a state. */
export function enter(strand: Working, state: CompiledState, input: Json): CompiledState {
  strand.state = state.pointer;
  strand.stage = 0;
  strand.input = input;
  strand.data = input;
  strand.result = undefined;
  strand.retryCount = 0;
  strand.retries = undefined;
  strand.token = undefined;
  strand.error = undefined;
  strand.chosen = undefined;
  return state;
}

/** The error of a payload that is larger than AWS allows. `what` names a state or a resource. */
export function tooLarge(what: string): Failure {
  return new Failure(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/**
 * An error in the strand's state: retries it, catches it, or ends the strand.
 *
 * `States.Runtime` is neither retried nor caught. A `Failure` was made by the engine, and its cause is told
 * with the state it happened in; any other error came from outside and is told as it is.
 */
export function fail(run: Run, strand: Working, problem: StatesError): Next {
  const state = run.stateOf(strand);
  const error = problem instanceof Failure ? inState(run, strand, state, problem) : problem;
  strand.assigned = undefined;
  const recoverable = isRecoverable(error);
  const retrier = recoverable ? indexFor(state.retriers, error) : undefined;
  const catcher = recoverable ? indexFor(state.catchers, error) : undefined;
  const retries = retrier !== undefined && canRetry(strand, state, retrier);
  run.handling = { strand: strand.path, error, retrier, retries, catcher: retries ? undefined : catcher };
  if (retries) return retry(run, strand, state, error, retrier);
  if (strand.fork) forkFailed(run, strand, state, error);
  if (catcher !== undefined) {
    strand.error = error;
    strand.chosen = catcher;
    strand.stage = state.catchStage;
    if (strand.status !== 'ready') run.wake(strand);
    return state;
  }
  return endStrand(run, strand, { status: 'FAILED', error: error.error, cause: error.cause });
}

/** An error of a Catcher itself. No Catcher is for it, or it would be at work for ever. */
export function failInCatcher(run: Run, strand: Working, problem: Failure): Next {
  const error = inState(run, strand, run.stateOf(strand), problem);
  strand.assigned = undefined;
  run.handling = { strand: strand.path, error, retrier: undefined, retries: false, catcher: undefined };
  return endStrand(run, strand, { status: 'FAILED', error: error.error, cause: error.cause });
}

function inState(run: Run, strand: Working, state: CompiledState, problem: Failure): StatesError {
  const { error, location, follows } = problem;
  if (error === 'States.DataLimitExceeded') return { error, cause: problem.cause };
  const cause = `An error occurred while executing the state '${state.name}' (entered at the event id #${String(strand.enteredEvent)}). ${problem.cause}`;
  if (error === 'States.QueryEvaluationError')
    run.happened(
      strand,
      'EvaluationFailed',
      { error, cause, location, state: state.name },
      follows === 'entered' ? strand.enteredEvent : strand.beforeEntered,
    );
  return { error, cause };
}

function isRecoverable(error: StatesError): boolean {
  return error.error !== 'States.Runtime';
}

function indexFor(
  handlers: readonly { readonly errors: readonly string[] }[],
  error: StatesError,
): number | undefined {
  const index = handlers.findIndex(({ errors }) => matches(errors, error));
  return index < 0 ? undefined : index;
}

function canRetry(strand: Working, state: CompiledState, index: number): boolean {
  return (strand.retries?.[index] ?? 0) < (state.retriers[index]?.maxAttempts ?? 0);
}

/** Whether one of the names of an `ErrorEquals` is for the error. */
export function matches(names: readonly string[], error: StatesError): boolean {
  const name = error.alias ?? error.error;
  const timedOut = error.error === 'States.Timeout' || name === 'States.HeartbeatTimeout';
  for (const expected of names) {
    if (expected === error.error || expected === name || expected === 'States.ALL') return true;
    if (expected === 'States.Timeout' && timedOut) return true;
    if (expected === 'States.TaskFailed' && !timedOut && name !== 'States.DataLimitExceeded') return true;
  }
  return false;
}

function retry(
  run: Run,
  strand: Working,
  state: CompiledState,
  error: StatesError,
  index: number,
): typeof parked {
  const retrier = state.retriers[index];
  if (!retrier) throw new Error('bug: there is no such Retrier');
  const retries = state.retriers.map((_, i) => (strand.retries?.[i] ?? 0) + (i === index ? 1 : 0));
  const seconds = retryDelay(retrier, (retries[index] ?? 1) - 1);
  const delay = retrier.fullJitter ? seconds * run.next() : seconds;
  strand.retries = retries;
  strand.retryCount++;
  strand.error = error;
  strand.fork = undefined;
  strand.data = strand.input;
  strand.result = undefined;
  strand.stage = state.retryStage;
  return run.ask(strand, id => ({
    kind: 'timer',
    reason: 'retry',
    id,
    strand: strand.path,
    state: state.pointer,
    stateName: state.name,
    due: run.instant + Math.round(delay * 1000),
  }));
}

/** Seconds to wait when the Retrier has retried that often before. */
export function retryDelay(retrier: Retrier, before: number): number {
  return Math.min(retrier.intervalSeconds * retrier.backoffRate ** before, retrier.maxDelaySeconds);
}

function forkFailed(run: Run, strand: Working, state: CompiledState, error: StatesError): void {
  const mapRun = strand.fork?.run;
  strand.fork = undefined;
  if (mapRun) run.happened(strand, 'MapRunFailed', detailsOf(error), mapRun.startedEvent);
  const type = state.state.type === 'Map' ? 'MapStateFailed' : 'ParallelStateFailed';
  run.happened(strand, type, undefined);
}

/** The error output of a state, as Catchers see it. */
export function errorOutput(error: StatesError): JsonObject {
  const timedOut = error.error === 'States.Timeout';
  return { Error: error.error ?? null, Cause: error.cause ?? (timedOut ? '' : null) };
}

export function detailsOf(error: StatesError): EventDetails {
  return { error: error.error, cause: error.cause };
}

/** The strand is done: with it its execution, or a branch of its parent. */
export function endStrand(run: Run, strand: Working, outcome: Outcome): typeof parked {
  if (isRoot(strand)) endExecution(run, strand, outcome);
  if (strand.parent !== undefined) {
    const parent = run.edit(strand.parent);
    const { childEnded } = run.stateOf(parent);
    if (!childEnded) throw new Error('bug: a state without children has one');
    childEnded(run, parent, strand, outcome);
  }
  return parked;
}

/** Ends an execution with all its strands. */
export function endExecution(run: Run, strand: Working, outcome: Outcome): void {
  const execution = run.editExecution(strand.execution);
  if (execution.outcome) return;
  execution.outcome = outcome;
  execution.stopTime = run.instant;
  abortStrands(run, strand, 'silently');
  strand.fork = undefined;
  if (outcome.status === 'SUCCEEDED') run.happened(strand, 'ExecutionSucceeded', { output: outcome.output });
  else if (outcome.status === 'TIMED_OUT')
    run.happened(strand, 'ExecutionTimedOut', { error: 'States.Timeout' });
  else run.happened(strand, endingType[outcome.status], detailsOf(outcome));
  run.remove(strand.id);
}

const endingType = {
  FAILED: 'ExecutionFailed',
  ABORTED: 'ExecutionAborted',
} as const;

/** Ends every strand below `root`; `noted` leaves the events that AWS writes for what is cut short. */
export function abortStrands(run: Run, root: Strand, how: 'noted' | 'silently'): void {
  if (!root.fork && !(root.waiting?.kind === 'task' && root.waiting.execution !== undefined)) return;
  const children = new Map<StrandId, Strand[]>();
  for (const strand of run.strands.flat()) {
    if (strand?.parent === undefined) continue;
    const siblings = children.get(strand.parent);
    if (siblings) siblings.push(strand);
    else children.set(strand.parent, [strand]);
  }
  abortBelow(run, root, children, how);
}

function abortBelow(
  run: Run,
  root: Strand,
  children: ReadonlyMap<StrandId, readonly Strand[]>,
  how: 'noted' | 'silently',
): void {
  for (const below of children.get(root.id) ?? []) {
    abortBelow(run, below, children, how);
    const strand = run.edit(below.id);
    if (isRoot(strand)) {
      const execution = run.editExecution(strand.execution);
      execution.outcome = { status: 'ABORTED', error: undefined, cause: undefined };
      execution.stopTime = run.instant;
      run.happened(strand, 'ExecutionAborted', {});
    } else if (how === 'noted') {
      noteAborted(run, strand);
    }
    run.remove(strand.id);
  }
}

function noteAborted(run: Run, strand: Working): void {
  const { type } = run.stateOf(strand).state;
  if (
    strand.enteredEvent > 0 &&
    (type === 'Task' || type === 'Wait' || type === 'Map' || type === 'Parallel')
  )
    run.happened(strand, `${type}StateAborted`, undefined);
  if (strand.kind !== 'iteration' || strand.parent === undefined) return;
  const owner = run.stateOf(run.strand(strand.parent));
  run.happened(strand, 'MapIterationAborted', { name: owner.name, index: strand.index });
}
