import { say, type Words } from '#core/text/message.ts';
import { nextStrand } from '#interpreter/advance.ts';
import type { Reply, Request, TaskRequest } from '#interpreter/request.ts';
import type { Outcome, Snapshot, Strand, StrandPath } from '#interpreter/snapshot.ts';
import { at } from '#interpreter/table.ts';
import { raisedIn, type Raised } from './raised.ts';
import type { Entry, Recording } from './recording.ts';
import { outerPath, strandAt } from './strands.ts';

/** How far to go. The strand is the one the user looks at; `alone` lets no other strand go on. */
export type Goal =
  | { readonly kind: 'continue'; readonly strand: StrandPath; readonly alone: boolean }
  /** To the next state of this strand, or of the one around it when this one ends. */
  | { readonly kind: 'over'; readonly strand: StrandPath; readonly alone: boolean }
  /** To the next stage, into the branches and iterations that begin, or into the one that is named. */
  | {
      readonly kind: 'into';
      readonly strand: StrandPath;
      readonly alone: boolean;
      readonly target?: StrandPath;
    }
  /** To the next stage of this strand. */
  | { readonly kind: 'stage'; readonly strand: StrandPath; readonly alone: boolean }
  /** Until this branch or iteration has ended. */
  | { readonly kind: 'out'; readonly strand: StrandPath; readonly alone: boolean };

export type Stopped =
  | { readonly kind: 'stopped'; readonly stop: Stop }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  /** The user has to answer a task. */
  | { readonly kind: 'asking'; readonly request: TaskRequest }
  /** Nothing can go on and nobody will answer: a task without an answer or timeout. */
  | { readonly kind: 'stuck'; readonly requests: readonly Request[] };

export interface Stop {
  readonly reason: StopReason;
  readonly strand: StrandPath;
  readonly breakpoints: readonly number[];
  readonly description?: Words;
  /** Line by line. */
  readonly text?: readonly Words[];
  /** Of a Choice state: the rule that is evaluated next. */
  readonly rule?: number;
}

export type StopReason =
  | 'entry'
  | 'step'
  | 'breakpoint'
  | 'function breakpoint'
  | 'data breakpoint'
  | 'pause'
  | 'exception'
  | 'goto';

/** Whose turn it is. */
export type Turns =
  | { readonly kind: 'strand'; readonly path: StrandPath }
  /** No strand may go on before a reply has come. */
  | { readonly kind: 'reply' };

/** What comes next when no strand can go on. */
export type Turn =
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] }
  | { readonly kind: 'ask'; readonly request: TaskRequest }
  | { readonly kind: 'stop'; readonly stop: Stop }
  | { readonly kind: 'nothing' };

/** What the walk asks its surroundings. */
export interface Surroundings {
  /** Whether to stop before the strand's next stage. */
  stopAt(strand: Strand): Stop | undefined;
  /** Whether to stop because of what an entry did. */
  stopAfter(entry: Entry, before: Snapshot, raised: readonly Raised[]): Stop | undefined;
  /** Which strand goes on, or that a reply must come first; nothing where it does not matter. */
  next(): Turns | undefined;
  /** Whether the user wants to stop now. */
  isPausing(): boolean;
  /** Answers what strands wait for; may take as long as it takes. */
  turn(requests: readonly Request[]): Promise<Turn> | Turn;
  /** Called for each thing that happened. */
  happened(entry: Entry, before: Snapshot, raised: readonly Raised[]): void;
  /** Lets other messages in. */
  yield(): Promise<void>;
}

/** So many entries are made between two looks at messages. */
const burst = 200;

/** Walks a recording forward until its goal, a breakpoint, an error to stop at, or a pause. */
export async function walk(recording: Recording, goal: Goal, around: Surroundings): Promise<Stopped> {
  const replies: Reply[] = [];
  for (let count = 1; ; count++) {
    const before = recording.snapshot;
    const entry = await nextEntry(recording, goal, around, replies);
    if ('stopped' in entry) return entry.stopped;
    const raised = raisedIn(recording.program, before, entry, recording.snapshot);
    around.happened(entry, before, raised);
    const stop = around.stopAfter(entry, before, raised);
    if (stop) return { kind: 'stopped', stop };
    if (recording.outcome) return { kind: 'ended', outcome: recording.outcome };
    if (replies.length === 0) {
      const strand = comingStrand(recording, goal, around);
      const hit = strand && isMeant(goal, strand) ? around.stopAt(strand) : undefined;
      if (hit) return { kind: 'stopped', stop: hit };
      const reached = reachedBy(recording, goal, entry);
      if (reached !== undefined)
        return { kind: 'stopped', stop: { reason: 'step', strand: reached, breakpoints: [] } };
    }
    if (count % burst === 0) await around.yield();
    if (around.isPausing()) return { kind: 'stopped', stop: pauseIn(recording, goal) };
  }
}

/** The strand that performs the next stage, in the past the recorded one. */
function comingStrand(recording: Recording, goal: Goal, around: Surroundings): Strand | undefined {
  const { snapshot } = recording;
  if (!recording.isAtEnd && !goal.alone) {
    const entry = recording.at(recording.position + 1);
    return entry.kind === 'stepped' ? strandAt(snapshot, entry.step.strand) : undefined;
  }
  const turns = around.next();
  if (turns?.kind === 'reply') return undefined;
  return nextStrand(snapshot, turns?.path ?? preferred(recording, goal));
}

