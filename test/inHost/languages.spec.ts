import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { eventually, workspaceFile } from './editing.ts';

/** Which files are state machines, and when the extension wakes up. */
export function languagesSpec(): void {
  describe('languages', () => {
    const extension = vscode.extensions.getExtension('stepwise.stepwise');

    // The first test of all: whatever comes later may open a definition.
    it('leaves other files alone, and sleeps as long as there are no others', async () => {
      const json = await vscode.workspace.openTextDocument(workspaceFile('user-registration/input.json'));
      const yaml = await vscode.workspace.openTextDocument({ language: 'yaml', content: 'StartAt: A' });
      await vscode.window.showTextDocument(json);
      assertEqual([json.languageId, yaml.languageId], ['json', 'yaml']);
      // Asked for at last, so that VS Code had the time for what it does of its own accord.
      await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', json.uri);
      assertEqual(extension?.isActive, false);
    });

    it('takes .asl.json for JSON definitions', async () => {
      const document = await vscode.workspace.openTextDocument(
        workspaceFile('user-registration/user-registration.asl.json'),
      );
      assertEqual(document.languageId, 'asl');
    });

    it('takes .asl.yaml for YAML definitions', async () => {
      const document = await vscode.workspace.openTextDocument(
        workspaceFile('user-registration/user-registration.asl.yaml'),
      );
      assertEqual(document.languageId, 'asl-yaml');
    });

    it('is active once a definition is open', async () => {
      assert(extension, 'the extension is installed');
      await eventually(
        () => extension.isActive,
        isActive => isActive,
      );
    });
  });
}
