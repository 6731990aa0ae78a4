import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { eventually, positionOf, workspaceFile } from './editing.ts';

/** What Refactor… makes of states: chosen, resolved and applied as VS Code does. */
export function refactoringSpec(): void {
  describe('refactoring', () => {
    it('extracts states into a Parallel in JSON', async () => {
      const document = await written('parallel.asl.json', json(chain));
      await refactor(document, selected(document, '"Check":', '"End"'), 'Extract 2 states into a Parallel');
      const { States: states } = JSON.parse(document.getText()) as Machine;
      assertEqual(Object.keys(states), ['Read', 'Check to Pay']);
      assertEqual(states['Read']?.Next, 'Check to Pay');
      assertEqual(
        states['Check to Pay']?.Branches?.map(({ States: inner }) => Object.keys(inner)),
        [['Check', 'Pay']],
      );
    });

    it('extracts states into a Parallel in YAML, with their comments', async () => {
      const document = await written('parallel.asl.yaml', yaml);
      await refactor(document, selected(document, 'Check:', 'End:'), 'Extract 2 states into a Parallel');
      assertEqual(
        document.getText(),
        `StartAt: Read
States:
  Read:
    Type: Pass
    Next: Check to Pay
  Check to Pay:
    Type: Parallel
    Branches:
      - StartAt: Check
        States:
          Check: # asked once
            Type: Pass
            Next: Pay
          Pay:
            Type: Pass
            End: true
    OutputPath: $[0]
    End: true
`,
      );
    });

    for (const { ending, text, from, to } of [
      { ending: 'asl.json', text: json(chain), from: '"Check":', to: '"End"' },
      { ending: 'asl.yaml', text: yaml, from: 'Check:', to: 'End:' },
    ]) {
      it(`extracts states into a state machine of its own, a new .${ending}`, async () => {
        const document = await written(`order.${ending}`, text);
        const title = 'Extract 2 states into a state machine of its own';
        await refactor(document, selected(document, from, to), title);
        const called = vscode.Uri.joinPath(document.uri, `../order-Check.${ending}`);
        const made = await vscode.workspace.openTextDocument(called);
        assertEqual(await statesIn(made), ['Check', 'Pay']);
        assertEqual(await statesIn(document), ['Read', 'Check to Pay']);
        assert(document.getText().includes('states:startExecution.sync:2'), 'the new one is started');
        assert(document.getText().includes('${orderCheckArn}'), 'it is started by its ARN');
        assertEqual([await made.save(), await document.save()], [true, true]);
      });
    }

    for (const { ending, text, name } of [
      { ending: 'asl.json', text: json(parallel), name: '"Together":' },
      { ending: 'asl.yaml', text: parallelYaml, name: 'Together:' },
    ]) {
      it(`inlines the only branch of a Parallel in ${ending}`, async () => {
        const document = await written(`inline.${ending}`, text);
        const at = positionOf(document, name, 2);
        await refactor(document, new vscode.Range(at, at), "Inline the branch of 'Together'");
        assertEqual(await statesIn(document), ['Check', 'Pay', 'Thank']);
      });

      it(`inlines what it has extracted in ${ending}`, async () => {
        const isJson = ending === 'asl.json';
        const before = isJson ? json(chain) : yaml;
        const document = await written(`back.${ending}`, before);
        const states = isJson
          ? selected(document, '"Check":', '"End"')
          : selected(document, 'Check:', 'End:');
        await refactor(document, states, 'Extract 2 states into a Parallel');
        const at = positionOf(document, isJson ? '"Check to Pay":' : '  Check to Pay:', 4);
        await refactor(document, new vscode.Range(at, at), "Inline the branch of 'Check to Pay'");
        assertEqual(await statesIn(document), ['Read', 'Check', 'Pay']);
        assertEqual(document.getText(), before);
      });
    }
  });
}

interface Machine {
  readonly States: Readonly<
    Record<string, { readonly Next?: string; readonly Branches?: readonly Machine[] }>
  >;
}

const chain = {
  StartAt: 'Read',
  States: {
    Read: { Type: 'Pass', Next: 'Check' },
    Check: { Type: 'Pass', Next: 'Pay' },
    Pay: { Type: 'Pass', End: true },
  },
};

const yaml = `StartAt: Read
States:
  Read:
    Type: Pass
    Next: Check
  Check: # asked once
    Type: Pass
    Next: Pay
  Pay:
    Type: Pass
    End: true
`;

const parallel = {
  StartAt: 'Together',
  States: {
    Together: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Check',
          States: { Check: { Type: 'Pass', Next: 'Pay' }, Pay: { Type: 'Pass', End: true } },
        },
      ],
      OutputPath: '$[0]',
      Next: 'Thank',
    },
    Thank: { Type: 'Succeed' },
  },
};

const parallelYaml = `StartAt: Together
States:
  Together:
    Type: Parallel
    Branches:
      - StartAt: Check
        States:
          Check:
            Type: Pass
            Next: Pay
          Pay:
            Type: Pass
            End: true
    OutputPath: $[0]
    Next: Thank
  Thank:
    Type: Succeed
`;

function json(machine: object): string {
  return `${JSON.stringify(machine, null, 2)}\n`;
}

/** A new file of the workspace: new state machines are made beside files only. */
async function written(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = workspaceFile(`refactored/${name}`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.workspace.openTextDocument(uri);
}

function selected(document: vscode.TextDocument, from: string, to: string): vscode.Range {
  return new vscode.Range(positionOf(document, from), positionOf(document, to));
}

/** Chooses the refactoring with a title. What it changes is made out only then, so that all are resolved. */
async function refactor(document: vscode.TextDocument, range: vscode.Range, title: string): Promise<void> {
  const actions = await eventually(
    () =>
      vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        vscode.CodeActionKind.Refactor.value,
        50,
      ),
    found => found.some(action => action.title === title),
    20,
  );
  const edit = actions.find(action => action.title === title)?.edit;
  assert(edit, `'${title}' has an edit`);
  assert(await vscode.workspace.applyEdit(edit), 'the edit is applied');
}

/** The names of the outermost states, as the server sees the text now. */
async function statesIn(document: vscode.TextDocument): Promise<readonly string[]> {
  const symbols = await eventually(
    () =>
      vscode.commands.executeCommand<readonly vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      ),
    found => (found?.length ?? 0) > 0,
  );
  return (symbols ?? []).map(({ name }) => name);
}
