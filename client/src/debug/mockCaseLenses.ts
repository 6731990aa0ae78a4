import {
  CodeLens,
  commands,
  languages,
  Uri,
  workspace,
  type Disposable,
  type DocumentSymbol,
  type TextDocument,
} from 'vscode';

/** Run and Debug above each test case of a mock file whose definition lies beside it. */
export function mockCaseLenses(): Disposable {
  return languages.registerCodeLensProvider(
    { language: 'json', pattern: '**/MockConfigFile.json' },
    { provideCodeLenses: document => lensesOf(document) },
  );
}

async function lensesOf(document: TextDocument): Promise<CodeLens[]> {
  const symbols = await commands.executeCommand<readonly DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  const machines = symbols?.find(({ name }) => name === 'StateMachines')?.children ?? [];
  const lenses: CodeLens[] = [];
  for (const machine of machines) {
    const uri = await definitionOf(document.uri, machine.name);
    const cases = machine.children.find(({ name }) => name === 'TestCases')?.children ?? [];
    if (!uri) continue;
    for (const testCase of cases) {
      const argument = { uri: uri.toString(), mockFile: document.uri.toString(), testCase: testCase.name };
      const range = testCase.selectionRange;
      lenses.push(
        new CodeLens(range, { title: '$(play) Run', command: 'stepwise.run', arguments: [argument] }),
        new CodeLens(range, {
          title: '$(debug-alt) Debug',
          command: 'stepwise.debug',
          arguments: [argument],
        }),
      );
    }
  }
  return lenses;
}

/** The definition that a mock file means by a name: a file of that name, in the same folder. */
async function definitionOf(mockFile: Uri, name: string): Promise<Uri | undefined> {
  for (const ending of ['.asl.json', '.asl.yaml', '.asl.yml', '.asl', '.json']) {
    const uri = Uri.joinPath(mockFile, '..', `${name}${ending}`);
    try {
      await workspace.fs.stat(uri);
      return uri;
    } catch {
      // Not this one: the next ending is tried.
    }
  }
  return undefined;
}
