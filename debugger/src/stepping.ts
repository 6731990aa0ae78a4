import { nextStrand, stageOf, strandAt } from '#interpreter/advance.ts';
import type { Reply, Request, TaskRequest } from '#interpreter/request.ts';
import { dueOf } from '#interpreter/request.ts';
import type { Outcome, Strand, StrandPath } from '#interpreter/snapshot.ts';
import type { Entry, Recording } from './recording.ts';

/** How far to go. The strand is the one the user looks at. */
export type Goal =
  | { readonly kind: 'continue' }
  /** To the next state of this strand, or of the one around it when this one ends. */
  | { readonly kind: 'over'; readonly strand: StrandPath; readonly event: number }
  /** To the next stage, or into the branches and iterations that begin. */
  | { readonly kind: 'into'; readonly strand: StrandPath }
  /** Until this branch or iteration has ended. */
  | { readonly kind: 'out'; readonly strand: StrandPath };

export type Stopped =
  | {
      readonly kind: 'stopped';
      readonly reason: StopReason;
      readonly strand: StrandPath;
      readonly breakpoints: readonly number[];
      readonly text?: string;
    }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  /** Nothing can go on and nobody will answer: a task without an answer or timeout. */
  | { readonly kind: 'stuck'; readonly requests: readonly Request[] };

export type StopReason = 'entry' | 'step' | 'breakpoint' | 'pause' | 'exception';

/** What the walk asks its surroundings. */
export interface Surroundings {
  /** The breakpoints that hold at a moment, before the strand's next stage. */
  breakpointsAt(strand: Strand): readonly number[];
  /** Whether to stop at what just happened, and the words for it. */
  exceptionIn(entry: Entry): string | undefined;
  /** Whether the user wants to stop now. */
  isPausing(): boolean;
  /** Answers a task; may take as long as it takes. Nothing when the session ends meanwhile. */
  answer(request: TaskRequest): Promise<Reply | undefined> | Reply | undefined;
  /** Answers a reader or writer. */
  serve(request: Exclude<Request, { kind: 'timer' | 'task' }>): Reply;
  /** Called for each thing that happened. */
  happened(entry: Entry): void;
  /** Lets other messages in. */
  yield(): Promise<void>;
}

/** So many entries are made between two looks at messages. */
const burst = 200;

/** Walks a recording forward until its goal, a breakpoint, an error to stop at, or a pause. */
export async function walk(recording: Recording, goal: Goal, around: Surroundings): Promise<Stopped> {
  for (let count = 1; ; count++) {
    const next = recording.forward(goal.kind === 'continue' ? undefined : runnable(recording, goal.strand));
    if (next.kind === 'ended') return { kind: 'ended', outcome: next.outcome };
    let entry: Entry;
    if (next.kind === 'entry') {
      entry = next.entry;
    } else {
      const reply = await replyTo(next.requests, around);
      if (!reply) return { kind: 'stuck', requests: next.requests };
      entry = recording.reply(reply);
    }
    around.happened(entry);
    if (recording.outcome) return { kind: 'ended', outcome: recording.outcome };
    const text = around.exceptionIn(entry);
    if (text !== undefined && entry.kind === 'stepped') return stop('exception', entry.step.strand, text);
    const strand = nextStrand(
      recording.snapshot,
      goal.kind === 'continue' ? undefined : runnable(recording, goal.strand),
    );
    if (strand) {
      const breakpoints = around.breakpointsAt(strand);
      if (breakpoints.length > 0)
        return { kind: 'stopped', reason: 'breakpoint', strand: strand.path, breakpoints };
      const reached = reachedBy(recording, goal, entry);
      if (reached !== undefined) return stop('step', reached);
    }
    if (count % burst === 0) await around.yield();
    if (around.isPausing())
      return stop('pause', strand?.path ?? (goal.kind === 'continue' ? '' : goal.strand));
  }
}

function stop(reason: StopReason, strand: StrandPath, text?: string): Stopped {
  return { kind: 'stopped', reason, strand, breakpoints: [], ...(text !== undefined && { text }) };
}

/** The strand to prefer: the user's own while it can go on, so that stepping does not hop to another. */
function runnable({ snapshot }: Recording, path: StrandPath): StrandPath | undefined {
  return strandAt(snapshot, path)?.status === 'ready' ? path : undefined;
}

/** The strand at which a step has reached its goal, if it has. */
function reachedBy(recording: Recording, goal: Goal, entry: Entry): StrandPath | undefined {
  if (goal.kind === 'continue') return undefined;
  const { snapshot, program } = recording;
  const own = strandAt(snapshot, goal.strand);
  if (goal.kind === 'into') {
    if (own?.status === 'ready') return own.path;
    if (own?.status === 'forked' && entry.kind === 'stepped' && entry.step.strand === goal.strand) {
      return nextStrand(snapshot)?.path.startsWith(`${goal.strand}/`)
        ? nextStrand(snapshot)?.path
        : undefined;
    }
  }
  if (own) {
    const isAtStart = own.status === 'ready' && stageOf(program, own) === 'input';
    return goal.kind === 'over' && isAtStart && entry.kind === 'stepped' && entry.step.strand === goal.strand
      ? own.path
      : undefined;
  }
  const outer = outerStrand(recording, goal.strand);
  return outer?.status === 'ready' ? outer.path : undefined;
}

/** The nearest strand around a path that has not ended. */
function outerStrand({ snapshot }: Recording, path: StrandPath): Strand | undefined {
  for (let outer = path; outer !== '';) {
    outer = outer.slice(0, Math.max(0, outer.lastIndexOf('/States/')));
    const strand = strandAt(snapshot, outer);
    if (strand) return strand;
  }
  return strandAt(snapshot, '');
}

/** The first reply to come: tasks and files in the order they were asked, else the next timer. */
async function replyTo(requests: readonly Request[], around: Surroundings): Promise<Reply | undefined> {
  for (const request of requests) {
    if (request.kind === 'task') {
      const reply = await around.answer(request);
      if (reply) return reply;
    } else if (request.kind !== 'timer') {
      return around.serve(request);
    }
  }
  const due = Math.min(...requests.map(request => dueOf(request) ?? Infinity));
  return due === Infinity ? undefined : { kind: 'time', now: due };
}
