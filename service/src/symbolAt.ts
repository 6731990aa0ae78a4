import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { State } from '#core/model/stateMachine.ts';
import { touches, type Offset, type Span } from '#core/text/span.ts';

/** What the cursor names. Navigation, rename, highlight and hover start here. */
export interface StateSymbol {
  readonly kind: 'state';
  readonly machine: MachineAnalysis;
  readonly state: State;
  /** The text the cursor stands on: the key of the state, or a reference to it. */
  readonly span: Span;
}

export function symbolAt(analysis: Analysis, offset: Offset): StateSymbol | undefined {
  const machine = analysis.machineAt(offset);
  if (!machine) return undefined;
  const reference = machine.references.referenceAt(offset);
  if (reference) {
    return reference.to && { kind: 'state', machine, state: reference.to, span: reference.node };
  }
  const state = machine.stateAt(offset);
  return state && touches(state.key, offset) ? { kind: 'state', machine, state, span: state.key } : undefined;
}
