/*
 * What the extension and the debugger's worker say to each other: the debug protocol's messages, and
 * the files that the worker cannot read itself (in a virtual workspace there is no disk).
 */

/** From the extension to the worker. */
export type ToWorker =
  | { readonly type: 'protocol'; readonly message: unknown }
  | { readonly type: 'file'; readonly id: number; readonly text: string }
  | { readonly type: 'unreadable'; readonly id: number; readonly reason: string };

/** From the worker to the extension. */
export type FromWorker =
  | { readonly type: 'protocol'; readonly message: unknown }
  | { readonly type: 'read'; readonly id: number; readonly path: string }
  | { readonly type: 'log'; readonly text: string };

export function readToWorker(value: unknown): ToWorker | undefined {
  const { type, id, text, reason, message } = members(value);
  if (type === 'protocol') return { type, message };
  if (type === 'file' && typeof id === 'number' && typeof text === 'string') return { type, id, text };
  if (type === 'unreadable' && typeof id === 'number' && typeof reason === 'string')
    return { type, id, reason };
  return undefined;
}

export function readFromWorker(value: unknown): FromWorker | undefined {
  const { type, id, path, text, message } = members(value);
  if (type === 'protocol') return { type, message };
  if (type === 'read' && typeof id === 'number' && typeof path === 'string') return { type, id, path };
  if (type === 'log' && typeof text === 'string') return { type, text };
  return undefined;
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
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
