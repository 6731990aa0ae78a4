import { CompletionItemKind } from 'vscode-languageserver-types';
import { stateTypes } from '#core/language/values.ts';
import type { ValuePlace } from '#service/place.ts';
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

const typeDocs: readonly (readonly [string, string])[] = [
  ['Task', 'Does work: calls a Lambda function, an AWS API or another service, and waits for the result.'],
  ['Choice', 'Goes on to one of several states, by rules on the input.'],
  ['Pass', 'Passes its input on, changed by a template if wanted; calls nothing.'],
  ['Wait', 'Waits for some seconds or until a time.'],
  ['Map', 'Runs a state machine for each item of an array or data set.'],
  ['Parallel', 'Runs several branches at the same time and gives an array of their outputs.'],
  ['Succeed', 'Ends the state machine, branch or iteration successfully.'],
  ['Fail', 'Ends the execution with an error name and a cause.'],
];

function typeCandidates(): Candidate[] {
  return typeDocs.map(([label, documentation]) => ({
    label,
    kind: CompletionItemKind.Class,
    rank: 1,
    documentation,
  }));
}
