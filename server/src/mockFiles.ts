import type { Connection } from 'vscode-languageserver';
import { analyze } from '#core/analysis/analysis.ts';
import type { StateMachine } from '#core/model/stateMachine.ts';
import { mockedName } from '#core/mocking/mockedName.ts';
import { formatOf } from '#core/text/source.ts';
import * as lsp from '#protocol/lsp.ts';
import { isMockFile, type Documents } from './documents.ts';

/** Holds mock files against the definitions beside them, as they are when the mock file is opened or they change. */
export function followMockFiles(connection: Connection, documents: Documents, refresh: () => void): void {
  const read = async (uri: string): Promise<void> => {
    const files = lsp.readDefinitionFiles(await connection.sendRequest(lsp.definitionsBeside, { uri }));
    const machines = new Map<string, StateMachine>();
    for (const file of files) {
      const analysis = analyze({ uri: file.uri, version: 0, format: formatOf(file.uri), text: file.text });
      const machine = analysis.machines[0]?.machine;
      if (machine) machines.set(mockedName(decodeURIComponent(file.uri), undefined), machine);
    }
    documents.knowOf(uri, { machineNamed: name => machines.get(name) });
    refresh();
  };
  // An editor that cannot tell gets the checks that need no definition.
  const readIfPossible = (uri: string): void => void read(uri).catch(() => undefined);
  documents.onDidOpen(uri => {
    if (isMockFile(uri)) readIfPossible(uri);
  });
  documents.onDidClose(uri => {
    if (!isMockFile(uri)) for (const open of documents.uris()) if (isMockFile(open)) readIfPossible(open);
  });
}
