import type { Pointer } from '#core/model/pointer.ts';
import { outcomeOf, strandsOf } from '#interpreter/advance.ts';
import type { Program } from '#interpreter/program.ts';
import { dueOf } from '#interpreter/request.ts';
import { isRoot, type Instant, type Snapshot, type Strand, type StrandPath } from '#interpreter/snapshot.ts';
import type { StatesError } from '#interpreter/statesError.ts';
import { at } from '#interpreter/table.ts';
import type { Entry } from './recording.ts';

/** An error that has come up in a state, and what becomes of it. */
export interface Raised {
  readonly strand: StrandPath;
  readonly state: Pointer;
  readonly stateName: string;
  readonly error: StatesError;
  /** What the state that handles it gets: another error, where an execution that it has started failed by this one. */
  readonly handled: StatesError;
  /** Who made it: what a task called, a Fail state, or a path, expression or rule of the definition. */
  readonly source: 'task' | 'fail' | 'evaluation';
  readonly handling: Handling;
  /** Times the state had been tried again before. */
  readonly retries: number;
}

/** The handler may belong to a Parallel or Map state around the one that failed. */
export type Handling =
  | {
      readonly kind: 'retried';
      readonly strand: StrandPath;
      readonly state: Pointer;
      readonly retrier: number;
      /** Which retry of this Retrier comes now, from 1. */
      readonly retry: number;
      readonly due: Instant;
    }
  | {
      readonly kind: 'caught';
      readonly strand: StrandPath;
      readonly state: Pointer;
      readonly catcher: number;
    }
  /** A distributed Map goes on although this child of it has failed. */
  | { readonly kind: 'tolerated'; readonly strand: StrandPath; readonly state: Pointer }
  | { readonly kind: 'uncaught' };

/** The errors that came up between two moments: none for nearly every entry. */
export function raisedIn(
  program: Program,
  before: Snapshot,
  entry: Entry,
  after: Snapshot,
): readonly Raised[] {
  return suspects(before, entry).flatMap(strand => {
    const isFail = program.states.get(strand.state)?.state.type === 'Fail';
    const source = entry.kind === 'delivered' ? 'task' : isFail ? 'fail' : 'evaluation';
    return raisedBy(program, before, strand, after, source) ?? [];
  });
}

/** The strands that the entry may have failed. */
function suspects(before: Snapshot, entry: Entry): readonly Strand[] {
  if (entry.kind === 'stepped') {
    const { strand: path } = entry.step;
    for (const id of before.ready) {
      const strand = at(before.strands, id);
      if (strand?.path === path) return [strand];
    }
    return [];
  }
  if (entry.kind !== 'delivered' || entry.reply.kind === 'stop') return [];
  const { reply } = entry;
  if (reply.kind !== 'time') return strandsOf(before).filter(({ waiting }) => waiting?.id === reply.request);
  return strandsOf(before).filter(
    ({ waiting }) => waiting?.kind === 'task' && (dueOf(waiting) ?? Infinity) <= reply.now,
  );
}

function raisedBy(
  program: Program,
  before: Snapshot,
  strand: Strand,
  after: Snapshot,
  source: Raised['source'],
): Raised | undefined {
  const now = at(after.strands, strand.id);
  const isGone = now?.path !== strand.path;
  if (!isGone && now.error === strand.error) return undefined;
  if (isGone && hasSucceeded(strand, before, after)) return undefined;
  const state = program.states.get(strand.state);
  const ended = endOf(strand, before, after);
  const raised = (handled: StatesError, handling: Handling): Raised => ({
    strand: strand.path,
    state: strand.state,
    stateName: state?.name ?? '',
    error: ended ?? handled,
    handled,
    source,
    handling,
    retries: strand.retryCount,
  });
  for (let was: Strand | undefined = strand; was; was = parentIn(before, was)) {
    const is = at(after.strands, was.id);
    const map = was.kind === 'child' ? parentIn(before, was) : undefined;
    if (ended && map && at(after.strands, map.id)?.error === map.error && isStill(map, after))
      return raised(ended, { kind: 'tolerated', strand: map.path, state: map.state });
    if (!is || is.path !== was.path || is.error === was.error || !is.error) continue;
    if (is.waiting?.kind === 'timer' && is.waiting.reason === 'retry') {
      const earlier = was.retries;
      const retrier = (is.retries ?? []).findIndex((count, index) => count > (earlier?.[index] ?? 0));
      const retry = is.retries?.[retrier] ?? 1;
      const { path, state: pointer, waiting } = is;
      return raised(is.error, {
        kind: 'retried',
        strand: path,
        state: pointer,
        retrier,
        retry,
        due: waiting.due,
      });
    }
    return raised(is.error, {
      kind: 'caught',
      strand: is.path,
      state: is.state,
      catcher: is.chosen ?? 0,
    });
  }
  const outcome = outcomeOf(after);
  const failure = outcome && outcome.status !== 'SUCCEEDED' ? outcome : ended;
  return failure && raised(failure, { kind: 'uncaught' });
}

/** How the execution has failed that a strand is part of, if it has just done so. */
function endOf({ execution: index }: Strand, before: Snapshot, after: Snapshot): StatesError | undefined {
  const outcome = at(after.executions, index)?.outcome;
  const isNew = outcome !== undefined && at(before.executions, index)?.outcome === undefined;
  return isNew && outcome.status !== 'SUCCEEDED' ? outcome : undefined;
}

function isStill({ id, path }: Strand, { strands }: Snapshot): boolean {
  return at(strands, id)?.path === path;
}

/** Whether a strand that has ended did so by its last stage: the state around it is at work still, without an error. */
function hasSucceeded(strand: Strand, before: Snapshot, after: Snapshot): boolean {
  const parent = parentIn(before, strand);
  if (!parent || isRoot(strand))
    return at(after.executions, strand.execution)?.outcome?.status === 'SUCCEEDED';
  const is = at(after.strands, parent.id);
  return is?.path === parent.path && is.error === parent.error;
}

function parentIn(snapshot: Snapshot, { parent }: Strand): Strand | undefined {
  return parent === undefined ? undefined : (at(snapshot.strands, parent) ?? undefined);
}
