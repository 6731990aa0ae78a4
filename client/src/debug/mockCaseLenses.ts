import { CodeLens, l10n, languages, Range, Uri, workspace, type Disposable, type TextDocument } from 'vscode';

/** Run and Debug above each test case of a mock file whose definition lies beside it. */
export function mockCaseLenses(): Disposable {
  return languages.registerCodeLensProvider(
    { pattern: '**/MockConfigFile.json' },
    { provideCodeLenses: document => lensesOf(document) },
  );
}

async function lensesOf(document: TextDocument): Promise<CodeLens[]> {
  const text = document.getText();
  const lenses: CodeLens[] = [];
  for (const { machine, testCase, offset } of testCasesIn(text)) {
    const uri = await definitionOf(document.uri, machine);
    if (!uri) continue;
    const argument = { uri: uri.toString(), mockFile: document.uri.toString(), testCase };
    const at = document.positionAt(offset);
    const range = new Range(at, at);
    lenses.push(
      new CodeLens(range, {
        title: `$(play) ${l10n.t('Run')}`,
        command: 'stepwise.run',
        arguments: [argument],
      }),
      new CodeLens(range, {
        title: `$(debug-alt) ${l10n.t('Debug')}`,
        command: 'stepwise.debug',
        arguments: [argument],
      }),
    );
  }
  return lenses;
}

interface TestCase {
  readonly machine: string;
  readonly testCase: string;
  readonly offset: number;
}

/** The test cases of a mock file with the places of their names; none while the file is no JSON. */
export function testCasesIn(text: string): readonly TestCase[] {
  const machines = membersOf(parsed(text), 'StateMachines');
  const start = keyBehind(text, 'StateMachines', 0);
  return Object.keys(machines).flatMap(machine => {
    const from = keyBehind(text, 'TestCases', keyBehind(text, machine, start));
    return Object.keys(membersOf(machines[machine], 'TestCases')).map(testCase => ({
      machine,
      testCase,
      offset: keyBehind(text, testCase, from),
    }));
  });
}

/** Where a key begins, at or behind an offset. */
function keyBehind(text: string, name: string, from: number): number {
  const written = JSON.stringify(name);
  for (let at = text.indexOf(written, from); at >= 0; at = text.indexOf(written, at + 1))
    if (/^\s*:/.test(text.slice(at + written.length))) return at;
  return from;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It is being typed.
    return undefined;
  }
}

function membersOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const inner =
    typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? (value as Readonly<Record<string, unknown>>)[name]
      : undefined;
  return typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>) : {};
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