async function nextEntry(
  recording: Recording,
  goal: Goal,
  around: Surroundings,
  replies: Reply[],
): Promise<Entry | { readonly stopped: Stopped }> {
  const reply = replies.shift();
  if (reply) return recording.reply(reply);
  const turns = recording.isAtEnd ? around.next() : undefined;
  const prefer = turns?.kind === 'strand' ? turns.path : preferred(recording, goal);
  const ready = nextStrand(recording.snapshot, prefer);
  const isHeld =
    recording.isAtEnd && ready !== undefined && (turns?.kind === 'reply' || !isMeant(goal, ready));
  const next = isHeld
    ? ({ kind: 'awaiting', requests: recording.pending } as const)
    : recording.forward(recording.isAtEnd || goal.alone ? prefer : undefined);
  if (next.kind === 'ended') return { stopped: { kind: 'ended', outcome: next.outcome } };
  if (next.kind === 'entry') return next.entry;
  const requests = goal.alone
    ? next.requests.filter(({ strand }) => isWithin(strand, goal.strand))
    : next.requests;
  if (goal.alone && requests.length === 0 && next.requests.length + recording.snapshot.ready.length > 0) {
    const stop = {
      ...pauseIn(recording, goal),
      description: say`Alone, this branch cannot go on: it has ended`,
    };
    return { stopped: { kind: 'stopped', stop } };
  }
  const turn = await around.turn(requests);
  // It may have been stopped from outside meanwhile.
  if (recording.outcome) return { stopped: { kind: 'ended', outcome: recording.outcome } };
  switch (turn.kind) {
    case 'replies': {
      const [first, ...others] = turn.replies;
      if (!first) return { stopped: { kind: 'stopped', stop: pauseIn(recording, goal) } };
      replies.push(...others);
      return recording.reply(first);
    }
    case 'ask':
      return { stopped: { kind: 'asking', request: turn.request } };
    case 'stop':
      return { stopped: { kind: 'stopped', stop: turn.stop } };
    case 'nothing':
      return { stopped: { kind: 'stuck', requests: next.requests } };
  }
}

function pauseIn(recording: Recording, goal: Goal): Stop {
  const { snapshot } = recording;
  const own = strandAt(snapshot, goal.strand);
  const strand = own?.status === 'ready' ? own : (nextStrand(snapshot) ?? own ?? strandAt(snapshot, ''));
  return { reason: 'pause', strand: strand?.path ?? '', breakpoints: [] };
}

/** Whether a path is that of a strand or of one inside it. */
export function isWithin(path: StrandPath, outer: StrandPath): boolean {
  return outer === '' || path === outer || path.startsWith(`${outer}/`);
}

/** Whether a strand may go on for this goal. */
function isMeant(goal: Goal, { path }: Strand): boolean {
  return !goal.alone || isWithin(path, goal.strand);
}

/** The strand to prefer: the user's own while it can go on, so that stepping does not hop to another. */
function preferred({ snapshot }: Recording, goal: Goal): StrandPath | undefined {
  if (goal.kind === 'continue' && !goal.alone) return undefined;
  const own = strandAt(snapshot, goal.strand);
  if (own?.status === 'ready') return own.path;
  for (const id of snapshot.ready) {
    const path = at(snapshot.strands, id)?.path;
    if (path !== undefined && isWithin(path, goal.strand)) return path;
  }
  return undefined;
}

/** The strand at which a step has reached its goal, if it has. */
function reachedBy(recording: Recording, goal: Goal, entry: Entry): StrandPath | undefined {
  if (goal.kind === 'continue') return undefined;
  const { snapshot } = recording;
  if (goal.kind === 'into' && goal.target !== undefined) {
    const target = strandAt(snapshot, goal.target);
    if (target?.status === 'ready' && target.stage === 0) return target.path;
  }
  const own = strandAt(snapshot, goal.strand);
  const isOwn = entry.kind === 'stepped' && entry.step.strand === goal.strand;
  if (own) {
    switch (goal.kind) {
      case 'into': {
        if (own.status === 'ready') return goal.target === undefined ? own.path : undefined;
        const first =
          (own.status === 'forked' && isOwn) || hasBegun(own, entry)
            ? nextStrand(snapshot, preferredInside(recording, own.path))
            : undefined;
        return first && goal.target === undefined && isWithin(first.path, own.path) ? first.path : undefined;
      }
      case 'stage':
        return own.status === 'ready' ? own.path : undefined;
      case 'over':
        return own.status === 'ready' && own.stage === 0 && isOwn ? own.path : undefined;
      case 'out':
        return undefined;
    }
  }
  const outer = outerStrand(snapshot, goal.strand);
  return outer?.status === 'ready' ? outer.path : undefined;
}

/** Whether an entry has begun the execution that a strand's task waits for. */
function hasBegun({ waiting }: Strand, entry: Entry): boolean {
  return (
    entry.kind === 'delivered' && entry.reply.kind === 'execution' && entry.reply.request === waiting?.id
  );
}

function preferredInside({ snapshot }: Recording, path: StrandPath): StrandPath | undefined {
  for (const id of snapshot.ready) {
    const strand = at(snapshot.strands, id);
    if (strand && strand.path !== path && isWithin(strand.path, path)) return strand.path;
  }
  return undefined;
}

/** The nearest strand around a path that has not ended. */
export function outerStrand(snapshot: Snapshot, path: StrandPath): Strand | undefined {
  for (let outer = outerPath(path); outer !== undefined; outer = outerPath(outer)) {
    const strand = strandAt(snapshot, outer);
    if (strand) return strand;
  }
  return undefined;
}
