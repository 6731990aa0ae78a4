import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { isDeferred } from '#core/syntax/node.ts';

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
  for (const { target } of state.transitions) {
    if (!state.scope.stateByName.has(target.value)) return false;
  }
  let hasNext = false;
  for (const { key, value } of state.node.properties) {
    switch (key.value) {
      case 'Next':
        if (value?.kind !== 'string') return false;
        hasNext = true;
        break;
      case 'End':
        if (value?.kind !== 'boolean') return false;
        break;
      case 'Choices':
      case 'Catch':
        if (value && (isDeferred(value) || (value.kind === 'array' && value.items.some(isDeferred))))
          return false;
        break;
    }
  }
  if (state.type === 'Choice') {
    return state.rules.length > 0 && state.rules.every(({ next: target }) => target !== undefined);
  }
  return state.isTerminal || hasNext;
}
