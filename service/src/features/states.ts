import type { Position, Range } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/** Which state machine of the file, counted from 0, and which of its states. */
export interface StateId {
  readonly machine: number;
  readonly state: Pointer;
}

/** The innermost state at a position, for whatever follows the cursor. */
export function stateIdAt(
  analysis: Analysis,
  position: Position,
): (StateId & { readonly version: number }) | null {
  const offset = toOffset(analysis, position);
  const machine = analysis.machineAt(offset);
  const state = machine?.stateAt(offset);
  if (!machine || !state) return null;
  return {
    version: analysis.source.version,
    machine: analysis.machines.indexOf(machine),
    state: state.pointer,
  };
}

/** Where a state stands; `null` when the file has no such state any more. */
export function spanOfState(
  analysis: Analysis,
  id: StateId,
): { readonly version: number; readonly range: Range; readonly nameRange: Range } | null {
  const states = analysis.machines[id.machine]?.machine.states;
  const state = states?.find(candidate => candidate.pointer === id.state);
  if (!state) return null;
  return {
    version: analysis.source.version,
    range: toRange(analysis, state.property),
    nameRange: toRange(analysis, state.key),
  };
}
