import { endExecution, endStrand } from './flow.ts';
import type { EventRecord } from './history/eventRecord.ts';
import type { Program } from './program.ts';
import { dueOf, type Reply, type Request } from './request.ts';
import { Run, type Working } from './run.ts';
import { isRoot, type Instant, type Outcome, type Snapshot, type Strand, type StrandId } from './snapshot.ts';
import { beginWorkflow } from './states/startExecution.ts';
import { activityStarted, taskFailed, taskSubmitted, taskSucceeded } from './states/task.ts';
import { at, valuesOf } from './table.ts';

/** A snapshot in which the reply has come, and the events that recorded it. */
export interface Delivered {
  readonly snapshot: Snapshot;
  readonly events: readonly EventRecord[];
  readonly requests: readonly Request[];
}

/**
 * Hands in the reply to a request, a later time, or the order to stop. Pure, as `advance` is.
 *
 * A reply to a request that nobody waits for any more (its strand was aborted or timed out) changes nothing.
 */
export function deliver(program: Program, snapshot: Snapshot, reply: Reply): Delivered {
  const run = Run.on(program, snapshot);
  receive(run, reply);
  return { snapshot: run.snapshot(), events: run.events, requests: run.asked };
}

/** `deliver` in place. */
export function receive(run: Run, reply: Reply): void {
  if (run.execution(0).outcome) return;
  if (reply.kind === 'time') {
    advanceTime(run, reply.now);
    return;
  }
  if (reply.kind === 'stop') {
    const root = run.edit(0);
    // What comes from outside follows no event.
    root.lastEvent = 0;
    endExecution(run, root, { status: 'ABORTED', error: reply.error, cause: reply.cause });
    return;
  }
  const id = run.waitingFor(reply.request);
  if (id === undefined) return;
  const strand = run.edit(id);
  const request = strand.waiting;
  if (request?.id !== reply.request) return;
  switch (request.kind) {
    case 'task':
      replyToTask(run, strand, request, reply);
      break;
    case 'timer':
    case 'read':
    case 'write':
      run.stateOf(strand).replied?.(run, strand, reply);
      break;
  }
}

function replyToTask(
  run: Run,
  strand: Working,
  request: Request & { kind: 'task' },
  reply: Exclude<Reply, { kind: 'time' | 'stop' }>,
): void {
  switch (reply.kind) {
    case 'succeeded':
      taskSucceeded(run, strand, request, reply.output);
      break;
    case 'failed':
      taskFailed(run, strand, request, { error: reply.error, cause: reply.cause }, reply.as ?? 'Failed');
      break;
    case 'submitted':
      taskSubmitted(run, strand, request, reply.output);
      break;
    case 'started':
      activityStarted(run, strand, request, reply.workerName);
      break;
    case 'heartbeat':
      if (request.heartbeatSeconds !== undefined)
        strand.waiting = { ...request, heartbeatDeadline: run.instant + request.heartbeatSeconds * 1000 };
      break;
    case 'execution':
      beginWorkflow(run, strand, request, reply);
      break;
    case 'ended':
      endAround(run, strand, reply.outcome);
      break;
    case 'read':
    case 'written':
      break;
  }
}

/** Ends the child execution that a strand runs in. */
function endAround(run: Run, strand: Strand, outcome: Outcome): void {
  let child = strand;
  while (child.kind !== 'child' && child.parent !== undefined) child = run.strand(child.parent);
  if (child.kind === 'child') endStrand(run, run.edit(child.id), outcome);
}

function advanceTime(run: Run, now: Instant): void {
  if (now > run.instant) run.instant = now;
  const dues: { id: StrandId; due: Instant; request: number }[] = [];
  for (const strand of valuesOf(run.strands)) {
    if (!strand) continue;
    const due = strand.waiting && dueOf(strand.waiting);
    if (strand.waiting && due !== undefined && due <= run.instant)
      dues.push({ id: strand.id, due, request: strand.waiting.id });
    const { deadline } = run.execution(strand.execution);
    if (isRoot(strand) && deadline <= run.instant) dues.push({ id: strand.id, due: deadline, request: -1 });
  }
  dues.sort((a, b) => a.due - b.due || a.request - b.request);
  for (const { id, request } of dues) {
    if (request < 0) endLate(run, id);
    else if (run.waitingFor(request) === id) happen(run, run.edit(id));
  }
}

/** An execution has run for longer than it may. */
function endLate(run: Run, id: StrandId): void {
  const strand = at(run.strands, id);
  if (!strand || !isRoot(strand)) return;
  const root = run.edit(id);
  root.lastEvent = run.execution(root.execution).lastEvent;
  endStrand(run, root, { status: 'TIMED_OUT', error: undefined, cause: undefined });
}

/** What a strand waits for is due: a timer is over, or a task took too long. */
function happen(run: Run, strand: Working): void {
  const request = strand.waiting;
  if (request?.kind === 'timer') run.wake(strand);
  if (request?.kind !== 'task') return;
  if (
    request.resource.service === 'http' &&
    request.socketDeadline !== undefined &&
    run.instant >= request.socketDeadline
  ) {
    const cause = 'The HTTP endpoint did not answer within 60 seconds.';
    taskFailed(run, strand, request, { error: 'States.Http.Socket', cause }, 'Failed');
    return;
  }
  const missed = request.heartbeatDeadline !== undefined && request.heartbeatDeadline <= run.instant;
  const alias = missed ? ('States.HeartbeatTimeout' as const) : undefined;
  taskFailed(run, strand, request, { error: 'States.Timeout', cause: undefined, alias }, 'TimedOut');
}

/** Lets time pass until the next thing happens by itself; whether there is one. */
export function advanceTo(run: Run): boolean {
  const due = run.nextDue();
  if (due === undefined) return false;
  advanceTime(run, Math.max(due, run.instant));
  return true;
}

/** The earliest time at which something happens by itself, if nothing is delivered before. */
export function nextDue(program: Program, snapshot: Snapshot): Instant | undefined {
  return Run.on(program, snapshot).nextDue();
}
