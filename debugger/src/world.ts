import type { Json } from '#core/json.ts';
import type { MockedAnswer } from '#core/mocking/mockFile.ts';
import { inWords, say } from '#core/text/message.ts';
import { repliesTo } from '#interpreter/execute.ts';
import type { Answer } from '#interpreter/host.ts';
import { notMocked } from '#interpreter/hostFaults.ts';
import { readLocal } from '#interpreter/items/localBucket.ts';
import {
  dueOf,
  type Found,
  type ReadRequest,
  type Reply,
  type Request,
  type TaskRequest,
} from '#interpreter/request.ts';
import { isRoot, type Outcome, type Snapshot } from '#interpreter/snapshot.ts';
import type { StatesError } from '#interpreter/statesError.ts';
import { at } from '#interpreter/table.ts';
import { noFolder, nothingAnswers } from './causes.ts';
import { Refusal } from './connection.ts';
import { isSame } from './evaluate.ts';
import type { Files } from './files.ts';
import type { Mocks } from './mocks.ts';
import type { Stop, Turn } from './stepping.ts';

/** What becomes of a task that nothing stands for: the user is asked, or it fails. */
export type Unmocked = 'ask' | 'fail';

/** How virtual time passes: at once, as on the wall, or that many times faster. */
export type Pace = { readonly kind: 'virtual' } | { readonly kind: 'scaled'; readonly factor: number };

/** Answers recorded elsewhere, such as a history of AWS. */
export interface Recorded {
  /** Nothing where the recording knows of no such call. */
  answer(request: TaskRequest): Answer | undefined;
  /** Which of several open requests was answered first, timers included. */
  choose(requests: readonly Request[], snapshot: Snapshot): Request | undefined;
  /** How the child of a distributed Map ended that called a task of which nothing is known. */
  outcomeAround(request: TaskRequest): Outcome | undefined;
  /** That the execution was stopped from outside now. */
  stop(snapshot: Snapshot): StatesError | undefined;
}

export interface WorldOptions {
  readonly mocks: Mocks | undefined;
  readonly recorded: Recorded | undefined;
  readonly unmocked: Unmocked;
  readonly pace: Pace;
  /** Folders that stand for S3 buckets. */
  readonly buckets: Readonly<Record<string, string>>;
  readonly files: Files;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Everything outside the execution: who answers its tasks, what is in its buckets, how its time passes. */
export class World {
  readonly options: WorldOptions;
  /** Answers that users gave, by the call: going over the same ground again asks nothing twice. */
  readonly #given = new Map<string, { readonly parameters: Json; readonly answer: Answer }>();

  constructor(options: WorldOptions) {
    this.options = options;
  }

  /** What comes next when no strand can go on. `before` may stop at an answer of the mock file. */
  async turn(
    requests: readonly Request[],
    snapshot: Snapshot,
    around: {
      /** The execution that a task begins, where its machine is at hand. */
      readonly beginning: (request: TaskRequest) => Answer | undefined;
      readonly stopAtAnswer: (answer: MockedAnswer, request: TaskRequest) => Stop | undefined;
      readonly isPausing: () => boolean;
      /** Real time passes, of which that share is over. */
      readonly passing: (share: number) => void;
    },
  ): Promise<Turn> {
    const { now } = snapshot;
    let asked: TaskRequest | undefined;
    const stop = this.options.recorded?.stop(snapshot);
    if (stop) return { kind: 'replies', replies: [{ kind: 'stop', ...stop }] };
    const chosen = this.options.recorded?.choose(requests, snapshot);
    if (chosen?.kind === 'timer') return { kind: 'replies', replies: [{ kind: 'time', now: chosen.due }] };
    for (const request of chosen ? [chosen, ...requests] : requests) {
      if (request.kind === 'timer' || isRunning(request)) continue;
      if (request.kind === 'read') {
        const found = await this.#read(request);
        return { kind: 'replies', replies: [{ kind: 'read', request: request.id, found }] };
      }
      if (request.kind === 'write')
        return { kind: 'replies', replies: [{ kind: 'written', request: request.id }] };
      const known = this.#known(request);
      const begun = known ? undefined : around.beginning(request);
      if (begun) return { kind: 'replies', replies: repliesTo(request, begun) };
      const outcome = known ? undefined : this.options.recorded?.outcomeAround(request);
      if (outcome) return { kind: 'replies', replies: [{ kind: 'ended', request: request.id, outcome }] };
      const answer = known ?? this.#unknown(request);
      if (answer === 'ask') {
        asked ??= request;
        continue;
      }
      const replies = repliesTo(request, answer).filter(reply => !isHeard(reply, request));
      if (replies.length === 0) continue;
      const place = this.options.mocks?.place(request);
      const stop = place && around.stopAtAnswer(place, request);
      return stop ? { kind: 'stop', stop } : { kind: 'replies', replies };
    }
    if (asked) return { kind: 'ask', request: asked };
    const due = earliest(requests, snapshot);
    if (due === Infinity) return { kind: 'nothing' };
    const passed = await this.#pass(due - now, around);
    return {
      kind: 'replies',
      replies: passed > 0 || due <= now ? [{ kind: 'time', now: now + passed }] : [],
    };
  }

