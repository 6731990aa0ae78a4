import type { Json } from '#core/json.ts';
import type { Beginning, FailedAs, Found, ReadRequest, TaskRequest, WriteRequest } from './request.ts';
import type { Instant } from './snapshot.ts';
import type { StatesError } from './statesError.ts';

/** What a task came to, as the one who ran it says. */
export type Answer =
  | (Progress & { readonly kind: 'succeeded'; readonly output: Json })
  | (Progress & { readonly kind: 'failed'; readonly as?: FailedAs } & StatesError)
  /** Nobody answers: the task's own timeout or heartbeat must end it. */
  | (Progress & { readonly kind: 'silent' })
  /** An execution of a machine that is linked to the program answers. */
  | ({ readonly kind: 'execution' } & Beginning);

/** What was heard before the end. */
interface Progress {
  /** Output of `TaskSubmitted`, for `.sync` and `.waitForTaskToken`. */
  readonly submitted?: Json | undefined;
  /** Who took an activity's task. */
  readonly workerName?: string | undefined;
}

/** The world of an execution that answers at once: mocks, recordings, functions of the embedding program. */
export interface SyncHost {
  call(request: TaskRequest): Answer;
  read?(request: ReadRequest): Found;
  write?(request: WriteRequest): void;
}

/**
 * The world of an execution. What a member does not do is answered with an error of the execution; what
 * `call` throws is the error of the task, and what `write` throws is `States.ResultWriterFailed`.
 */
export interface Host {
  call(request: TaskRequest): Answer | Promise<Answer>;
  read?(request: ReadRequest): Found | Promise<Found>;
  write?(request: WriteRequest): void | Promise<void>;
  /** Resolves when `until` has come. Without it time is virtual: nothing ever waits. */
  sleep?(until: Instant): Promise<void>;
}
