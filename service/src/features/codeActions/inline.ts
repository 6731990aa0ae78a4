import { CodeActionKind } from 'vscode-languageserver-types';
import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { Edit } from '#service/edits.ts';
import { Impossible } from '#service/refactoring/extraction.ts';
import { doesNothing, inlineParallel, inlinePass } from '#service/refactoring/inline.ts';
import type { Offer } from './offer.ts';

/** Takes out a state that is only a way to others: a Parallel with one branch, a Pass that does nothing. */
export function inlineOffers(machine: MachineAnalysis, state: State): Offer[] {
  if (doesNothing(state)) {
    return [offer(`Remove '${state.name}', which does nothing`, inlinePass(machine, state))];
  }
  if (state.type === 'Parallel' && state.branches.length === 1) {
    return [offer(`Inline the branch of '${state.name}'`, inlineParallel(machine, state))];
  }
  return [];
}

function offer(title: string, edits: readonly Edit[] | Impossible): Offer {
  const kind = CodeActionKind.RefactorInline;
  return edits instanceof Impossible
    ? { title, kind, edits: [], refused: edits.reason }
    : { title, kind, edits };
}
