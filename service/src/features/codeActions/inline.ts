import { CodeActionKind } from 'vscode-languageserver-types';
import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { State } from '#core/model/stateMachine.ts';
import { inWords } from '#core/text/message.ts';
import type { Edit } from '#service/edits.ts';
import { Impossible } from '#service/refactoring/extraction.ts';
import { doesNothing, inlineParallel, inlinePass } from '#service/refactoring/inline.ts';
import { inlineMachine, runsMachine } from '#service/refactoring/inlineMachine.ts';
import type { Offer } from './offer.ts';

/**
 * Takes out a state that is only a way to others: a Parallel with one branch, a Pass that does nothing, a Task that
 * runs another state machine, if that is known.
 */
export function inlineOffers(
  machine: MachineAnalysis,
  state: State,
  called: MachineAnalysis | undefined,
): Offer[] {
  const { translate } = machine.analysis;
  if (doesNothing(state)) {
    const title = translate("Remove '{0}', which does nothing", state.name);
    return [offer(machine, title, inlinePass(machine, state))];
  }
  if (state.type === 'Parallel' && state.branches.length === 1) {
    const title = translate("Inline the branch of '{0}'", state.name);
    return [offer(machine, title, inlineParallel(machine, state))];
  }
  if (called && runsMachine(state)) {
    const title = translate("Inline the state machine that '{0}' runs", state.name);
    return [offer(machine, title, inlineMachine(machine, state, called))];
  }
  return [];
}

function offer({ analysis }: MachineAnalysis, title: string, edits: readonly Edit[] | Impossible): Offer {
  const kind = CodeActionKind.RefactorInline;
  return edits instanceof Impossible
    ? { title, kind, edits: [], refused: inWords(edits.reason, analysis.translate) }
    : { title, kind, edits };
}
