import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { isDeferred, propertyOf } from '#core/syntax/node.ts';

/**
 * Whether the transitions of a scope are known so well that "nothing leads here" is a fact.
 *
 * A target that does not exist, a placeholder or unreadable text may be the missing link, and is reported itself.
 */
export function isGraphKnown(analysis: MachineAnalysis, scope: Scope): boolean {
  if (scope.startAt === undefined || scope.states.length === 0 || analysis.isBroken(scope.node)) return false;
  if (!scope.stateByName.has(scope.startAt.value)) return false;
  if (scope.statesNode?.properties.length !== scope.states.length) return false;
  return scope.states.every(isOutcomeKnown);
}

function isOutcomeKnown(state: State): boolean {
  if (state.type === 'Unknown') return false;
  if (!state.transitions.every(({ target }) => state.scope.stateByName.has(target.value))) return false;
  const next = propertyOf(state.node, 'Next');
  if (next && next.value?.kind !== 'string') return false;
  const end = propertyOf(state.node, 'End');
  if (end && end.value?.kind !== 'boolean') return false;
  if (isDeferredField(state, 'Choices') || isDeferredField(state, 'Catch')) return false;
  if (state.type === 'Choice') {
    return state.rules.length > 0 && state.rules.every(({ next: target }) => target !== undefined);
  }
  return state.isTerminal || next !== undefined;
}

function isDeferredField(state: State, name: string): boolean {
  const value = propertyOf(state.node, name)?.value;
  if (!value) return false;
  return isDeferred(value) || (value.kind === 'array' && value.items.some(isDeferred));
}
