import type { Json } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { Resource } from './resource.ts';
import type { Instant, Outcome, StrandPath } from './snapshot.ts';
import type { StatesError } from './statesError.ts';

/** What a strand waits for. The driver sees to it and delivers the reply. */
export type Request = TaskRequest | TimerRequest | ReadRequest | WriteRequest;

interface RequestBase {
  /** Counts up over the execution; a reply names it. */
  readonly id: number;
  readonly strand: StrandPath;
  /** The state that asks. */
  readonly state: Pointer;
  readonly stateName: string;
}

/** A function, service or activity to call. */
export interface TaskRequest extends RequestBase {
  readonly kind: 'task';
  readonly resource: Resource;
  readonly parameters: Json;
  /** Tries of this state since it was entered: 0 for the first, 1 for the first retry. */
  readonly attempt: number;
  /** Calls of the state of this name in the whole execution, from 0; mock files count so. */
  readonly invocation: number;
  /** The Map iterations and Parallel branches around it, outermost first. */
  readonly within: readonly Enclosing[];
  /** When `TimeoutSeconds` is over. */
  readonly deadline?: Instant | undefined;
  /** When AWS gives up on an HTTP endpoint. */
  readonly socketDeadline?: Instant | undefined;
  readonly heartbeatSeconds?: number | undefined;
  /** When the next heartbeat must have come. */
  readonly heartbeatDeadline?: Instant | undefined;
  readonly token?: string | undefined;
  readonly roleArn?: string | undefined;
  /** Whether a `.sync` or `.waitForTaskToken` call has been accepted. */
  readonly submitted?: boolean | undefined;
  /** Index of the execution that was begun for it and will answer it. */
  readonly execution?: number | undefined;
}

export interface Enclosing {
  readonly kind: 'iteration' | 'branch' | 'child';
  readonly state: Pointer;
  readonly stateName: string;
  readonly index: number;
}

/** Nothing to do until virtual time is there: a Wait state, or the pause before a retry. */
export interface TimerRequest extends RequestBase {
  readonly kind: 'timer';
  readonly reason: 'wait' | 'retry';
  readonly due: Instant;
}

/** An ItemReader's file or list of objects. */
export interface ReadRequest extends RequestBase {
  readonly kind: 'read';
  readonly operation: 'getObject' | 'listObjectsV2';
  readonly bucket: string;
  /** Of the object, or the prefix of the objects to list. */
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly format?: 'PARQUET' | undefined;
}

/** A file of a ResultWriter. */
export interface WriteRequest extends RequestBase {
  readonly kind: 'write';
  readonly bucket: string;
  readonly files: readonly { readonly key: string; readonly body: string }[];
}

/** When something happens with the request by itself: a timer is over, or a task has taken too long. */
export function dueOf(request: Request): Instant | undefined {
  if (request.kind === 'timer') return request.due;
  if (request.kind !== 'task') return undefined;
  const due = Math.min(
    request.deadline ?? Infinity,
    request.heartbeatDeadline ?? Infinity,
    request.socketDeadline ?? Infinity,
  );
  return due === Infinity ? undefined : due;
}

/** What became of a request, or of the world. */
export type Reply =
  | { readonly kind: 'succeeded'; readonly request: number; readonly output: Json }
  | ({ readonly kind: 'failed'; readonly request: number; readonly as?: FailedAs } & StatesError)
  /** `TaskSubmitted`: the service has taken a `.sync` or `.waitForTaskToken` call; the result comes later. */
  | { readonly kind: 'submitted'; readonly request: number; readonly output: Json }
  /** An activity's worker has taken the task. */
  | { readonly kind: 'started'; readonly request: number; readonly workerName?: string }
  | { readonly kind: 'heartbeat'; readonly request: number }
  /** `startExecution` begins an execution of a machine that is linked to the program. */
  | ({ readonly kind: 'execution'; readonly request: number } & Beginning)
  /** The child execution in which the task was called has come to its end: what it did is not known. */
  | { readonly kind: 'ended'; readonly request: number; readonly outcome: Outcome }
  | { readonly kind: 'read'; readonly request: number; readonly found: Found }
  | { readonly kind: 'written'; readonly request: number }
  /** Virtual time is now so late; everything due happens. */
  | { readonly kind: 'time'; readonly now: Instant }
  /** StopExecution. */
  | ({ readonly kind: 'stop' } & StatesError);

/** Of which machine an execution begins. */
export interface Beginning {
  /** Pointer of the machine's root. */
  readonly machine: Pointer;
  readonly stateMachineName: string;
  readonly type: 'STANDARD' | 'EXPRESS';
}

/** How a failure is recorded where it is not the plain `…Failed`. */
export type FailedAs = 'StartFailed' | 'SubmitFailed' | 'ScheduleFailed' | 'TimedOut';

/** What a reader found: a text, the rows of a Parquet file, or the objects of a bucket. */
export type Found =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'rows'; readonly rows: readonly Json[] }
  | { readonly kind: 'objects'; readonly objects: readonly Json[] }
  | { readonly kind: 'missing'; readonly cause: string };
