import type { LocationLink, Position } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { symbolAt } from '#service/symbolAt.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/**
 * Where what the cursor names is defined: the state behind `Next`, `Default` or `StartAt`, and every
 * `Assign` that gives a variable its value.
 */
export function definition(analysis: Analysis, position: Position): LocationLink[] {
  const symbol = symbolAt(analysis, toOffset(analysis, position));
  if (!symbol) return [];
  const targets =
    symbol.kind === 'state'
      ? [{ whole: symbol.state.property, name: symbol.state.key }]
      : symbol.variable.assignments.map(name => ({ whole: name.property, name }));
  return targets.map(({ whole, name }) => ({
    originSelectionRange: toRange(analysis, symbol.span),
    targetUri: analysis.source.uri,
    targetRange: toRange(analysis, whole),
    targetSelectionRange: toRange(analysis, name),
  }));
}
