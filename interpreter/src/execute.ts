import { begin, type Start } from './begin.ts';
import { advanceTo, receive } from './deliver.ts';
import { drive } from './drive.ts';
import type { EventRecord } from './history/eventRecord.ts';
import type { Answer, Host, SyncHost } from './host.ts';
import type { Program } from './program.ts';
import type { Found, Reply, Request, TaskRequest, WriteRequest } from './request.ts';
import { Run } from './run.ts';
import type { Execution, Instant, Outcome, Snapshot } from './snapshot.ts';

export interface RunOptions {
  /** Stops after that many processing stages; for definitions that loop for ever. */
  readonly maxStages?: number;
}

/** An execution that has run as far as it can. */
export interface Ran {
  /** Absent when the stages did not suffice, or when something was never answered. */
  readonly outcome: Outcome | undefined;
  readonly events: readonly EventRecord[];
  readonly snapshot: Snapshot;
}

/**
 * Runs an execution to its end with a host that answers at once. The fast way: nothing is made for
 * onlookers but the compact records of the events.
 */
export function runToEnd(program: Program, start: Start, host: SyncHost, options: RunOptions = {}): Ran {
  const { snapshot, event } = begin(program, start);
  const run = Run.alone(program, snapshot);
  run.events.push(event);
  return runOut(run, host, options);
}

/** The same from any snapshot on. */
export function continueToEnd(
  program: Program,
  snapshot: Snapshot,
  host: SyncHost,
  options: RunOptions = {},
): Ran {
  return runOut(Run.alone(program, snapshot), host, options);
}

function runOut(run: Run, host: SyncHost, options: RunOptions): Ran {
  let left = options.maxStages ?? Infinity;
  // What a continued snapshot already waits for has to be asked again.
  run.asked = run.pending();
  for (;;) {
    left = drive(run, left);
    if (run.execution(0).outcome || left <= 0) break;
    const { asked } = run;
    run.asked = [];
    let heard = false;
    for (const request of asked) {
      if (request.kind === 'timer' || run.waitingFor(request.id) === undefined) continue;
      heard = answerNow(run, request, host) || heard;
      left = drive(run, left);
      if (run.execution(0).outcome || left <= 0) break;
    }
    if (!heard && run.ready.length === 0 && run.asked.length === 0 && !advanceTo(run)) break;
  }
  return { outcome: run.execution(0).outcome, events: run.events, snapshot: run.snapshot() };
}

/** Whether the host had an answer. */
function answerNow(run: Run, request: Exclude<Request, { kind: 'timer' }>, host: SyncHost): boolean {
  switch (request.kind) {
    case 'task':
      return take(run, request, calledNow(host, request));
    case 'read':
      receive(run, {
        kind: 'read',
        request: request.id,
        found: host.read?.(request) ?? unreadable,
      });
      return true;
    case 'write':
      receive(run, writtenNow(host, request));
      return true;
  }
}

/** What a function throws is the error of its task, as Lambda reports it. */
function calledNow(host: SyncHost, request: TaskRequest): Answer {
  try {
    return host.call(request);
  } catch (thrown) {
    return answerOfThrown(thrown);
  }
}

/** Calls the task; what the host throws is the answer, too. */
export async function called(host: Host, request: TaskRequest): Promise<Answer> {
  try {
    return await host.call(request);
  } catch (thrown) {
    return answerOfThrown(thrown);
  }
}

function answerOfThrown(thrown: unknown): Answer {
  const errorType = thrown instanceof Error ? thrown.name : 'Error';
  const errorMessage = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: 'failed', error: errorType, cause: JSON.stringify({ errorMessage, errorType }) };
}

/** What a `write` throws fails the Map Run, as a bucket does that refuses the files. */
function writtenNow(host: SyncHost, request: WriteRequest): Reply {
  try {
    host.write?.(request);
    return { kind: 'written', request: request.id };
  } catch (thrown) {
    return unwritten(request, thrown);
  }
}

/** Has the files written; the reply says how that went. */
export async function written(host: Host, request: WriteRequest): Promise<Reply> {
  try {
    await host.write?.(request);
    return { kind: 'written', request: request.id };
  } catch (thrown) {
    return unwritten(request, thrown);
  }
}

function unwritten({ id }: WriteRequest, thrown: unknown): Reply {
  const cause = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: 'failed', request: id, error: 'States.ResultWriterFailed', cause };
}

/** What a reader finds where the host reads nothing. */
export const unreadable: Found = { kind: 'missing', cause: 'There is nothing that stands for the bucket.' };

/** Whether the answer brought the end of the task. */
function take(run: Run, request: TaskRequest, answer: Answer): boolean {
  for (const reply of repliesTo(request, answer)) receive(run, reply);
  return answer.kind !== 'silent';
}

