import { child, type Pointer } from '#core/model/pointer.ts';
import type { Transition } from '#core/model/stateMachine.ts';
import type { EdgeId, NodeId } from './graph.ts';

/*
 * The only place that makes ids of the graph. A state's id is its pointer, so that the debugger, the
 * editor and the page speak of the same thing; marks append a word that no pointer can end with.
 */

export function stateNodeId(state: Pointer): NodeId {
  return state;
}

export function markNodeId(kind: 'start' | 'end' | 'fork', at: Pointer): NodeId {
  return `${at}#${kind}`;
}

export function missingNodeId(scope: Pointer, name: string): NodeId {
  return `${child(scope, name)}#missing`;
}

/** The edge that a transition of a state draws. */
export function transitionEdgeId(
  state: Pointer,
  { kind, index }: Pick<Transition, 'kind' | 'index'>,
): EdgeId {
  return kind === 'Choice' || kind === 'Catch' ? `${state}#${kind}/${index}` : `${state}#${kind}`;
}

/** The edge from a mark, or to one. */
export function markEdgeId(from: NodeId, to: NodeId): EdgeId {
  return `${from}>${to}`;
}
