import type { Scope, State, StateMachine } from '#core/model/stateMachine.ts';
import { cyclesIn } from './cycles.ts';
import type { References, StateReference } from './references.ts';
import { runsByOwner } from './runs.ts';

/** The control flow: which state can follow which. An edge is a reference that leads somewhere. */
export interface Flow {
  successors(state: State): readonly StateReference[];
  predecessors(state: State): readonly StateReference[];
  /** Whether an execution that starts at the scope's `StartAt` can come to the state within its scope. */
  isReachable(state: State): boolean;
  /** The states of a scope as an execution meets them: StartAt first, happy path before Catch; unreachable ones last. */
  inFlowOrder(scope: Scope): readonly State[];
  /** The loops of a scope: groups of states each of which leads to all others of its group, or to itself. */
  cyclesIn(scope: Scope): readonly (readonly State[])[];
}

export function analyzeFlow(machine: StateMachine, references: References): Flow {
  const edges = references.all.filter(({ from, to }) => from && to);
  const successors = runsByOwner(edges, ({ from }) => from);
  const reachable = new Set<State>();
  const order = new Map<Scope, readonly State[]>();
  for (const scope of machine.scopes) {
    const start = scope.startAt && scope.stateByName.get(scope.startAt.value);
    const met = start ? visit(start, state => successors.get(state) ?? []) : [];
    for (const state of met) reachable.add(state);
    order.set(
      scope,
      met.length === scope.states.length
        ? met
        : [...met, ...scope.states.filter(state => !reachable.has(state))],
    );
  }
  const successorsOf = (state: State): readonly StateReference[] => successors.get(state) ?? [];
  const cycles = new Map<Scope, readonly (readonly State[])[]>();
  return {
    successors: successorsOf,
    predecessors: state => references.referencesTo(state).filter(reference => reference.from !== undefined),
    isReachable: state => reachable.has(state),
    inFlowOrder: scope => order.get(scope) ?? scope.states,
    cyclesIn(scope) {
      let known = cycles.get(scope);
      if (!known) cycles.set(scope, (known = cyclesIn(scope, successorsOf)));
      return known;
    },
  };
}

/** Depth first, without recursion: a definition may be a chain of ten thousand states. */
function visit(start: State, successors: (state: State) => readonly StateReference[]): readonly State[] {
  const met = new Set<State>();
  const open: State[] = [start];
  for (let state = open.pop(); state; state = open.pop()) {
    if (met.has(state)) continue;
    met.add(state);
    for (const { to } of successors(state).toReversed()) if (to && !met.has(to)) open.push(to);
  }
  return [...met];
}
