import type { Json } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { drive } from './drive.ts';
import type { EventRecord } from './history/eventRecord.ts';
import type { Program, StageName } from './program.ts';
import type { Request } from './request.ts';
import { Run, type Handling } from './run.ts';
import type { Outcome, Snapshot, Strand, StrandId, StrandPath } from './snapshot.ts';
import type { StatesError } from './statesError.ts';
import { at, valuesOf } from './table.ts';

export type Advance =
  | { readonly kind: 'stepped'; readonly step: Step; readonly snapshot: Snapshot }
  /** Nothing can go on before a reply is delivered. */
  | { readonly kind: 'awaiting'; readonly requests: readonly Request[] }
  | { readonly kind: 'ended'; readonly outcome: Outcome };

/** What happened when one processing stage of one state was performed. */
export interface Step {
  readonly strand: StrandPath;
  readonly state: Pointer;
  readonly stateName: string;
  readonly stage: StageName;
  /** The data after the stage; of `assign` the variables it sets. */
  readonly value: Json;
  /** What went wrong in the stage, if something did. */
  readonly error?: StatesError | undefined;
  /** The same, and which Retrier or Catcher will handle it. */
  readonly handling?: Handling | undefined;
  /** The events that were recorded, in their order. */
  readonly events: readonly EventRecord[];
  /** The requests that were made. */
  readonly requests: readonly Request[];
}

/**
 * Performs the next processing stage: of `which` strand, or of the first that is ready.
 *
 * Pure: the snapshot given stays as it is, and the same snapshot always gives the same step.
 */
export function advance(program: Program, snapshot: Snapshot, which?: StrandPath): Advance {
  const outcome = outcomeOf(snapshot);
  if (outcome) return { kind: 'ended', outcome };
  const strand = nextStrand(snapshot, which);
  if (!strand) return { kind: 'awaiting', requests: requestsOf(snapshot) };
  const run = Run.on(program, snapshot);
  run.prefer(strand.id);
  const state = run.stateOf(strand);
  const stage = state.stages[strand.stage];
  if (!stage) throw new Error(`bug: ${strand.state} has no stage ${String(strand.stage)}`);
  drive(run, 1);
  const after = run.snapshot();
  const now = at(after.strands, strand.id);
  const same = now && now.path === strand.path ? now : undefined;
  const step: Step = {
    strand: strand.path,
    state: strand.state,
    stateName: state.name,
    stage: stage.name,
    value: valueAfter(stage.name, same, run.events),
    error: run.handling?.error,
    handling: run.handling,
    events: run.events,
    requests: run.asked,
  };
  return { kind: 'stepped', step, snapshot: after };
}

/** What the stage made. Of a strand that has ended, only the events still know. */
function valueAfter(stage: StageName, strand: Strand | undefined, events: readonly EventRecord[]): Json {
  if (strand) return (stage === 'assign' ? strand.assigned : strand.data) ?? null;
  return events.find(({ type }) => type.endsWith('StateExited'))?.data ?? null;
}

/** The strand that goes on next, if one can. */
export function nextStrand(snapshot: Snapshot, which?: StrandPath): Strand | undefined {
  const ready = (id: StrandId | undefined): Strand | undefined =>
    id === undefined ? undefined : (at(snapshot.strands, id) ?? undefined);
  if (which !== undefined) {
    for (const id of snapshot.ready) {
      const strand = ready(id);
      if (strand?.path === which) return strand;
    }
  }
  return ready(snapshot.ready[0]);
}

/** The stage that a strand will perform next. */
export function stageOf(program: Program, strand: Strand): StageName | undefined {
  return program.states.get(strand.state)?.stages[strand.stage]?.name;
}

/** Every strand that has not ended, in the order they began or took over a place. */
export function strandsOf(snapshot: Snapshot): readonly Strand[] {
  return valuesOf(snapshot.strands).filter(strand => strand !== null);
}

export function strandAt(snapshot: Snapshot, path: StrandPath): Strand | undefined {
  return strandsOf(snapshot).find(strand => strand.path === path);
}

/** All that strands wait for, in the order in which they asked. */
export function requestsOf(snapshot: Snapshot): readonly Request[] {
  return strandsOf(snapshot)
    .flatMap(({ waiting }) => waiting ?? [])
    .toSorted((a, b) => a.id - b.id);
}

/** How the execution ended, if it has. */
export function outcomeOf(snapshot: Snapshot): Outcome | undefined {
  return at(snapshot.executions, 0)?.outcome;
}
