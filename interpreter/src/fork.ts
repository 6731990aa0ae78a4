import type { Json } from '#core/json.ts';
import { abortStrands, fail } from './flow.ts';
import type { CompiledScope, CompiledState } from './program.ts';
import type { Run, Working, WorkingFork } from './run.ts';
import type { Fork, Outcome } from './snapshot.ts';
import { filled, valuesOf } from './table.ts';

/** Starts a branch, an iteration or a child execution of the state the parent is in. */
export function spawnChild(
  run: Run,
  parent: Working,
  kind: 'branch' | 'iteration' | 'child',
  index: number,
  scope: CompiledScope,
  input: Json,
  execution: number,
): Working {
  // The scope's pointer, with the indexes of the iterations around it.
  const place =
    parent.path === parent.scope
      ? scope.pointer
      : `${parent.path}${scope.pointer.slice(parent.scope.length)}`;
  const variables = kind === 'child' ? {} : parent.variables;
  const strand: Working = {
    id: run.nextStrand,
    path: kind === 'branch' ? place : `${place}[${String(index)}]`,
    kind,
    index,
    execution,
    parent: parent.id,
    scope: scope.pointer,
    state: scope.startAt.pointer,
    stage: 0,
    status: 'ready',
    input,
    data: input,
    result: undefined,
    variables,
    outerVariables: variables,
    assigned: undefined,
    enteredTime: run.instant,
    enteredEvent: 0,
    beforeEntered: 0,
    lastEvent: kind === 'child' ? 0 : parent.lastEvent,
    retryCount: 0,
    retries: undefined,
    token: undefined,
    error: undefined,
    chosen: undefined,
    waiting: undefined,
    fork: undefined,
    item: kind === 'child' ? undefined : parent.item,
  };
  run.spawn(strand);
  return strand;
}

/** A fork before anything has started. */
export function newFork(kind: Fork['kind'], items: readonly Json[], length: number): Fork {
  return {
    kind,
    items,
    keys: undefined,
    length,
    started: 0,
    running: 0,
    ended: 0,
    maxConcurrency: 0,
    concurrency: length,
    results: filled<Json>(length, null),
    after: 0,
    source: 'STATE_DATA',
    run: undefined,
  };
}

/** Parks the parent until its children are through. */
export function hold(run: Run, parent: Working): void {
  parent.status = 'forked';
  run.unready(parent.id);
}

/** Notes that another child of the parent is about to run. */
export function countStarted(run: Run, parent: Working): void {
  const fork = run.editFork(parent);
  fork.running++;
  fork.started++;
}

/** Keeps the result of a child of the parent that has ended. `after` is the event the next one follows. */
export function keepResult(
  run: Run,
  parent: Working,
  index: number,
  result: Json,
  after: number,
): WorkingFork {
  const fork = run.editFork(parent);
  fork.running--;
  fork.ended++;
  fork.results = run.put(fork.results, index, result);
  fork.after = after;
  return fork;
}

/** All branches or iterations are through: `previous` is the event that completed them. */
export function join(run: Run, parent: Working, state: CompiledState, previous: number): void {
  const type = state.state.type === 'Map' ? 'MapStateSucceeded' : 'ParallelStateSucceeded';
  const { fork } = parent;
  run.happened(parent, type, undefined, previous);
  // On AWS the exit hangs off the same event as the success does.
  parent.lastEvent = previous;
  parent.result = valuesOf(fork?.results ?? []);
  parent.data = parent.result;
  parent.fork = undefined;
  parent.stage++;
  if (parent.status !== 'ready') run.wake(parent);
}

/** A branch or iteration failed: ends the others, and fails the state around them with its error. */
export function failFork(run: Run, parent: Working, outcome: Outcome, lastEvent: number): void {
  if (outcome.status === 'SUCCEEDED') throw new Error('bug: a success is no failure');
  abortStrands(run, parent, 'noted');
  parent.lastEvent = lastEvent;
  fail(run, parent, { error: outcome.error, cause: outcome.cause });
}
