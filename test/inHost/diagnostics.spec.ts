import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { definition, eventually, positionOf, workspaceFile } from './editing.ts';

/** What the Problems view shows. */
export function diagnosticsSpec(): void {
  describe('diagnostics', () => {
    it('underlines the name of a state that does not exist', async () => {
      const document = await definition(
        '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Nowhere"}}}',
      );
      const [problem] = await mistakesIn(document.uri, mistakes => mistakes.length > 0);
      assert(problem, 'there is a problem');
      assertEqual(problem.severity, vscode.DiagnosticSeverity.Error);
      assert(problem.message.includes('Nowhere'), `the message names the state: ${problem.message}`);
      assert(problem.range.contains(positionOf(document, 'Nowhere')), 'the range covers the name');
    });

    it('says where JSON is broken, and stops saying so when it is mended', async () => {
      const document = await definition('{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}');
      await mistakesIn(document.uri, mistakes => mistakes.length > 0);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.positionAt(document.getText().length), '}');
      assert(await vscode.workspace.applyEdit(edit), 'the edit is applied');
      await mistakesIn(document.uri, mistakes => mistakes.length === 0);
    });

    it('reads YAML as well', async () => {
      const document = await definition(
        'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: Nowhere\n',
        'asl-yaml',
      );
      const [problem] = await mistakesIn(document.uri, mistakes => mistakes.length > 0);
      assert(problem?.message.includes('Nowhere'), `the message names the state: ${problem?.message}`);
    });

    for (const name of examples) {
      it(`finds nothing wrong in ${name}`, async () => {
        const document = await vscode.workspace.openTextDocument(workspaceFile(name));
        // A mistake made and taken back proves that the file was looked at.
        await vscode.window.showTextDocument(document);
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), '}');
        await vscode.workspace.applyEdit(edit);
        await mistakesIn(document.uri, mistakes => mistakes.length > 0);
        await vscode.commands.executeCommand('undo');
        assertEqual(await mistakesIn(document.uri, mistakes => mistakes.length === 0), []);
      });
    }
  });
}

const examples = [
  'data-pipeline',
  'hello-world',
  'human-approval',
  'order-processing',
  'parallel-fan-out',
  'user-registration',
].flatMap(name => [`${name}/${name}.asl.json`, `${name}/${name}.asl.yaml`]);

/** Waits for the errors and warnings of a file; information and hints are advice. */
function mistakesIn(
  uri: vscode.Uri,
  isGood: (mistakes: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return eventually(
    () =>
      vscode.languages
        .getDiagnostics(uri)
        .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning),
    isGood,
  );
}
