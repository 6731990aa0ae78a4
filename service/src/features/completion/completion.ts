import {
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type Position,
} from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { placeAt, type Place } from '#service/place.ts';
import { toOffset } from '#service/toLsp.ts';
import type { Candidate } from './candidate.ts';
import { fieldCandidates } from './fields.ts';
import { keyInsertion, valueInsertion, type Insertion } from './insertion.ts';
import { valueCandidates } from './values.ts';

/** What could be written at a position; works on text that does not parse at the moment. */
export function completion(analysis: Analysis, position: Position): CompletionList {
  const offset = toOffset(analysis, position);
  const machine = analysis.machineAt(offset);
  const place = machine && placeAt(machine, offset);
  if (!place) return { isIncomplete: false, items: [] };
  const insertion =
    place.kind === 'key' ? keyInsertion(analysis, place, offset) : valueInsertion(analysis, place, offset);
  return {
    isIncomplete: false,
    items: candidatesAt(place).map((candidate, index) => toItem(candidate, index, insertion)),
  };
}

function candidatesAt(place: Place): Candidate[] {
  if (place.kind === 'value') return valueCandidates(place);
  switch (place.container.kind) {
    case 'fields':
      return fieldCandidates(place, place.container);
    case 'states':
    case 'data':
      return [];
  }
}

function toItem(candidate: Candidate, index: number, insertion: Insertion): CompletionItem {
  const written = insertion.write(candidate);
  return {
    label: candidate.label,
    kind: candidate.kind,
    sortText: `${candidate.rank}${String(index).padStart(4, '0')}`,
    filterText: written.filterText,
    textEdit: { range: insertion.range, newText: written.newText },
    insertTextFormat: InsertTextFormat.Snippet,
    insertTextMode: InsertTextMode.adjustIndentation,
    ...(candidate.detail !== undefined && { detail: candidate.detail }),
    ...(candidate.description !== undefined && { labelDetails: { description: candidate.description } }),
    ...(candidate.documentation !== undefined && {
      documentation: { kind: MarkupKind.Markdown, value: candidate.documentation },
    }),
    ...(candidate.deprecated === true && { deprecated: true }),
    ...(insertion.additionalTextEdits.length > 0 && {
      additionalTextEdits: [...insertion.additionalTextEdits],
    }),
    ...(candidate.suggestNext === true && {
      command: { title: 'Suggest', command: 'editor.action.triggerSuggest' },
    }),
  };
}
