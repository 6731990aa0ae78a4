import { CompletionItemKind } from 'vscode-languageserver-types';
import { stateTypes } from '#core/language/values.ts';
import { stops } from '#service/draft.ts';
import { inEachLanguage } from '#service/inEachLanguage.ts';
import type { ValuePlace } from '#service/place.ts';
import { typeDescriptions } from '#service/typeDescriptions.ts';
import type { Candidate } from './candidate.ts';
import { errorNameCandidates } from './errorNames.ts';
import { parameterValueCandidates } from './parameters.ts';
import { resourceCandidates } from './resources.ts';
import { stateNameCandidates } from './stateNames.ts';

/** What may stand as a whole value; `written` is the text up to the cursor. */
export function valueCandidates(place: ValuePlace, written: string): readonly Candidate[] {
  const { field } = place;
  const { translate } = place.machine.analysis;
  if (!field) return [];
  switch (field.value.is) {
    case 'stateName':
      return stateNameCandidates(place);
    case 'oneOf':
      return field.value.values === stateTypes
        ? typeCandidates(translate)
        : field.value.values.map(value => ({
            label: value,
            kind: CompletionItemKind.EnumMember,
            rank: 1,
            documentation: translate(field.doc),
          }));
    case 'resource':
      return resourceCandidates(place, written);
    case 'errorNames':
      return errorNameCandidates(place);
    case 'boolean':
    case 'flag':
      return booleans;
    case 'comparand':
      return field.value.type === 'boolean' && !field.value.path ? booleans : [];
    case 'payloadTemplate':
      return parameterValueCandidates(place);
    case 'jsonataValue':
    case 'jsonataArray':
    case 'condition':
      return [...parameterValueCandidates(place), expressionCandidate(translate)];
    case 'assign':
    case 'number':
    case 'timestamp':
    case 'string':
      return place.language === 'JSONata' ? [expressionCandidate(translate)] : [];
    default:
      return [];
  }
}

const booleans: Candidate[] = [true, false].map((value, rank) => ({
  label: String(value),
  kind: CompletionItemKind.Value,
  rank,
  draft: value,
}));

const expressionCandidate = inEachLanguage((translate): Candidate => ({
  label: '{% … %}',
  kind: CompletionItemKind.Snippet,
  rank: 8,
  detail: translate('JSONata expression'),
  draft: stops('{% $1 %}'),
  suggestNext: true,
}));

const typeCandidates = inEachLanguage(translate =>
  typeDescriptions.map(({ type, doc }): Candidate => ({
    label: type,
    kind: CompletionItemKind.Class,
    rank: 1,
    documentation: translate(doc),
  })),
);
