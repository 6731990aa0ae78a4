import type { Pointer } from '#core/model/pointer.ts';
import type { GraphDrawing } from './graph.ts';

/**
 * What client and server say to each other beyond the Language Server Protocol.
 *
 * Positions are LSP's: zero-based lines and UTF-16 code units.
 */

export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A state of a document; `machine` counts the definitions of the file, 0 being the first. */
export interface StateId {
  readonly machine: number;
  readonly state: Pointer;
}

/** Request: where a state stands. */
export const spanOfState = 'stepwise/spanOfState';
export interface SpanOfStateParams extends StateId {
  readonly textDocument: { readonly uri: string };
}
export interface SpanOfStateResult {
  readonly version: number;
  /** Name and definition. */
  readonly range: Range;
  /** The name alone, as it is written in the key. */
  readonly nameRange: Range;
}

/** Request: the innermost state at a position. */
export const stateAt = 'stepwise/stateAt';
export interface StateAtParams {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}
export interface StateAtResult extends StateId {
  readonly version: number;
}

/** Request: the drawing of a state machine of a document. */
export const graph = 'stepwise/graph';
export interface GraphParams {
  readonly textDocument: { readonly uri: string };
  /** Which of the file's definitions; 0 is the first. */
  readonly machine: number;
  readonly direction: 'TB' | 'LR';
  /** Pointers of the Parallel and Map states whose inside is hidden. */
  readonly collapsed: readonly Pointer[];
}
export interface GraphResult {
  readonly version: number;
  /** Names of the file's definitions, to choose between. */
  readonly machines: readonly string[];
  /** Absent where the file holds no states to draw. */
  readonly drawing: GraphDrawing | undefined;
  /** Why the text cannot be read now; then an older drawing is worth more than this one. */
  readonly broken: { readonly line: number; readonly message: string } | undefined;
}

/** Request of the server in a worker, which cannot read files: the text of one of the product's own, below `assets/`. */
export const readAsset = 'stepwise/readAsset';
export interface ReadAssetParams {
  readonly path: string;
}
export function isReadAssetParams(value: unknown): value is ReadAssetParams {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    /^[\w-]+(?:\/[\w-]+)*\.\w+$/.test(value.path)
  );
}
