import { atOnce } from '#core/atOnce.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { nextStrand, outcomeOf, requestsOf, stageOf } from './advance.ts';
import { begin, type Start } from './begin.ts';
import { deliver, nextDue } from './deliver.ts';
import { drive } from './drive.ts';
import { repliesTo, unreadable } from './execute.ts';
import type { Expression } from './expression.ts';
import { errorOutput } from './flow.ts';
import type { SyncHost } from './host.ts';
import type { Allowance } from './jsonata/run.ts';
import type { Program, StageName } from './program.ts';
import type { Reply } from './request.ts';
import { Run } from './run.ts';
import type { Snapshot, Strand } from './snapshot.ts';
import type { Failure } from './statesError.ts';

/** An execution that was tried on an example: what each state saw when it was first entered. */
export interface Rehearsal {
  readonly program: Program;
  /** The moments before each stage of the state's first visit, in their order; none where it was not reached. */
  readonly visitOf: (state: Pointer) => readonly Moment[];
}

/** The moment before a strand performs a stage. */
export interface Moment {
  readonly snapshot: Snapshot;
  readonly strand: Strand;
  readonly stage: StageName;
}

/** How much may be tried, together with what else shares it. Falls while it is used. */
export interface Patience extends Allowance {
  /** Processing stages. */
  stages: number;
}

/**
 * Runs a state machine on an example until it ends, somebody has to answer whom the host does not stand for
 * (`silent`), or the patience is at its end. Time is virtual. The same arguments give the same rehearsal.
 */
export function rehearse(program: Program, start: Start, host: SyncHost, patience: Patience): Rehearsal {
  return atOnce(rehearseInSteps(program, start, host, patience));
}

/** The same stage by stage, for who must let others in between. */
export function* rehearseInSteps(
  program: Program,
  start: Start,
  host: SyncHost,
  patience: Patience,
): Generator<undefined, Rehearsal> {
  const visits = new Map<Pointer, { readonly moments: Moment[]; isOver: boolean }>();
  const asked = new Set<number>();
  let { snapshot } = begin(program, start);
  const note = (strand: Strand): void => {
    const stage = stageOf(program, strand);
    const visit = visits.get(strand.state);
    if (!stage) return;
    if (!visit) visits.set(strand.state, { moments: [{ snapshot, strand, stage }], isOver: false });
    else if (visit.moments[0]?.strand.path !== strand.path || stage === 'input') {
      // Another branch or iteration, or the next round of a loop.
      if (visit.moments[0]?.strand.path === strand.path) visit.isOver = true;
    } else if (!visit.isOver) visit.moments.push({ snapshot, strand, stage });
  };
  while (!outcomeOf(snapshot) && patience.stages > 0) {
    const strand = nextStrand(snapshot);
    if (strand) {
      note(strand);
      const run = Run.on(program, snapshot);
      run.allowance = patience;
      drive(run, 1);
      snapshot = run.snapshot();
      patience.stages--;
      yield;
      continue;
    }
    const replies = repliesOf(program, snapshot, asked, host);
    if (replies.length === 0) break;
    for (const reply of replies) ({ snapshot } = deliver(program, snapshot, reply));
  }
  return { program, visitOf: state => visits.get(state)?.moments ?? [] };
}

/** The answer to the first request that has not been asked, else a later time; nothing while somebody is silent. */
function repliesOf(
  program: Program,
  snapshot: Snapshot,
  asked: Set<number>,
  host: SyncHost,
): readonly Reply[] {
  let isSilent = false;
  for (const request of requestsOf(snapshot)) {
    if (request.kind === 'timer') continue;
    if (request.kind === 'task' && request.execution !== undefined) continue;
    if (asked.has(request.id)) {
      isSilent = true;
      continue;
    }
    asked.add(request.id);
    switch (request.kind) {
      case 'task': {
        const answer = host.call(request);
        if (answer.kind !== 'silent') return repliesTo(request, answer);
        isSilent = true;
        break;
      }
      case 'read':
        return [{ kind: 'read', request: request.id, found: host.read?.(request) ?? unreadable }];
      case 'write':
        return [{ kind: 'written', request: request.id }];
    }
  }
  const due = isSilent ? undefined : nextDue(program, snapshot);
  return due === undefined ? [] : [{ kind: 'time', now: Math.max(due, snapshot.now) }];
}

/** What stands for `$` and `$states` where an expression is evaluated. */
export interface Seen {
  readonly dollar: Json;
  readonly result?: Json | undefined;
  readonly errorOutput?: JsonObject | undefined;
  /** `$$.Map.Item`. */
  readonly item?: JsonObject | undefined;
}

/** The value of an expression at a moment; changes nothing but the patience. */
export function valueAt(
  { program }: Rehearsal,
  { snapshot, strand }: Moment,
  expression: Expression,
  seen: Seen,
  patience: Patience,
): Json | Failure {
  const run = Run.on(program, snapshot);
  run.allowance = patience;
  const there = seen.item ? { ...strand, item: seen.item } : strand;
  return expression(run.bind(there, seen.dollar, seen.result, seen.errorOutput));
}

/** The Error Output that a Catcher sees at a moment, and which Catcher it is. */
export function caughtAt({
  strand,
}: Moment): { readonly catcher: number; readonly output: JsonObject } | undefined {
  return strand.error && { catcher: strand.chosen ?? 0, output: errorOutput(strand.error) };
}
