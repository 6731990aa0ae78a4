import { CompletionItemKind } from 'vscode-languageserver-types';
import { errorNames } from '#core/language/errorNames.ts';
import type { State } from '#core/model/stateMachine.ts';
import { innerScopes } from '#core/model/stateMachine.ts';
import { valueOf } from '#core/syntax/node.ts';
import { integrationOf } from '#service/integrations.ts';
import type { ValuePlace } from '#service/place.ts';
import type { Candidate } from './candidate.ts';

/** What `ErrorEquals` may name: what the Fail states inside raise, what mocks throw, what the service does, what the language does. */
export function errorNameCandidates(place: ValuePlace): Candidate[] {
  const { state, machine, container } = place;
  const { translate } = machine.analysis;
  const list = container.kind === 'data' && container.node.kind === 'array' ? container.node.items : [];
  const present = new Set(
    list.flatMap(item => (item.kind === 'string' && item !== place.value ? [item.value] : [])),
  );
  const integration = state && integrationOf(machine.analysis, state.node);
  const raised = state ? errorsRaisedIn(state) : [];
  const thrown = (state && machine.analysis.knowledge.samples?.errorsOf(state)) ?? [];
  const candidates: Candidate[] = [
    ...raised.map((label): Candidate => ({
      label,
      kind: CompletionItemKind.EnumMember,
      rank: 1,
      detail: translate('raised by a Fail state inside'),
    })),
    ...thrown
      .filter(label => !raised.includes(label))
      .map((label): Candidate => ({
        label,
        kind: CompletionItemKind.EnumMember,
        rank: 1,
        detail: translate('thrown by a mock'),
      })),
    ...(integration?.errors ?? [])
      .filter(label => !thrown.includes(label))
      .map((label): Candidate => ({
        label,
        kind: CompletionItemKind.EnumMember,
        rank: 2,
        detail: `${integration?.service ?? ''} ${integration?.action ?? ''}`,
      })),
    ...errorNames
      .filter(({ isCatchable, name }) => isCatchable && !thrown.includes(name))
      .map(({ name, doc }): Candidate => ({
        label: name,
        kind: CompletionItemKind.EnumMember,
        rank: 3,
        documentation: translate(doc),
      })),
  ];
  return candidates.filter(({ label }) => !present.has(label));
}

function errorsRaisedIn(state: State): string[] {
  return innerScopes(state).flatMap(scope =>
    scope.states.flatMap(inner => {
      const error = inner.type === 'Fail' ? valueOf(inner.node, 'Error') : undefined;
      const own = error?.kind === 'string' && !error.value.startsWith('{%') ? [error.value] : [];
      return [...own, ...errorsRaisedIn(inner)];
    }),
  );
}
