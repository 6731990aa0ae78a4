import type { Scope, State } from '#core/model/stateMachine.ts';
import type { StateReference } from './references.ts';

/**
 * The loops of a scope: groups of states each of which leads to all others of its group, or to itself.
 *
 * Tarjan's strongly connected components, without recursion: a definition may be a chain of ten thousand states.
 */
export function cyclesIn(
  scope: Scope,
  successors: (state: State) => readonly StateReference[],
): readonly (readonly State[])[] {
  const cycles: State[][] = [];
  const visits = new Map<State, Visit>();
  const open: Visit[] = [];
  const path: Visit[] = [];
  const enter = (state: State): void => {
    const order = visits.size;
    const visit: Visit = { state, edges: successors(state), order, lowest: order, isOpen: true, next: 0 };
    visits.set(state, visit);
    open.push(visit);
    path.push(visit);
  };
  for (const root of scope.states) {
    if (visits.has(root)) continue;
    enter(root);
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const edge = visit.edges[visit.next++];
      if (edge) {
        const known = edge.to && visits.get(edge.to);
        if (known?.isOpen) visit.lowest = Math.min(visit.lowest, known.order);
        else if (edge.to && !known) enter(edge.to);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) parent.lowest = Math.min(parent.lowest, visit.lowest);
      if (visit.lowest === visit.order) {
        const cycle = close(visit, open);
        if (cycle.length > 1 || visit.edges.some(({ to }) => to === visit.state)) cycles.push(cycle);
      }
    }
  }
  return cycles;
}

interface Visit {
  readonly state: State;
  readonly edges: readonly StateReference[];
  readonly order: number;
  /** The earliest open state that can be reached from here. */
  lowest: number;
  isOpen: boolean;
  next: number;
}

/** Takes the states that were opened since `first` off the stack: they all lead back to it. */
function close(first: Visit, open: Visit[]): State[] {
  const cycle: State[] = [];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    visit.isOpen = false;
    cycle.push(visit.state);
    if (visit === first) break;
  }
  return cycle.reverse();
}
