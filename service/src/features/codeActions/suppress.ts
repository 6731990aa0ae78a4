import { CodeActionKind } from 'vscode-languageserver-types';
import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Finding } from '#core/analysis/finding.ts';
import { valueOf } from '#core/syntax/node.ts';
import { addProperty, replaceValue, type Edit } from '#service/edits.ts';
import type { Offer } from './offer.ts';
import { stateOf } from './repairs.ts';

/** Silences a rule in one state by a directive in its `Comment`, which survives deployment. */
export function suppress(machine: MachineAnalysis, finding: Finding): Offer | undefined {
  if (finding.severity === 'error' || finding.code.startsWith('json/')) return undefined;
  const state = stateOf(machine, finding);
  const node = state?.node ?? machine.site.node;
  const { translate } = machine.analysis;
  const directive = `stepwise-ignore ${finding.code}`;
  const comment = valueOf(node, 'Comment');
  if (comment && comment.kind !== 'string') return undefined;
  const edit = (): Edit =>
    comment
      ? replaceValue(machine, comment, `${comment.value} ${directive}`.trim())
      : addProperty(machine, node, 'Comment', directive);
  return {
    title: state
      ? translate("Ignore {0} in '{1}'", finding.code, state.name)
      : translate('Ignore {0} in this state machine', finding.code),
    kind: CodeActionKind.QuickFix,
    edits: [],
    later: () => ({ edits: [edit()] }),
    finding,
  };
}
