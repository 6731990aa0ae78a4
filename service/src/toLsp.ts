import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { Offset, Span } from '#core/text/span.ts';
import type { Edit } from './edits.ts';

/** The only place where offsets and LSP positions meet. */
export function toRange(analysis: Analysis, span: Span): Range {
  return { start: analysis.lines.positionAt(span.start), end: analysis.lines.positionAt(span.end) };
}

export function toOffset(analysis: Analysis, position: Position): Offset {
  return analysis.lines.offsetAt(position);
}

export function toSpan(analysis: Analysis, range: Range): Span {
  return { start: toOffset(analysis, range.start), end: toOffset(analysis, range.end) };
}

/** Lines end as they do in the file. */
export function toTextEdit(analysis: Analysis, edit: Edit): TextEdit {
  const newText = analysis.lines.hasCrLf ? edit.text.replaceAll(/\r?\n/g, '\r\n') : edit.text;
  return { range: toRange(analysis, edit), newText };
}
