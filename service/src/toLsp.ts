import type { Position, Range } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { Offset, Span } from '#core/text/span.ts';

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
