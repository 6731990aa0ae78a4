import {
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type Position,
} from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { Offset } from '#core/text/span.ts';
import { placeAt, type KeyPlace, type ValuePlace } from '#service/place.ts';
import { toOffset } from '#service/toLsp.ts';
import { isEscaped } from '#service/writing.ts';
import { callableCandidates } from './callables.ts';
import type { Candidate } from './candidate.ts';
import { jsonataCompletion, jsonPathCompletion, type ExpressionCompletion } from './expressions.ts';
import { fieldCandidates } from './fields.ts';
import {
  expressionInsertion,
  keyInsertion,
  valueInsertion,
  wholeInsertion,
  type Insertion,
} from './insertion.ts';
import { mockCompletion } from './mocks.ts';
import { parameterCandidates } from './parameters.ts';
import { stateCandidates } from './states.ts';
import { templateCandidates } from './templates.ts';
import { testCompletion } from './tests.ts';
import { valueCandidates } from './values.ts';

/**
 * What could be written at a position; works on text that does not parse at the moment. Templates of the workspace
 * tell the functions and state machines there are (`wantsCallables`).
 */
export function completion(
  analysis: Analysis,
  position: Position,
  templates: readonly Analysis[] = [],
): CompletionList {
  const offset = toOffset(analysis, position);
  if (analysis.source.role === 'mocks') return mockCompletion(analysis, offset);
  if (analysis.source.role === 'tests') return testCompletion(analysis, offset);
  const isDefinition = analysis.source.role === undefined || analysis.source.role === 'definition';
  if (isDefinition && (analysis.syntax.root === undefined || isBareWord(analysis))) {
    return list(templateCandidates(analysis.translate), wholeInsertion(analysis));
  }
  const machine = analysis.machineAt(offset);
  const place = machine && placeAt(machine, offset);
  if (!place) return list([], undefined);
  if (place.kind === 'key') {
    if (isEscaped(machine)) return list([], undefined);
    return list(keyCandidates(place), keyInsertion(analysis, place, offset));
  }
  const written = writtenBefore(place, offset);
  const inside = expressionCompletion(place, written, machine.expressions.at(offset));
  if (inside) {
    return list(inside.candidates, expressionInsertion(analysis, place, offset, inside.length));
  }
  if (isEscaped(machine)) return list([], undefined);
  const all = [...callableCandidates(place, templates), ...valueCandidates(place, written)];
  const candidates = all.length > mostCandidates ? bestOf(all, written) : all;
  const isPartial = place.field?.value.is === 'resource' || candidates.length < all.length;
  return list(candidates, valueInsertion(analysis, place, offset), isPartial);
}

/** More would take the editor longer than the user; it asks again while the word is typed. */
const mostCandidates = 1000;

/** The first by their rank of those that hold the letters typed, in this order. */
function bestOf(candidates: readonly Candidate[], written: string): readonly Candidate[] {
  const letters = written.toLowerCase();
  return candidates
    .filter(({ label }) => holdsLetters(label.toLowerCase(), letters))
    .toSorted((left, right) => left.rank - right.rank)
    .slice(0, mostCandidates);
}

function holdsLetters(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** A document that holds nothing but the beginning of a word. */
function isBareWord({ source }: Analysis): boolean {
  return source.text.length < 100 && /^\s*[\w ]*\s*$/.test(source.text);
}

function keyCandidates(place: KeyPlace): Candidate[] {
  switch (place.container.kind) {
    case 'fields':
      return fieldCandidates(place, place.container);
    case 'states':
      return stateCandidates(place);
    case 'data':
      return parameterCandidates(place);
  }
}

/** The text of the string up to the cursor; empty where no string stands. */
function writtenBefore({ value }: ValuePlace, offset: Offset): string {
  return value?.kind === 'string' ? value.value.slice(0, value.indexOf(offset)) : '';
}

/** Suggestions for a part of a string, where the string is an expression. */
function expressionCompletion(
  place: ValuePlace,
  written: string,
  site: ExpressionSite | undefined,
): ExpressionCompletion | undefined {
  const { field, value, property, language } = place;
  if (value?.kind !== 'string' || !field) return undefined;
  if (language === 'JSONata') {
    return written.startsWith('{%') && takesJsonata(place)
      ? jsonataCompletion(place, written.slice(2), site)
      : undefined;
  }
  switch (field.value.is) {
    case 'path':
    case 'referencePath':
      return jsonPathCompletion(place, written, { functions: false, onlyInput: false, site });
    case 'comparand':
      return field.value.path
        ? jsonPathCompletion(place, written, { functions: false, onlyInput: false, site })
        : undefined;
    case 'resultPath':
      return jsonPathCompletion(place, written, { functions: false, onlyInput: true, site });
    case 'pathOrIntrinsic':
      return jsonPathCompletion(place, written, { functions: true, onlyInput: false, site });
    case 'payloadTemplate':
    case 'assign':
      return property?.key.value.endsWith('.$') === true
        ? jsonPathCompletion(place, written, { functions: true, onlyInput: false, site })
        : undefined;
    default:
      return undefined;
  }
}

function takesJsonata({ field }: ValuePlace): boolean {
  switch (field?.value.is) {
    case 'text':
    case 'stateName':
    case 'resource':
    case 'errorNames':
    case undefined:
      return false;
    default:
      return true;
  }
}

function list(
  candidates: readonly Candidate[],
  insertion: Insertion | undefined,
  isIncomplete = false,
): CompletionList {
  if (!insertion) return { isIncomplete: false, items: [] };
  return { isIncomplete, items: candidates.map((candidate, index) => toItem(candidate, index, insertion)) };
}

function toItem(candidate: Candidate, index: number, insertion: Insertion): CompletionItem {
  const written = insertion.write(candidate);
  const command = commandAfter(candidate);
  const additional = [...insertion.additionalTextEdits, ...insertion.also(candidate.edits ?? [])];
  return {
    label: candidate.label,
    kind: candidate.kind,
    sortText: `${candidate.rank}${String(index).padStart(5, '0')}`,
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
    ...(additional.length > 0 && { additionalTextEdits: additional }),
    ...(command && { command }),
  };
}

/** What VS Code does next; other editors do not know these commands and leave them. */
function commandAfter(candidate: Candidate): CompletionItem['command'] {
  if (candidate.suggestNext === true) return { title: 'Suggest', command: 'editor.action.triggerSuggest' };
  if (candidate.call === 'arguments') {
    return { title: 'Show parameters', command: 'editor.action.triggerParameterHints' };
  }
  return undefined;
}
