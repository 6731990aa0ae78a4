import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { eventually, workspaceFile } from './editing.ts';

/** Which files are state machines, and when the extension wakes up. */
export function languagesSpec(): void {
  describe('languages', () => {
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

    it('leaves other JSON files alone', async () => {
      const document = await vscode.workspace.openTextDocument(workspaceFile('user-registration/input.json'));
      assertEqual(document.languageId, 'json');
    });

    it('is active once a definition is open', async () => {
      const extension = vscode.extensions.getExtension('stepwise.stepwise');
      assert(extension, 'the extension is installed');
      await eventually(
        () => extension.isActive,
        isActive => isActive,
      );
    });
  });
}
