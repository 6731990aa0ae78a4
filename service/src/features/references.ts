import type { Location, Position } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { occurrencesOf, symbolAt } from '#service/symbolAt.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/** Every transition to the state, or every expression that reads the variable. */
export function references(
  analysis: Analysis,
  position: Position,
  options: { readonly includeDeclaration: boolean },
): Location[] {
  const symbol = symbolAt(analysis, toOffset(analysis, position));
  if (!symbol) return [];
  return occurrencesOf(symbol)
    .filter(({ role }) => role === 'reference' || options.includeDeclaration)
    .map(occurrence => ({ uri: analysis.source.uri, range: toRange(analysis, occurrence) }));
}