  /** Remembers what the user answers to a call. */
  give(request: TaskRequest, answer: Answer): void {
    this.#given.set(callOf(request), { parameters: request.parameters, answer });
  }

  /** What the user has answered before, a recording, or a mock. */
  #known(request: TaskRequest): Answer | undefined {
    const given = this.#given.get(callOf(request));
    if (given && isSame(given.parameters, request.parameters)) return given.answer;
    const { recorded, mocks } = this.options;
    return recorded?.answer(request) ?? mocks?.answer(request);
  }

  #unknown(request: TaskRequest): Answer | 'ask' {
    const { mocks, unmocked } = this.options;
    if (unmocked === 'ask') return 'ask';
    return {
      kind: 'failed',
      error: 'States.Runtime',
      cause: inWords(mocks ? notMocked(request.stateName) : nothingAnswers(request.stateName)),
    };
  }

  async #read(request: ReadRequest): Promise<Found> {
    const { bucket, key, operation } = request;
    const { buckets, files } = this.options;
    const named = Object.hasOwn(buckets, bucket) ? buckets[bucket] : undefined;
    if (named === undefined)
      return {
        kind: 'missing',
        cause: inWords(noFolder(bucket)),
      };
    const folder = named.replace(/[\\/]$/, '');
    try {
      if (operation === 'listObjectsV2')
        return await readLocal(request, {
          read: () => Promise.resolve(undefined),
          list: async (_bucket, prefix) =>
            (await files.list(folder))
              .filter(({ path }) => path.startsWith(prefix))
              .map(({ path, ...file }) => ({ key: path, ...file }))
              .toSorted((one, other) => (one.key < other.key ? -1 : 1)),
        });
      return { kind: 'text', text: await files.read(`${folder}/${key}`) };
    } catch (error) {
      return { kind: 'missing', cause: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Lets time pass; how much of it has passed, less than all where it was interrupted. */
  async #pass(
    milliseconds: number,
    around: { readonly isPausing: () => boolean; readonly passing: (share: number) => void },
  ): Promise<number> {
    const { pace, sleep } = this.options;
    if (pace.kind === 'virtual') return milliseconds;
    for (let left = milliseconds / pace.factor; left > 0; left -= slice) {
      const passed = milliseconds - left * pace.factor;
      if (around.isPausing()) return Math.floor(passed);
      around.passing(passed / milliseconds);
      await sleep(Math.min(slice, left));
    }
    return milliseconds;
  }
}

/** A pause is heard within so many milliseconds of a wait. */
const slice = 25;

/** Whether an execution was begun that will answer the request. */
function isRunning(request: Request): boolean {
  return request.kind === 'task' && request.execution !== undefined;
}

/** Whether a service has been heard already: what it says before the answer is said once. */
function isHeard({ kind }: Reply, { submitted }: TaskRequest): boolean {
  return submitted === true && (kind === 'submitted' || kind === 'started');
}

/** When something happens by itself next: to a request, or because an execution has run for too long. */
function earliest(requests: readonly Request[], { strands, executions }: Snapshot): number {
  let earliest = Infinity;
  for (const request of requests) earliest = Math.min(earliest, dueOf(request) ?? Infinity);
  for (const row of strands)
    for (const strand of row)
      if (strand && isRoot(strand))
        earliest = Math.min(earliest, at(executions, strand.execution)?.deadline ?? Infinity);
  return earliest;
}

function callOf({ strand, state, invocation }: TaskRequest): string {
  return `${strand} ${state} ${invocation}`;
}

/** `virtual`, `real`, or a number: 60 lets a minute pass in a second. */
export function readPace(value: unknown): Pace {
  if (value === undefined || value === null || value === 'virtual') return { kind: 'virtual' };
  if (value === 'real') return { kind: 'scaled', factor: 1 };
  if (typeof value === 'number' && value > 0 && Number.isFinite(value))
    return { kind: 'scaled', factor: value };
  throw new Refusal(say`"time" must be "virtual", "real", or a number: 60 lets a minute pass in a second.`);
}
