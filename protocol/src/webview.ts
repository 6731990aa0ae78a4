import { isExecutionView, type ExecutionView } from './execution.ts';
import type { GraphDrawing } from './graph.ts';
import { members } from './members.ts';

/*
 * What the extension and the graph's page say to each other. Each message carries the sequence number
 * of the drawing it is about, so that one that comes late is dropped.
 */

/** How the picture is laid out; kept for each document. */
export interface Layout {
  /** Which of the file's state machines is drawn. */
  readonly machine: number;
  readonly direction: 'TB' | 'LR';
  /** Pointers of the Parallel and Map states whose inside is hidden; absent until the user has chosen. */
  readonly collapsed?: readonly string[];
}

/** From the extension to the page. */
export type ToPage =
  | {
      readonly type: 'drawing';
      readonly sequence: number;
      /** Of the document; kept by the page so that the panel finds it after a reload of the window. */
      readonly uri: string;
      readonly title: string;
      readonly drawing: GraphDrawing;
      readonly layout: Layout;
      /** Names of the file's state machines, to choose between. */
      readonly machines: readonly string[];
      /** Something to tell about the drawing, e.g. that containers were collapsed; may be empty. */
      readonly note: string;
    }
  /** The text cannot be read now; the drawing stays and says so. */
  | { readonly type: 'stale'; readonly line: number; readonly message: string }
  /** There is nothing to draw, and why. */
  | { readonly type: 'empty'; readonly message: string }
  /** The state the cursor is in; none when it is outside of all. */
  | { readonly type: 'cursor'; readonly state: string | undefined }
  /** States with an enabled breakpoint. */
  | { readonly type: 'breakpoints'; readonly states: readonly string[] }
  /**
   * The execution to lay over the drawing; none ends the overlay. One that is debugged or recorded can be looked
   * through; of one that is gone nothing but this picture is left.
   */
  | {
      readonly type: 'execution';
      readonly view: ExecutionView | undefined;
      readonly source: 'live' | 'recorded' | 'gone';
    }
  /** Asks for a picture; it comes as `export`. */
  | { readonly type: 'export'; readonly format: 'svg' | 'png'; readonly scale: number }
  /** What a test run has covered, to lay over the drawing; none ends that overlay. */
  | { readonly type: 'coverage'; readonly coverage: Coverage | undefined };

/** How often a test run came through each state and edge; what it never met is absent. */
export interface Coverage {
  readonly states: Readonly<Record<string, number>>;
  readonly taken: Readonly<Record<string, number>>;
}

/** What the menu of a state offers, beyond what the page does itself. */
export const stateCommands = [
  'rename',
  'copyName',
  'toggleBreakpoint',
  'setNextState',
  'runFromHere',
] as const;
export type StateCommand = (typeof stateCommands)[number];

