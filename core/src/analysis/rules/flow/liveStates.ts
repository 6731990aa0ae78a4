import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';

/**
 * The states of a scope from which an end can be reached; all that is unclear counts as an end. Nothing
 * when the scope has no end at all, which is a fault of its own.
 */
export function liveStates(
  scope: Scope,
  { references, flow }: MachineAnalysis,
): ReadonlySet<State> | undefined {
  if (!scope.states.some(state => state.isTerminal)) return undefined;
  const live = new Set<State>();
  const open = scope.states.filter(
    state =>
      state.isTerminal ||
      state.type === 'Unknown' ||
      state.transitions.length === 0 ||
      flow.successors(state).length < state.transitions.length,
  );
  for (let state = open.pop(); state; state = open.pop()) {
    if (live.has(state)) continue;
    live.add(state);
    for (const { from } of references.referencesTo(state)) if (from && !live.has(from)) open.push(from);
  }
  return live;
}

/** Whether all ways from the state lead to itself. */
export function isDeadEnd(state: State, { flow }: MachineAnalysis): boolean {
  const next = flow.successors(state);
  return next.length > 0 && flow.isReachable(state) && next.every(({ to }) => to === state);
}
