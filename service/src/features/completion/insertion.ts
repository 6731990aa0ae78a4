import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { StringNode } from '#core/syntax/node.ts';
import { quote } from '#core/syntax/quote.ts';
import type { Offset, Span } from '#core/text/span.ts';
import type { Format } from '#core/text/source.ts';
import { escapeSnippet, writeDraft, writeDraftProperty, writeNamedProperty } from '#service/draft.ts';
import type { Edit } from '#service/edits.ts';
import type { KeyPlace, ValuePlace } from '#service/place.ts';
import { toRange, toTextEdit } from '#service/toLsp.ts';
import { formatOf } from '#service/writing.ts';
import type { Candidate } from './candidate.ts';

/** How candidates are written at one spot: what they replace, and what has to stand around them. */
export interface Insertion {
  readonly range: Range;
  readonly additionalTextEdits: readonly TextEdit[];
  /** Changes elsewhere that come with a candidate, as the editor wants them. */
  readonly also: (edits: readonly Edit[]) => readonly TextEdit[];
  readonly write: (candidate: Candidate) => { readonly newText: string; readonly filterText: string };
}

/** The insertion of a property: with its value and the commas it needs, or the name alone where a value stands. */
export function keyInsertion(analysis: Analysis, place: KeyPlace, offset: Offset): Insertion {
  const { source } = analysis;
  const format = formatOf(place.machine);
  const { property } = place;
  const span = property ? stringSpan(analysis, property.key, offset) : wordAround(source.text, offset);
  const isNameOnly = property?.colon !== undefined;
  const comma = format === 'json' && !isNameOnly && needsCommaBehind(source.text, span.end) ? ',' : '';
  // The editor repeats the indentation of the line; behind the dash of a YAML list that is two short.
  const lineStart = span.start === 0 ? 0 : source.text.lastIndexOf('\n', span.start - 1) + 1;
  const dashes = /^ *((?:- +)*)/.exec(source.text.slice(lineStart, span.start))?.[1] ?? '';
  const besideDash = format === 'yaml' ? ' '.repeat(dashes.length) : '';
  return {
    range: toRange(analysis, span),
    additionalTextEdits: commaBefore(analysis, place, span.start),
    also: edits => edits.map(edit => toTextEdit(analysis, edit)),
    write: candidate => {
      const name = format === 'json' ? JSON.stringify(candidate.label) : quote(candidate.label, 'plain');
      const newText = isNameOnly ? escapeSnippet(name) : propertyText(candidate, format) + comma;
      return {
        newText: newText.replaceAll('\n', `\n${besideDash}`),
        filterText: filterFor(source.text, span, candidate.label),
      };
    },
  };
}

function propertyText(candidate: Candidate, format: Format): string {
  const draft = candidate.draft ?? '';
  return candidate.name === undefined
    ? writeDraftProperty(candidate.label, draft, format)
    : writeNamedProperty(candidate.name, draft, format);
}

/** The insertion of a whole file in an empty document. */
export function wholeInsertion(analysis: Analysis): Insertion {
  const { source } = analysis;
  const { format } = source;
  return {
    range: toRange(analysis, { start: 0, end: source.text.length }),
    additionalTextEdits: [],
    also: edits => edits.map(edit => toTextEdit(analysis, edit)),
    write: ({ draft, label }) => ({
      newText: `${writeDraft(draft ?? '', format)}\n`,
      filterText: source.text.trim() + label,
    }),
  };
}

/** The insertion of a part of a string: the last `length` characters before the cursor and the rest of the word. */
export function expressionInsertion(
  analysis: Analysis,
  { value }: ValuePlace,
  offset: Offset,
  length: number,
): Insertion {
  const { text } = analysis.source;
  const node = value?.kind === 'string' ? value : undefined;
  const cursor = node ? node.indexOf(offset) : 0;
  const rest = node ? (/^\w*/.exec(node.value.slice(cursor))?.[0].length ?? 0) : 0;
  const span = node
    ? { start: node.offsetOf(cursor - length), end: node.offsetOf(cursor + rest) }
    : { start: offset, end: offset };
  const isCalled = text.charAt(span.end) === '(';
  return {
    range: toRange(analysis, span),
    additionalTextEdits: [],
    also: edits => edits.map(edit => toTextEdit(analysis, edit)),
    write: ({ label, call }) => {
      const parentheses = call === undefined || isCalled ? '' : call === 'empty' ? '()' : '($1)';
      return { newText: escapeSnippet(label) + parentheses, filterText: label };
    },
  };
}

/** The insertion of a value, quoted as the one it replaces or as its surroundings ask. */
export function valueInsertion(analysis: Analysis, place: ValuePlace, offset: Offset): Insertion {
  const { source } = analysis;
  const format = formatOf(place.machine);
  const { value } = place;
  const span =
    value?.kind === 'string'
      ? stringSpan(analysis, value, offset)
      : value && value.kind !== 'object' && value.kind !== 'array' && value.start <= offset
        ? { start: value.start, end: value.end }
        : wordAround(source.text, offset);
  const isBehindColon = format === 'yaml' && /[:-]$/.test(source.text.slice(0, span.start));
  const style = value?.kind === 'string' ? value.style : format === 'json' ? 'json' : 'plain';
  const comma =
    format === 'json' && value === undefined && needsCommaBehind(source.text, span.end) ? ',' : '';
  return {
    range: toRange(analysis, span),
    additionalTextEdits: [],
    also: edits => edits.map(edit => toTextEdit(analysis, edit)),
    write: candidate => {
      const draft = candidate.draft ?? candidate.label;
      const text = typeof draft === 'string' ? escapeSnippet(quote(draft, style)) : writeDraft(draft, format);
      return {
        newText: `${isBehindColon ? ' ' : ''}${text}${comma}`,
        filterText: filterFor(source.text, span, candidate.label),
      };
    },
  };
}

/** Editors compare what is being replaced with the filter text, so it begins like the text does. */
function filterFor(text: string, span: Span, label: string): string {
  const first = text.charAt(span.start);
  return span.end > span.start && (first === '"' || first === "'") ? `${first}${label}${first}` : label;
}

/** The string with its quotes; of one that is not closed, the word alone, not the rest of the line. */
function stringSpan(analysis: Analysis, node: StringNode, offset: Offset): Span {
  const { text } = analysis.source;
  const first = text.charAt(node.start);
  const isQuoted = first === '"' || first === "'";
  const isOpen = isQuoted && (node.end - node.start < 2 || text.charAt(node.end - 1) !== first);
  if (!isOpen) return { start: node.start, end: node.end };
  const rest = /^[\w.$ -]*?(?=\s*(?:[,}\]:]|$))/m.exec(text.slice(offset, node.end))?.[0] ?? '';
  return { start: node.start, end: offset + rest.length };
}

function wordAround(text: string, offset: Offset): Span {
  const before = /[\w.$-]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0;
  const after = /^[\w.$-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return { start: offset - before, end: offset + after };
}

function needsCommaBehind(text: string, end: Offset): boolean {
  const next = /\S/.exec(text.slice(end, end + 2000))?.[0];
  return next === '"';
}

/** The comma that the property before still lacks. */
function commaBefore(analysis: Analysis, place: KeyPlace, start: Offset): TextEdit[] {
  const { source } = analysis;
  if (formatOf(place.machine) === 'yaml') return [];
  const before = place.container.node.properties.findLast(
    property => property !== place.property && property.end <= start,
  );
  if (!before?.value || source.text.slice(before.end, start).includes(',')) return [];
  const at = toRange(analysis, { start: before.end, end: before.end });
  return [{ range: at, newText: ',' }];
}
