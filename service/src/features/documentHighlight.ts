import { DocumentHighlightKind, type DocumentHighlight, type Position } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { occurrencesOf, symbolAt } from '#service/symbolAt.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/** The same name elsewhere: definitions count as written, transitions and uses as read. */
export function documentHighlight(analysis: Analysis, position: Position): DocumentHighlight[] {
  const symbol = symbolAt(analysis, toOffset(analysis, position));
  if (!symbol) return [];
  return occurrencesOf(symbol).map(occurrence => ({
    range: toRange(analysis, occurrence),
    kind: occurrence.role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
