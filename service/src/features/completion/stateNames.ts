import { CompletionItemKind } from 'vscode-languageserver-types';
import type { State } from '#core/model/stateMachine.ts';
import type { ValuePlace } from '#service/place.ts';
import type { Candidate } from './candidate.ts';

/** The states a transition may lead to: those that nothing leads to yet first, the current one last. */
export function stateNameCandidates(place: ValuePlace): Candidate[] {
  const { machine, scope, state: current } = place;
  const { translate } = machine.analysis;
  const start = scope.startAt && scope.stateByName.get(scope.startAt.value);
  const rankOf = (state: State): number => {
    if (state === current) return 9;
    if (state !== start && machine.flow.predecessors(state).length === 0) return 1;
    return current !== undefined && state.key.start > current.key.start ? 2 : 3;
  };
  return [...scope.stateByName.values()].map(state => {
    const rank = rankOf(state);
    return {
      label: state.name,
      kind: CompletionItemKind.Reference,
      rank,
      ...(state.type !== 'Unknown' && { description: state.type }),
      ...(rank === 1 && { detail: translate('nothing leads here yet') }),
    };
  });
}
