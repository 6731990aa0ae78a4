import { CodeActionKind } from 'vscode-languageserver-types';
import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Finding } from '#core/analysis/finding.ts';
import { valueOf } from '#core/syntax/node.ts';
import { addProperty, replaceValue } from '#service/edits.ts';
import type { Offer } from './offer.ts';

/** Silences a rule in one state by a directive in its `Comment`, which survives deployment. */
export function suppress(machine: MachineAnalysis, finding: Finding): Offer | undefined {
  if (finding.severity === 'error' || finding.code.startsWith('json/')) return undefined;
  const byPointer = machine.machine.states.find(({ pointer }) => pointer === finding.state);
  const state = byPointer ?? machine.stateAt(finding.start);
  const node = state?.node ?? machine.site.node;
  const where = state ? `in '${state.name}'` : 'in this state machine';
  const directive = `stepwise-ignore ${finding.code}`;
  const comment = valueOf(node, 'Comment');
  if (comment && comment.kind !== 'string') return undefined;
  const edit = comment
    ? replaceValue(machine, comment, `${comment.value} ${directive}`.trim())
    : addProperty(machine, node, 'Comment', directive);
  return { title: `Ignore ${finding.code} ${where}`, kind: CodeActionKind.QuickFix, edits: [edit], finding };
}
