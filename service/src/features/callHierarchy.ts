import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Position,
} from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { StateReference } from '#core/analysis/references.ts';
import type { State } from '#core/model/stateMachine.ts';
import { headline } from '#service/describeState.ts';
import { contentSpan, symbolAt } from '#service/symbolAt.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/** The state at a position, as the root of who leads here and where it leads. */
export function prepareCallHierarchy(analysis: Analysis, position: Position): CallHierarchyItem[] | null {
  const offset = toOffset(analysis, position);
  const symbol = symbolAt(analysis, offset);
  if (symbol?.kind === 'state') return [itemOf(symbol.machine, symbol.state)];
  const machine = analysis.machineAt(offset);
  const state = machine?.stateAt(offset);
  return machine && state ? [itemOf(machine, state)] : null;
}

/** The states that lead to the item's, with the places that say so. */
export function incomingCalls(analysis: Analysis, item: CallHierarchyItem): CallHierarchyIncomingCall[] {
  const found = stateOf(analysis, item);
  if (!found) return [];
  const { machine, state } = found;
  return [...groupBy(machine.flow.predecessors(state), ({ from }) => from)].map(([from, references]) => ({
    from: itemOf(machine, from),
    fromRanges: references.map(({ node }) => toRange(analysis, contentSpan(node))),
  }));
}

/** The states that the item's leads to. */
export function outgoingCalls(analysis: Analysis, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  const found = stateOf(analysis, item);
  if (!found) return [];
  const { machine, state } = found;
  return [...groupBy(machine.flow.successors(state), ({ to }) => to)].map(([to, references]) => ({
    to: itemOf(machine, to),
    fromRanges: references.map(({ node }) => toRange(analysis, contentSpan(node))),
  }));
}

function groupBy(
  references: readonly StateReference[],
  stateOfReference: (reference: StateReference) => State | undefined,
): Map<State, StateReference[]> {
  const groups = new Map<State, StateReference[]>();
  for (const reference of references) {
    const state = stateOfReference(reference);
    if (!state) continue;
    const group = groups.get(state);
    if (group) group.push(reference);
    else groups.set(state, [reference]);
  }
  return groups;
}

function itemOf(machine: MachineAnalysis, state: State): CallHierarchyItem {
  const { analysis } = machine;
  return {
    name: state.name,
    detail: headline(machine, state),
    kind: SymbolKind.Function,
    uri: analysis.source.uri,
    range: toRange(analysis, state.property),
    selectionRange: toRange(analysis, contentSpan(state.key)),
    data: { machine: analysis.machines.indexOf(machine), state: state.pointer },
  };
}

function stateOf(
  analysis: Analysis,
  { data }: CallHierarchyItem,
): { readonly machine: MachineAnalysis; readonly state: State } | undefined {
  const id: unknown = data;
  if (typeof id !== 'object' || id === null || !('machine' in id) || !('state' in id)) return undefined;
  const machine = analysis.machines[Number(id.machine)];
  const state = machine?.machine.states.find(({ pointer }) => pointer === id.state);
  return machine && state ? { machine, state } : undefined;
}
