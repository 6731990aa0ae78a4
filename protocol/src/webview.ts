import { isExecutionView, type ExecutionView } from './execution.ts';
import type { GraphDrawing } from './graph.ts';

/*
 * What the extension and the graph's page say to each other. Each message carries the sequence number
 * of the drawing it is about, so that one that comes late is dropped.
 */

/** From the extension to the page. */
export type ToPage =
  | {
      readonly type: 'drawing';
      readonly sequence: number;
      /** Of the document; kept by the page so that the panel finds it after a reload of the window. */
      readonly uri: string;
      readonly title: string;
      readonly drawing: GraphDrawing;
    }
  /** The text cannot be read now; the drawing stays and says so. */
  | { readonly type: 'stale'; readonly line: number; readonly message: string }
  /** There is nothing to draw, and why. */
  | { readonly type: 'empty'; readonly message: string }
  /** The state the cursor is in; none when it is outside of all. */
  | { readonly type: 'cursor'; readonly state: string | undefined }
  /** States with an enabled breakpoint. */
  | { readonly type: 'breakpoints'; readonly states: readonly string[] }
  /** The execution to lay over the drawing; none ends the overlay. */
  | { readonly type: 'execution'; readonly view: ExecutionView | undefined };

/** From the page to the extension. */
export type FromPage =
  /** The page can receive; answered with everything it needs. */
  | { readonly type: 'ready' }
  | { readonly type: 'drawn'; readonly sequence: number; readonly milliseconds: number }
  | { readonly type: 'failed'; readonly sequence: number; readonly message: string }
  /** A state was clicked: show it in the editor, beside if so wished. */
  | { readonly type: 'reveal'; readonly state: string; readonly beside: boolean }
  | { readonly type: 'toggleBreakpoint'; readonly state: string };

/** Reads a message of the page; anything else gives nothing. */
export function readFromPage(value: unknown): FromPage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Readonly<Record<string, unknown>>;
  const { type, sequence, state } = message;
  switch (type) {
    case 'ready':
      return { type };
    case 'drawn':
      return typeof sequence === 'number' && typeof message['milliseconds'] === 'number'
        ? { type, sequence, milliseconds: message['milliseconds'] }
        : undefined;
    case 'failed':
      return typeof sequence === 'number' && typeof message['message'] === 'string'
        ? { type, sequence, message: message['message'] }
        : undefined;
    case 'reveal':
      return typeof state === 'string' ? { type, state, beside: message['beside'] === true } : undefined;
    case 'toggleBreakpoint':
      return typeof state === 'string' ? { type, state } : undefined;
    default:
      return undefined;
  }
}

/** Reads a message of the extension; anything else gives nothing. */
export function readToPage(value: unknown): ToPage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Readonly<Record<string, unknown>>;
  const { type, state } = message;
  switch (type) {
    case 'drawing':
      return typeof message['sequence'] === 'number' && isDrawing(message['drawing'])
        ? {
            type,
            sequence: message['sequence'],
            uri: text(message['uri']),
            title: text(message['title']),
            drawing: message['drawing'],
          }
        : undefined;
    case 'stale':
      return typeof message['line'] === 'number' && typeof message['message'] === 'string'
        ? { type, line: message['line'], message: message['message'] }
        : undefined;
    case 'empty':
      return typeof message['message'] === 'string' ? { type, message: message['message'] } : undefined;
    case 'cursor':
      return state === undefined || typeof state === 'string' ? { type, state } : undefined;
    case 'breakpoints':
      return Array.isArray(message['states'])
        ? { type, states: message['states'].filter(item => typeof item === 'string') }
        : undefined;
    case 'execution':
      return message['view'] === undefined || isExecutionView(message['view'])
        ? { type, view: message['view'] }
        : undefined;
    default:
      return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isDrawing(value: unknown): value is GraphDrawing {
  if (typeof value !== 'object' || value === null) return false;
  const { text, nodes, edges } = value as Partial<Record<keyof GraphDrawing, unknown>>;
  return typeof text === 'string' && Array.isArray(nodes) && Array.isArray(edges);
}
