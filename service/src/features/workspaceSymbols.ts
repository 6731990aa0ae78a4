import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { toRange } from '#service/toLsp.ts';

/** The states of the open files whose names hold the letters of the query in their order. */
export function workspaceSymbols(analyses: readonly Analysis[], query: string): WorkspaceSymbol[] {
  return analyses.flatMap(analysis =>
    analysis.machines.flatMap(({ machine, site }) =>
      machine.states
        .filter(({ name }) => matches(name, query))
        .map(state => ({
          name: state.name,
          kind: SymbolKind.Function,
          containerName: state.scope.owner?.name ?? site.name ?? fileName(analysis.source.uri),
          location: { uri: analysis.source.uri, range: toRange(analysis, contentSpan(state.key)) },
        })),
    ),
  );
}

function matches(name: string, query: string): boolean {
  let at = 0;
  const wanted = query.toLowerCase().replaceAll(/\s/g, '');
  for (const unit of name.toLowerCase()) if (unit === wanted.charAt(at)) at++;
  return at === wanted.length;
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