export const exportFormats = ['svg', 'png', 'print'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Pixels of a side that a PNG has at most: Chromium draws no larger ones. */
export const largestPng = 16_000;

export const copyFormats = ['svg', 'png', 'mermaid'] as const;
export type CopyFormat = (typeof copyFormats)[number];

/** From the page to the extension. */
export type FromPage =
  /** The page can receive; answered with everything it needs. */
  | { readonly type: 'ready' }
  | { readonly type: 'drawn'; readonly sequence: number; readonly milliseconds: number }
  | { readonly type: 'failed'; readonly sequence: number; readonly message: string }
  /** A state was clicked: show it in the editor, beside if so wished. */
  | { readonly type: 'reveal'; readonly state: string; readonly beside: boolean }
  | { readonly type: 'command'; readonly command: StateCommand; readonly state: string }
  | { readonly type: 'layout'; readonly layout: Layout }
  /** Another moment of the execution, by its place in the recording. */
  | { readonly type: 'seek'; readonly position: number }
  /** One iteration of a Map state to look at, counted from 0; none for all of them together. */
  | { readonly type: 'iteration'; readonly state: string; readonly index: number | undefined }
  /** Ends the overlay of a finished execution. */
  | { readonly type: 'clearExecution' }
  /** A picture to save or print: text, or for PNG base64. */
  | { readonly type: 'export'; readonly format: ExportFormat; readonly content: string }
  /** A PNG is wanted; the extension asks how large, and then for it. In pixels, not enlarged. */
  | { readonly type: 'savePng'; readonly width: number; readonly height: number }
  /**
   * For the clipboard: the text of an SVG. A PNG is there already, as a page can put it there and an extension
   * cannot; Mermaid's text is written by the extension. Both come without content.
   */
  | { readonly type: 'copy'; readonly format: CopyFormat; readonly content: string };

/** Reads a message of the page; anything else gives nothing. */
export function readFromPage(value: unknown): FromPage | undefined {
  const message = members(value);
  const { type, sequence, state, milliseconds, command, format, content, position } = message;
  switch (type) {
    case 'ready':
      return { type };
    case 'drawn':
      return typeof sequence === 'number' && typeof milliseconds === 'number'
        ? { type, sequence, milliseconds }
        : undefined;
    case 'failed':
      return typeof sequence === 'number' && typeof message['message'] === 'string'
        ? { type, sequence, message: message['message'] }
        : undefined;
    case 'reveal':
      return typeof state === 'string' ? { type, state, beside: message['beside'] === true } : undefined;
    case 'command': {
      const known = stateCommands.find(name => name === command);
      return known && typeof state === 'string' ? { type, command: known, state } : undefined;
    }
    case 'layout': {
      const layout = readLayout(message['layout']);
      return layout && { type, layout };
    }
    case 'seek':
      return typeof position === 'number' ? { type, position } : undefined;
    case 'iteration': {
      const { index } = message;
      return typeof state === 'string' && (index === undefined || typeof index === 'number')
        ? { type, state, index }
        : undefined;
    }
    case 'clearExecution':
      return { type };
    case 'export': {
      const known = exportFormats.find(name => name === format);
      return known && typeof content === 'string' ? { type, format: known, content } : undefined;
    }
    case 'copy': {
      const known = copyFormats.find(name => name === format);
      return known && typeof content === 'string' ? { type, format: known, content } : undefined;
    }
    case 'savePng': {
      const { width, height } = message;
      return typeof width === 'number' && typeof height === 'number' ? { type, width, height } : undefined;
    }
    default:
      return undefined;
  }
}

/** Reads a message of the extension; anything else gives nothing. */
export function readToPage(value: unknown): ToPage | undefined {
  const message = members(value);
  const { type, state } = message;
  switch (type) {
    case 'drawing': {
      const layout = readLayout(message['layout']);
      if (typeof message['sequence'] !== 'number' || !isDrawing(message['drawing']) || !layout)
        return undefined;
      return {
        type,
        sequence: message['sequence'],
        uri: text(message['uri']),
        title: text(message['title']),
        drawing: message['drawing'],
        layout,
        machines: strings(message['machines']),
        note: text(message['note']),
      };
    }
    case 'stale':
      return typeof message['line'] === 'number' && typeof message['message'] === 'string'
        ? { type, line: message['line'], message: message['message'] }
        : undefined;
    case 'empty':
      return typeof message['message'] === 'string' ? { type, message: message['message'] } : undefined;
    case 'cursor':
      return state === undefined || typeof state === 'string' ? { type, state } : undefined;
    case 'breakpoints':
      return Array.isArray(message['states']) ? { type, states: strings(message['states']) } : undefined;
    case 'export': {
      const { format, scale } = message;
      const isKnown = (format === 'svg' || format === 'png') && typeof scale === 'number';
      return isKnown ? { type, format, scale } : undefined;
    }
    case 'coverage': {
      const { coverage } = message;
      if (coverage === undefined) return { type, coverage };
      const { states, taken } = members(coverage);
      return { type, coverage: { states: counts(states), taken: counts(taken) } };
    }
    case 'execution': {
      const { view, source } = message;
      if (source !== 'live' && source !== 'recorded' && source !== 'gone') return undefined;
      return view === undefined || isExecutionView(view) ? { type, view, source } : undefined;
    }
    default:
      return undefined;
  }
}

/** Reads a layout, from a message or from what was remembered. */
export function readLayout(value: unknown): Layout | undefined {
  const { machine, direction, collapsed } = members(value);
  if (typeof machine !== 'number' || (direction !== 'TB' && direction !== 'LR')) return undefined;
  return { machine, direction, ...(Array.isArray(collapsed) && { collapsed: strings(collapsed) }) };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

function counts(value: unknown): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(members(value)).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isDrawing(value: unknown): value is GraphDrawing {
  if (typeof value !== 'object' || value === null) return false;
  const { text, nodes, edges, collapsed } = value as Partial<Record<keyof GraphDrawing, unknown>>;
  return (
    typeof text === 'string' &&
    Array.isArray(nodes) &&
    nodes.every(isDrawnNode) &&
    Array.isArray(edges) &&
    edges.every(isDrawnEdge) &&
    Array.isArray(collapsed)
  );
}

function isDrawnNode(value: unknown): boolean {
  const { id, name, kind, title, details } = members(value);
  return (
    [id, name, kind, title].every(member => typeof member === 'string') &&
    Array.isArray(details) &&
    details.every(detail => typeof detail === 'string')
  );
}

function isDrawnEdge(value: unknown): boolean {
  const { id, name, from, to, kind, label, description } = members(value);
  return [id, name, from, to, kind, label, description].every(member => typeof member === 'string');
}
