import type { JsonObject } from '#core/json.ts';
import { isJsonObject, members } from './members.ts';

/*
 * What the extension and the debugger's worker say to each other: the debug protocol's messages, and
 * the files that the worker cannot read itself (in a virtual workspace there is no disk).
 */

/** From the extension to the worker. */
export type ToWorker =
  | { readonly type: 'protocol'; readonly message: unknown }
  | { readonly type: 'file'; readonly id: number; readonly text: string }
  | { readonly type: 'listed'; readonly id: number; readonly files: readonly ListedFile[] }
  | { readonly type: 'unreadable'; readonly id: number; readonly reason: string };

/** From the worker to the extension. */
export type FromWorker =
  | { readonly type: 'protocol'; readonly message: unknown }
  | { readonly type: 'read'; readonly id: number; readonly path: string }
  | { readonly type: 'list'; readonly id: number; readonly path: string }
  | { readonly type: 'log'; readonly text: string };

export function readToWorker(value: unknown): ToWorker | undefined {
  const { type, id, text, reason, message, files } = members(value);
  if (type === 'protocol') return { type, message };
  if (type === 'file' && typeof id === 'number' && typeof text === 'string') return { type, id, text };
  if (type === 'listed' && typeof id === 'number' && Array.isArray(files))
    return { type, id, files: files.flatMap(file => readListedFile(file) ?? []) };
  if (type === 'unreadable' && typeof id === 'number' && typeof reason === 'string')
    return { type, id, reason };
  return undefined;
}

export function readFromWorker(value: unknown): FromWorker | undefined {
  const { type, id, path, text, message } = members(value);
  if (type === 'protocol') return { type, message };
  if ((type === 'read' || type === 'list') && typeof id === 'number' && typeof path === 'string')
    return { type, id, path };
  if (type === 'log' && typeof text === 'string') return { type, text };
  return undefined;
}

/** A file of a folder, by its path from there. */
export interface ListedFile {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

function readListedFile(value: unknown): ListedFile | undefined {
  const { path, size, modified } = members(value);
  return typeof path === 'string' && typeof size === 'number' && typeof modified === 'number'
    ? { path, size, modified }
    : undefined;
}

/** The debugger's custom event that carries an `ExecutionView`: at every stop, and a few times a second while running. */
export const executionEvent = 'stepwiseExecution';
export interface ExecutionEvent {
  /** The definition as the launch configuration names it. */
  readonly program: string;
  readonly view: unknown;
}

export function readExecutionEvent(value: unknown): ExecutionEvent | undefined {
  const { program, view } = members(value);
  return typeof program === 'string' ? { program, view } : undefined;
}

/*
 * Custom messages of the debugger, beyond the Debug Adapter Protocol. Events carry the first, requests
 * the others.
 */

/** Event: a task waits for the user's answer. */
export const taskEvent = 'stepwiseTask';
export interface TaskEvent {
  /** Number of the call; the answer names it. */
  readonly request: number;
  readonly stateName: string;
  readonly resource: string;
  readonly parameters: unknown;
  readonly attempt: number;
  /** Of a task that waits for a callback. */
  readonly token?: string;
  /** Results the state's task was given before, newest first. */
  readonly earlier: readonly unknown[];
  /** Names of errors that the state's Retriers and Catchers know. */
  readonly errors: readonly string[];
}

export function readTaskEvent(value: unknown): TaskEvent | undefined {
  const { request, stateName, resource, parameters, attempt, token, earlier, errors } = members(value);
  if (typeof request !== 'number' || typeof stateName !== 'string' || typeof resource !== 'string')
    return undefined;
  return {
    request,
    stateName,
    resource,
    parameters,
    attempt: typeof attempt === 'number' ? attempt : 0,
    ...(typeof token === 'string' && { token }),
    earlier: Array.isArray(earlier) ? earlier : [],
    errors: Array.isArray(errors) ? errors.filter(name => typeof name === 'string') : [],
  };
}

/** Request: gives the task its answer. The event `continued` says that the execution goes on. */
export const answerRequest = 'stepwiseAnswer';
export type AnswerArguments = {
  readonly request: number;
  /**
   * Goes on only when `stepwiseGoOn` asks for it. VS Code takes in `continued` a moment after it came:
   * a stop that follows it at once would be forgotten.
   */
  readonly holds?: boolean;
} & (
  | { readonly kind: 'succeeded'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string }
  | { readonly kind: 'heartbeat' }
);

/** Request: goes on after an answer that held. */
export const goOnRequest = 'stepwiseGoOn';

/** Request: a mock file with one test case that answers as this execution was answered so far. */
export const mockCaseRequest = 'stepwiseMockCase';
export interface MockCaseArguments {
  readonly name: string;
}
export interface MockCaseReply {
  readonly mockFile: JsonObject;
}
export function isMockCaseReply(value: unknown): value is MockCaseReply {
  return isJsonObject(members(value)['mockFile']);
}

/** Request: the definition was edited; goes on with the new text where that is possible. */
export const reloadRequest = 'stepwiseReload';
export interface ReloadReply {
  /** Why the execution goes on with the old definition. */
  readonly refused?: string;
}

/** Request: what the stages of the present visit have made, for the lines of their fields. */
export const inlineValuesRequest = 'stepwiseInlineValues';
export interface InlineValuesReply {
  readonly values: readonly { readonly line: number; readonly column: number; readonly text: string }[];
}

/** Request: goes to a moment of the recording, back or forward. */
export const momentRequest = 'stepwiseMoment';

/** Request: in the execution's views, looks at one iteration of a Map, or at all of them together. */
export const iterationRequest = 'stepwiseIteration';
export interface IterationArguments {
  /** Pointer of the Map state. */
  readonly state: string;
  /** Counted from 0; absent for all of them. */
  readonly index?: number;
}
