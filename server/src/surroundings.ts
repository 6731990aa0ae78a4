import type { CancellationToken } from 'vscode-languageserver';
import type { Analysis } from '#core/analysis/analysis.ts';
import * as service from '#service/languageService.ts';
import { isMockFile, type Documents } from './documents.ts';
import type { Workspace } from './workspace.ts';

/** What lies around a document: the mock and test files that speak of it, or the definitions that it speaks of. */
export type SurroundingsOf = (analysis: Analysis, token?: CancellationToken) => Promise<service.Surroundings>;

/**
 * Reads what lies around documents. Mock and test files are few and kept; of the definitions only those are read
 * that are spoken of.
 */
export function followSurroundings(workspace: Workspace): SurroundingsOf {
  return async (analysis, token) => {
    const [definitionUris, mocks, tests] = await Promise.all([
      workspace.uris('definitions'),
      collected(workspace.analyses('mocks', token)),
      collected(workspace.analyses('tests', token)),
    ]);
    if (!service.isCompanion(analysis)) return { definitionUris, definitions: [analysis], mocks, tests };
    const definitions: Analysis[] = [];
    for (const uri of service.definitionUrisOf(analysis, definitionUris)) {
      const definition = await workspace.analysisOf(uri);
      if (definition) definitions.push(definition);
    }
    return { definitionUris, definitions, mocks, tests };
  };
}

async function collected(analyses: AsyncIterable<Analysis>): Promise<readonly Analysis[]> {
  const all: Analysis[] = [];
  for await (const analysis of analyses) all.push(analysis);
  return all;
}

/** Tells the checks of an open mock file which definitions it means, as they are now and when they change. */
export function checkMocksAgainstDefinitions(
  documents: Documents,
  workspace: Workspace,
  surroundingsOf: SurroundingsOf,
  refresh: () => void,
): void {
  const read = async (uri: string): Promise<void> => {
    const analysis = documents.analysisOf(uri);
    if (analysis?.source.role !== 'mocks') return;
    const around = await surroundingsOf(analysis);
    documents.knowOf(uri, {
      machineNamed: name => {
        const named = { name, definition: undefined, site: undefined };
        return service.machineMeant(analysis, named, around)?.machine;
      },
    });
    refresh();
  };
  const readAll = (): void => {
    for (const uri of documents.uris()) void read(uri);
  };
  documents.onDidOpen(uri => void read(uri));
  documents.onDidClose(readAll);
  workspace.onDidChange(uri => {
    if (!isMockFile(uri)) readAll();
  });
}
