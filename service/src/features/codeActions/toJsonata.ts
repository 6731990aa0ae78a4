import { CodeActionKind } from 'vscode-languageserver-types';
import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { JsonObject } from '#core/json.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { inWords } from '#core/text/message.ts';
import { contains, touches, type Span } from '#core/text/span.ts';
import { replaceValue } from '#service/edits.ts';
import { machineInJsonata, stateInJsonata } from '#service/jsonata/convertState.ts';
import { Inconvertible } from '#service/jsonata/expressions.ts';
import type { Offer } from './offer.ts';

/**
 * Conversion from JSONPath to JSONata, of the state or at the head of the whole state machine. Where there
 * is no JSONata that gives the same, the offer says why instead.
 */
export function stateToJsonata(machine: MachineAnalysis, state: State): Offer[] {
  if (state.queryLanguage === 'JSONata' || state.type === 'Unknown') return [];
  const title = machine.analysis.translate("Convert '{0}' to JSONata", state.name);
  return [offer(machine, title, stateInJsonata(state), state.node)];
}

export function machineToJsonata(machine: MachineAnalysis, span: Span): Offer[] {
  const { node } = machine.site;
  if (machine.machine.queryLanguage === 'JSONata' || machine.machine.states.length === 0) return [];
  const isAtHead = ['StartAt', 'QueryLanguage', 'Comment', 'States'].some(name => {
    const property = propertyOf(node, name);
    return property && touches(name === 'States' ? property.key : property, span.start);
  });
  if (!isAtHead) return [];
  return [
    offer(
      machine,
      machine.analysis.translate('Convert the state machine to JSONata'),
      machineInJsonata(machine),
      node,
    ),
  ];
}

function offer(
  machine: MachineAnalysis,
  title: string,
  converted: JsonObject | Inconvertible,
  node: State['node'],
): Offer {
  const kind = CodeActionKind.RefactorRewrite;
  const refused =
    converted instanceof Inconvertible
      ? inWords(converted.reason, machine.analysis.translate)
      : commentRefusal(machine, node);
  if (converted instanceof Inconvertible || refused !== undefined) {
    return { title, kind, edits: [], ...(refused !== undefined && { refused }) };
  }
  return { title, kind, edits: [replaceValue(machine, node, converted)] };
}

/** The converted text is written anew, without what stands between the values. */
function commentRefusal({ analysis }: MachineAnalysis, node: State['node']): string | undefined {
  const isCommented = analysis.syntax.comments.some(comment => contains(node, comment));
  return isCommented ? analysis.translate('Its comments would be lost. Take them out first.') : undefined;
}
