import type { CancellationToken } from 'vscode-languageserver';
import type { Analysis } from '#core/analysis/analysis.ts';
import * as service from '#service/languageService.ts';
import { isMockFile, isTestFile, type Documents } from './documents.ts';
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

/** Tells the checks of an open mock or test file what it means by its names, as that is now and when it changes. */
export function checkAgainstSurroundings(
  documents: Documents,
  workspace: Workspace,
  surroundingsOf: SurroundingsOf,
  refresh: () => void,
): void {
  const read = async (uri: string): Promise<void> => {
    const analysis = documents.analysisOf(uri);
    if (!analysis || !service.isCompanion(analysis)) return;
    documents.knowOf(uri, service.knowledgeOfNames(analysis, await surroundingsOf(analysis)));
    refresh();
  };
  const readAll = (): void => {
    for (const uri of documents.uris()) void read(uri);
  };
  documents.onDidOpen(uri => void read(uri));
  documents.onDidClose(readAll);
  workspace.onDidChange(changed => {
    // Mock files do not depend on each other, but test files do on them.
    if (isMockFile(changed)) {
      for (const uri of documents.uris()) if (isTestFile(uri)) void read(uri);
    } else readAll();
  });
}
