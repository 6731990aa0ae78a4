import type { Position, Range } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { occurrencesOf, symbolAt } from '#service/symbolAt.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/**
 * The name of a state and every transition to it, to be typed at once. Not for names that are escaped or
 * quoted in different ways, where the same letters would mean something else.
 */
export function linkedEditingRanges(
  analysis: Analysis,
  position: Position,
): { readonly ranges: Range[]; readonly wordPattern: string } | null {
  const symbol = symbolAt(analysis, toOffset(analysis, position));
  if (symbol?.kind !== 'state') return null;
  const { text } = analysis.source;
  const occurrences = occurrencesOf(symbol);
  const styles = new Set(occurrences.map(({ node }) => node?.style));
  const isPlain = occurrences.every(({ start, end }) => text.slice(start, end) === symbol.state.name);
  if (!isPlain || styles.size > 1) return null;
  return {
    ranges: occurrences.map(occurrence => toRange(analysis, occurrence)),
    wordPattern: String.raw`[^"'\\\r\n:#{}\[\],]*`,
  };
}
