import type { LocationLink, Position } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { symbolAt } from '#service/symbolAt.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/** Where what the cursor names is defined: the state behind `Next`, `Default`, `StartAt`. */
export function definition(analysis: Analysis, position: Position): LocationLink[] {
  const symbol = symbolAt(analysis, toOffset(analysis, position));
  if (!symbol) return [];
  return [
    {
      originSelectionRange: toRange(analysis, symbol.span),
      targetUri: analysis.source.uri,
      targetRange: toRange(analysis, symbol.state.property),
      targetSelectionRange: toRange(analysis, symbol.state.key),
    },
  ];
}
