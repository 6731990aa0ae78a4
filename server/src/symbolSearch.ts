import type { CancellationToken, WorkspaceSymbol } from 'vscode-languageserver';
import type { Analysis } from '#core/analysis/analysis.ts';
import * as service from '#service/languageService.ts';
import type { Documents } from './documents.ts';
import { throwIfCancelled } from './handle.ts';
import type { Workspace } from './workspace.ts';

/** More than an editor shows; a query that finds so many is still being typed. */
const most = 1000;

/** Finds states by name in all definitions of the workspace, open or not; of each version of a file they are listed once. */
export function searchSymbols(
  documents: Documents,
  workspace: Workspace,
): (params: { readonly query: string }, token: CancellationToken) => Promise<WorkspaceSymbol[]> {
  const known = new WeakMap<Analysis, readonly WorkspaceSymbol[]>();
  const symbolsOf = (analysis: Analysis): readonly WorkspaceSymbol[] => {
    let symbols = known.get(analysis);
    if (!symbols) known.set(analysis, (symbols = service.symbolsOf(analysis)));
    return symbols;
  };
  return async ({ query }, token) => {
    const found: WorkspaceSymbol[] = [];
    const seen = new Set<string>();
    const add = (analysis: Analysis): void => {
      if (seen.has(analysis.source.uri)) return;
      seen.add(analysis.source.uri);
      found.push(...service.symbolsLike(symbolsOf(analysis), query).slice(0, most - found.length));
    };
    for (const uri of documents.uris()) {
      const analysis = documents.analysisOf(uri);
      if (analysis) add(analysis);
    }
    for await (const analysis of workspace.analyses('definitions', token)) {
      if (found.length >= most) break;
      add(analysis);
    }
    throwIfCancelled(token);
    return found;
  };
}
