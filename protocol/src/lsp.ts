import type { Pointer } from '#core/model/pointer.ts';

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
