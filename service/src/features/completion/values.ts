import { CompletionItemKind } from 'vscode-languageserver-types';
import { stateTypes } from '#core/language/values.ts';
import type { ValuePlace } from '#service/place.ts';
import { typeDescriptions } from '#service/typeDescriptions.ts';
import type { Candidate } from './candidate.ts';
import { stateNameCandidates } from './stateNames.ts';

/** What may stand behind a field of the specification. */
export function valueCandidates(place: ValuePlace): Candidate[] {
  const { field } = place;
  if (!field) return [];
  switch (field.value.is) {
    case 'stateName':
      return stateNameCandidates(place);
    case 'oneOf':
      return field.value.values === stateTypes
        ? typeCandidates()
        : field.value.values.map(value => ({
            label: value,
            kind: CompletionItemKind.EnumMember,
            rank: 1,
            documentation: field.doc,
          }));
    case 'boolean':
    case 'flag':
      return [true, false].map((value, rank) => ({
        label: String(value),
        kind: CompletionItemKind.Value,
        rank,
        draft: value,
      }));
    default:
      return [];
  }
}

function typeCandidates(): Candidate[] {
  return typeDescriptions.map(({ type, doc }) => ({
    label: type,
    kind: CompletionItemKind.Class,
    rank: 1,
    documentation: doc,
  }));
}
