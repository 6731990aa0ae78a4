import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { definition, eventually, positionOf } from './editing.ts';

const chain =
  '{"StartAt":"First","States":{"First":{"Type":"Pass","Next":"Second"},"Second":{"Type":"Succeed"}}}';

/** Help while writing. */
export function editingSpec(): void {
  describe('editing', () => {
    it('completes the names of states', async () => {
      const document = await definition(chain);
      const list = await eventually(
        () =>
          vscode.commands.executeCommand<vscode.CompletionList>(
            'vscode.executeCompletionItemProvider',
            document.uri,
            positionOf(document, '"Next":"', '"Next":"'.length),
          ),
        ({ items }) => items.length > 0,
      );
      const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      assert(
        labels.some(label => label.includes('Second')),
        `Second is among ${labels.join(', ')}`,
      );
    });

    it('renames a state everywhere', async () => {
      const document = await definition(chain);
      await eventually(
        () => definitionsAt(document),
        targets => targets.length > 0,
      );
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        positionOf(document, '"Second":', 2),
        'Last',
      );
      assert(await vscode.workspace.applyEdit(edit), 'the edit is applied');
      assertEqual(document.getText(), chain.replaceAll('Second', 'Last'));
    });

    it('explains a state type on hover', async () => {
      const document = await definition(chain);
      const hovers = await eventually(
        () =>
          vscode.commands.executeCommand<readonly vscode.Hover[]>(
            'vscode.executeHoverProvider',
            document.uri,
            positionOf(document, '"Succeed"', 2),
          ),
        answers => answers.length > 0,
      );
      const text = hovers.flatMap(({ contents }) =>
        contents.map(content => (typeof content === 'string' ? content : content.value)),
      );
      assert(text.join('').includes('Succeed'), `the hover explains it: ${text.join('')}`);
    });

    it('formats without changing what is said', async () => {
      const document = await definition(chain);
      const edits = await eventually(
        () =>
          vscode.commands.executeCommand<readonly vscode.TextEdit[] | undefined>(
            'vscode.executeFormatDocumentProvider',
            document.uri,
            { tabSize: 2, insertSpaces: true },
          ),
        answer => (answer?.length ?? 0) > 0,
      );
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, [...(edits ?? [])]);
      assert(await vscode.workspace.applyEdit(edit), 'the edit is applied');
      assert(document.lineCount > 5, `it is on several lines: ${document.getText()}`);
      assertEqual(JSON.parse(document.getText()), JSON.parse(chain));
    });
  });
}

/** Where the Next of the first state leads; an answer means that the server knows the document. */
function definitionsAt(document: vscode.TextDocument): Thenable<readonly unknown[]> {
  return vscode.commands.executeCommand<readonly unknown[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    positionOf(document, '"Next":"', '"Next":"'.length),
  );
}