/** The replies that an answer to a task consists of, in their order. */
export function repliesTo({ id: request }: TaskRequest, answer: Answer): readonly Reply[] {
  if (answer.kind === 'execution') return [{ ...answer, request }];
  const replies: Reply[] = [];
  const { submitted, workerName } = answer;
  if (submitted !== undefined) replies.push({ kind: 'submitted', request, output: submitted });
  if (workerName !== undefined) replies.push({ kind: 'started', request, workerName });
  if (answer.kind === 'succeeded') replies.push({ kind: 'succeeded', request, output: answer.output });
  if (answer.kind === 'failed') {
    const { error, cause, as } = answer;
    replies.push({ kind: 'failed', request, error, cause, ...(as ? { as } : {}) });
  }
  return replies;
}

export interface ExecuteOptions extends RunOptions {
  /** Looked at between stages and after each answer; the execution is then stopped as StopExecution does. */
  readonly shouldStop?: () => boolean;
  /** Stops the execution when it resolves, even while nothing but a task is under way. */
  readonly stopped?: Promise<void>;
}

/** What has happened since the last progress. */
export interface Progress {
  readonly events: readonly EventRecord[];
  /** An execution of these events, as it is when it is asked for. */
  readonly executionOf: (index: number) => Execution;
  /** A snapshot of the moment it is asked for. */
  readonly snapshot: () => Snapshot;
}

/** Stages between two looks at `shouldStop`. */
const burst = 50_000;

/**
 * Runs an execution with a host whose answers may take time; several tasks may be under way at once.
 * Yields what happened each time the execution has to wait, and returns how it ended.
 *
 * Time is virtual unless the host can sleep: waits and retries then take no time, and are over when
 * nothing else is under way.
 */
export async function* execute(
  program: Program,
  start: Snapshot,
  host: Host,
  options: ExecuteOptions = {},
): AsyncGenerator<Progress, Ran> {
  const run = Run.alone(program, start);
  run.asked = run.pending();
  const told: (readonly EventRecord[])[] = [];
  const underWay = new Map<number, Promise<() => void>>();
  let left = options.maxStages ?? Infinity;
  let timer: Timer | undefined;
  const stop = (): void => {
    receive(run, { kind: 'stop', error: undefined, cause: undefined });
  };
  const stopped = options.stopped?.then(() => stop);
  const ended = (): boolean => run.execution(0).outcome !== undefined || left <= 0;
  for (;;) {
    if (options.shouldStop?.()) stop();
    left -= Math.min(burst, left) - drive(run, Math.min(burst, left));
    for (const request of run.asked)
      if (request.kind !== 'timer') underWay.set(request.id, ask(run, request, host));
    run.asked = [];
    for (const id of underWay.keys()) if (run.waitingFor(id) === undefined) underWay.delete(id);
    if (run.events.length > 0) {
      yield {
        events: run.events,
        executionOf: index => run.execution(index),
        snapshot: () => copyOfSnapshot(run),
      };
      told.push(run.events);
      run.events = [];
    }
    if (ended()) break;
    if (run.ready.length > 0) continue;
    const due = run.nextDue();
    if (due !== timer?.due) timer = due === undefined ? undefined : timerFor(run, host, due);
    const waits: Promise<() => void>[] = [...underWay.values()];
    if (timer && (timer.sleeps || underWay.size === 0)) waits.push(timer.over);
    if (waits.length === 0) break;
    if (stopped) waits.push(stopped);
    const deliverIt = await Promise.race(waits);
    deliverIt();
  }
  return { outcome: run.execution(0).outcome, events: joined(told), snapshot: run.snapshot() };

  async function ask(
    into: Run,
    request: Exclude<Request, { kind: 'timer' }>,
    world: Host,
  ): Promise<() => void> {
    switch (request.kind) {
      case 'task': {
        const answer = await called(world, request);
        return () => {
          underWay.delete(request.id);
          take(into, request, answer);
        };
      }
      case 'read': {
        const found = (await world.read?.(request)) ?? unreadable;
        return () => {
          underWay.delete(request.id);
          receive(into, { kind: 'read', request: request.id, found });
        };
      }
      case 'write': {
        const reply = await written(world, request);
        return () => {
          underWay.delete(request.id);
          receive(into, reply);
        };
      }
    }
  }
}

/** The lists as one; an execution that never waits has but one, and `flat` is slow. */
function joined(lists: readonly (readonly EventRecord[])[]): readonly EventRecord[] {
  const [first] = lists;
  return first && lists.length === 1 ? first : lists.flat();
}

/** Something that happens by itself. */
interface Timer {
  readonly due: Instant;
  /** Whether real time passes until then. Otherwise it is there when nothing else is under way. */
  readonly sleeps: boolean;
  readonly over: Promise<() => void>;
}

/** Longest time a host is asked to sleep, in milliseconds; whoever waits for a task does not wait for more. */
export const longestSleep = 2 ** 31 - 1;

function timerFor(run: Run, host: Host, due: Instant): Timer {
  const pass = (): void => {
    receive(run, { kind: 'time', now: due });
  };
  const over = due - run.instant > longestSleep ? undefined : host.sleep?.(due).then(() => pass);
  return { due, sleeps: over !== undefined, over: over ?? Promise.resolve(pass) };
}

function copyOfSnapshot(run: Run): Snapshot {
  return JSON.parse(JSON.stringify(run.snapshot())) as Snapshot;
}
