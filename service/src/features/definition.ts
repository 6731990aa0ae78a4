import type { LocationLink, Position } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { Span } from '#core/text/span.ts';
import { mentionTargets } from '#service/surroundings/mentionTargets.ts';
import { isCompanion, nothingAround, type Surroundings } from '#service/surroundings/surroundings.ts';
import { occurrencesOf, symbolAt, type NamedSymbol } from '#service/symbolAt.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/**
 * Where what the cursor names is defined: the state behind `Next`, `Default` or `StartAt`, and every
 * `Assign` that gives a variable its value. In a mock or test file: the state, test case, response or file.
 */
export function definition(
  analysis: Analysis,
  position: Position,
  around: Surroundings = nothingAround,
): LocationLink[] {
  const offset = toOffset(analysis, position);
  if (isCompanion(analysis)) return mentionTargets(analysis, offset, around);
  const symbol = symbolAt(analysis, offset);
  if (!symbol) return [];
  return targetsOf(symbol).map(({ whole, name }) => ({
    originSelectionRange: toRange(analysis, symbol.span),
    targetUri: analysis.source.uri,
    targetRange: toRange(analysis, whole),
    targetSelectionRange: toRange(analysis, name),
  }));
}

/** Name and extent of each definition. */
function targetsOf(symbol: NamedSymbol): readonly { readonly whole: Span; readonly name: Span }[] {
  switch (symbol.kind) {
    case 'state':
      return [{ whole: symbol.state.property, name: symbol.state.key }];
    case 'variable':
      return symbol.variable.assignments.map(name => ({ whole: name.property, name }));
    case 'local':
      return occurrencesOf(symbol)
        .filter(({ role }) => role === 'definition')
        .map(name => ({ whole: name, name }));
  }
}
