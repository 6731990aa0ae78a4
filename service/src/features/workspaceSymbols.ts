import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { toRange } from '#service/toLsp.ts';
import { fileNameOf } from '#service/uris.ts';

/** The states of a file, for search over all files. */
export function symbolsOf(analysis: Analysis): readonly WorkspaceSymbol[] {
  return analysis.machines.flatMap(({ machine, site }) =>
    machine.states.map(state => ({
      name: state.name,
      kind: SymbolKind.Function,
      containerName: state.scope.owner?.name ?? site.name ?? fileNameOf(analysis.source.uri),
      location: { uri: analysis.source.uri, range: toRange(analysis, contentSpan(state.key)) },
    })),
  );
}

/** Those whose names hold the letters of the query in their order. */
export function symbolsLike(symbols: readonly WorkspaceSymbol[], query: string): readonly WorkspaceSymbol[] {
  const wanted = query.toLowerCase().replaceAll(/\s/g, '');
  return symbols.filter(({ name }) => matches(name.toLowerCase(), wanted));
}

function matches(name: string, wanted: string): boolean {
  let at = 0;
  for (const unit of name) if (unit === wanted.charAt(at)) at++;
  return at === wanted.length;
}
