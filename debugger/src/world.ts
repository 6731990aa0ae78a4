import type { Json } from '#core/json.ts';
import type { MockedAnswer } from '#core/mocking/mockFile.ts';
import type { Answer } from '#interpreter/host.ts';
import { readLocal } from '#interpreter/items/localBucket.ts';
import {
  dueOf,
  type Found,
  type ReadRequest,
  type Reply,
  type Request,
  type TaskRequest,
} from '#interpreter/request.ts';
import type { Snapshot } from '#interpreter/snapshot.ts';
import type { StatesError } from '#interpreter/statesError.ts';
import { at } from '#interpreter/table.ts';
import { Refusal } from './connection.ts';
import { isUri } from './dialect.ts';
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
      readonly stopAtAnswer: (answer: MockedAnswer, request: TaskRequest) => Stop | undefined;
      readonly isPausing: () => boolean;
    },
  ): Promise<Turn> {
    const { now } = snapshot;
    let asked: TaskRequest | undefined;
    const stop = this.options.recorded?.stop(snapshot);
    if (stop) return { kind: 'replies', replies: [{ kind: 'stop', ...stop }] };
    const chosen = this.options.recorded?.choose(requests, snapshot);
    if (chosen?.kind === 'timer') return { kind: 'replies', replies: [{ kind: 'time', now: chosen.due }] };
    for (const request of chosen ? [chosen, ...requests] : requests) {
      if (request.kind === 'timer') continue;
      if (request.kind === 'read') {
        const found = await this.#read(request);
        return { kind: 'replies', replies: [{ kind: 'read', request: request.id, found }] };
      }
      if (request.kind === 'write')
        return { kind: 'replies', replies: [{ kind: 'written', request: request.id }] };
      const answer = this.#answer(request);
      if (answer === 'ask') {
        asked ??= request;
        continue;
      }
      const replies = repliesTo(request, answer);
      if (replies.length === 0) continue;
      const place = this.options.mocks?.place(request);
      const stop = place && around.stopAtAnswer(place, request);
      return stop ? { kind: 'stop', stop } : { kind: 'replies', replies };
    }
    if (asked) return { kind: 'ask', request: asked };
    const deadline = at(snapshot.executions, 0)?.deadline ?? Infinity;
    const due = Math.min(deadline, ...requests.map(request => dueOf(request) ?? Infinity));
    if (due === Infinity) return { kind: 'nothing' };
    return (await this.#pass(due - now, around.isPausing))
      ? { kind: 'replies', replies: [{ kind: 'time', now: due }] }
      : { kind: 'replies', replies: [] };
  }

  /** Remembers what the user answers to a call. */
  give(request: TaskRequest, answer: Answer): void {
    this.#given.set(callOf(request), { parameters: request.parameters, answer });
  }

  /** Whether somebody but the user answers the call. */
  knows(request: TaskRequest): boolean {
    return this.#answer(request) !== 'ask';
  }

  #answer(request: TaskRequest): Answer | 'ask' {
    const given = this.#given.get(callOf(request));
    if (given && isSame(given.parameters, request.parameters)) return given.answer;
    const { recorded, mocks, unmocked } = this.options;
    const answer = recorded?.answer(request) ?? mocks?.answer(request);
    if (answer) return answer;
    if (unmocked === 'ask') return 'ask';
    return {
      kind: 'failed',
      error: 'States.Runtime',
      cause: mocks
        ? `The state '${request.stateName}' is not mocked in this test case.`
        : `Nothing answers the task '${request.stateName}': give the launch configuration a "mockFile" and a "testCase", or "unmocked": "ask".`,
    };
  }

  async #read(request: ReadRequest): Promise<Found> {
    const { bucket, key, operation } = request;
    const { buckets, files } = this.options;
    const named = Object.hasOwn(buckets, bucket) ? buckets[bucket] : undefined;
    if (named === undefined)
      return {
        kind: 'missing',
        cause: `No folder stands for the bucket '${bucket}'. Name one in "buckets" of the launch configuration.`,
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

  /** Lets time pass; whether it has passed, rather than being interrupted. */
  async #pass(milliseconds: number, isPausing: () => boolean): Promise<boolean> {
    const { pace, sleep } = this.options;
    if (pace.kind === 'virtual') return true;
    for (let left = milliseconds / pace.factor; left > 0; left -= slice) {
      if (isPausing()) return false;
      await sleep(Math.min(slice, left));
    }
    return true;
  }
}

/** A pause is heard within so many milliseconds of a wait. */
const slice = 25;

function callOf({ strand, state, invocation }: TaskRequest): string {
  return `${strand} ${state} ${invocation}`;
}

/** What is delivered for an answer: the call may have been accepted before it was answered. */
export function repliesTo({ id: request }: TaskRequest, answer: Answer): readonly Reply[] {
  const replies: Reply[] = [];
  const { submitted, workerName } = answer;
  if (submitted !== undefined) replies.push({ kind: 'submitted', request, output: submitted });
  if (workerName !== undefined) replies.push({ kind: 'started', request, workerName });
  if (answer.kind === 'succeeded') replies.push({ kind: 'succeeded', request, output: answer.output });
  if (answer.kind === 'failed') {
    const { error, cause, as } = answer;
    replies.push({ kind: 'failed', request, error, cause, ...(as && { as }) });
  }
  return answer.kind === 'silent' ? [] : replies;
}

/** `virtual`, `real`, or a number: 60 lets a minute pass in a second. */
export function readPace(value: unknown): Pace {
  if (value === undefined || value === null || value === 'virtual') return { kind: 'virtual' };
  if (value === 'real') return { kind: 'scaled', factor: 1 };
  if (typeof value === 'number' && value > 0 && Number.isFinite(value))
    return { kind: 'scaled', factor: value };
  throw new Refusal('"time" must be "virtual", "real", or a number: 60 lets a minute pass in a second.');
}

/** A path beside a file; absolute paths and URIs stay what they are. */
export function beside(file: string, path: string): string {
  if (isUri(path) || /^([\\/]|[a-z]:[\\/])/i.test(path)) return path;
  return file.replace(/[^\\/]*$/, path);
}
