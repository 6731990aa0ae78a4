import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { definition, eventually, positionOf, workspaceFile } from './editing.ts';

const broken = (name: string): string =>
  `{\n  "StartAt": "${name}",\n  "States": { "${name}": { "Type": "Pass", "Next": "Nowhere" } }\n}\n`;

/** Files as they come: large, many, with other line ends, renamed, deleted and changed by others. */
export function robustnessSpec(): void {
  describe('robustness', () => {
    const made: vscode.Uri[] = [];
    const file = async (name: string, text: string): Promise<vscode.Uri> => {
      const uri = workspaceFile(name);
      made.push(uri);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      return uri;
    };

    afterEach(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const uri of made.splice(0)) {
        if (await exists(uri)) await vscode.workspace.fs.delete(uri);
      }
    });

    it('finds mistakes at their place with CRLF and a byte order mark', async () => {
      const uri = await file('crlf.asl.json', `\uFEFF${broken('A').replaceAll('\n', '\r\n')}`);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      const [mistake] = await mistakesIn(uri, mistakes => mistakes.length > 0);
      assertEqual(document.getText(mistake?.range), '"Nowhere"');
    });

    it('finds mistakes at their place in an UTF-16 file', async () => {
      const text = broken('Größe 😀');
      const bytes = new Uint8Array(2 + 2 * text.length);
      const view = new DataView(bytes.buffer);
      view.setUint16(0, 0xfeff, true);
      for (let at = 0; at < text.length; at++) view.setUint16(2 + 2 * at, text.charCodeAt(at), true);
      const uri = workspaceFile('utf16.asl.json');
      made.push(uri);
      await vscode.workspace.fs.writeFile(uri, bytes);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      const [mistake] = await mistakesIn(uri, mistakes => mistakes.length > 0);
      assertEqual(document.getText(mistake?.range), '"Nowhere"');
    });

    it('checks an untitled document, and the same once it has a name', async () => {
      const document = await definition(broken('A'));
      await vscode.window.showTextDocument(document);
      assertEqual(document.uri.scheme, 'untitled');
      await mistakesIn(document.uri, mistakes => mistakes.length > 0);
      const uri = await file('named.asl.json', document.getText());
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.window.showTextDocument(uri);
      await mistakesIn(uri, mistakes => mistakes.length > 0);
      await mistakesIn(document.uri, mistakes => mistakes.length === 0);
    });

    it('checks 50 definitions that are open at once', async () => {
      const names = Array.from({ length: 50 }, (_, index) => `S${index}`);
      const documents = await Promise.all(names.map(name => definition(broken(name))));
      for (const document of documents) {
        const mistakes = await mistakesIn(document.uri, found => found.length > 0, 30);
        assert(mistakes[0]?.message.includes('Nowhere'), `it is ours: ${mistakes[0]?.message}`);
      }
    });

    it('a renamed file is checked under its new name alone', async () => {
      const from = await file('before.asl.json', broken('A'));
      const to = workspaceFile('after.asl.json');
      made.push(to);
      await vscode.window.showTextDocument(from);
      await mistakesIn(from, mistakes => mistakes.length > 0);
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(from, to);
      assert(await vscode.workspace.applyEdit(edit), 'it is renamed');
      await mistakesIn(to, mistakes => mistakes.length > 0);
      await mistakesIn(from, mistakes => mistakes.length === 0);
    });

    it('a deleted file leaves no findings behind', async () => {
      const uri = await file('gone.asl.json', broken('A'));
      await vscode.window.showTextDocument(uri);
      await mistakesIn(uri, mistakes => mistakes.length > 0);
      const edit = new vscode.WorkspaceEdit();
      edit.deleteFile(uri);
      assert(await vscode.workspace.applyEdit(edit), 'it is deleted');
      await mistakesIn(uri, mistakes => mistakes.length === 0);
    });

    it('follows a file that is changed on the disk, and one that is reverted', async () => {
      const good = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}';
      const uri = await file('changed.asl.json', good);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(broken('A')));
      await mistakesIn(uri, mistakes => mistakes.length > 0, 20);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(good));
      await mistakesIn(uri, mistakes => mistakes.length === 0, 20);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, new vscode.Position(0, 0), '}');
      await vscode.workspace.applyEdit(edit);
      await mistakesIn(uri, mistakes => mistakes.length > 0);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await mistakesIn(uri, mistakes => mistakes.length === 0);
    });

    it('a definition of 7 MB stays editable', async () => {
      const text = largeDefinition(7_000_000);
      const document = await definition(text);
      await vscode.window.showTextDocument(document);
      const mistakes = await mistakesIn(document.uri, found => found.length > 0, 40);
      // Another says that AWS takes 1 MB at most.
      const mistake = mistakes.find(({ message }) => message.includes('Nowhere'));
      assertEqual(document.getText(mistake?.range), '"Nowhere"');
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, mistake?.range ?? new vscode.Range(0, 0, 0, 0), '""');
      assert(await vscode.workspace.applyEdit(edit), 'it takes typing');
      const began = Date.now();
      const list = await eventually(
        () =>
          vscode.commands.executeCommand<vscode.CompletionList>(
            'vscode.executeCompletionItemProvider',
            document.uri,
            positionOf(document, '"Next": ""', '"Next": "'.length),
          ),
        ({ items }) => items.length > 0,
        20,
      );
      console.log(`[test]      completion in 7 MB after an edit: ${Date.now() - began} ms`);
      assert(list.items.length > 100, `all states are offered: ${list.items.length}`);
    });
  });
}

/** A chain of so many Pass states that the text has at least this length; one transition leads nowhere. */
function largeDefinition(length: number): string {
  const comment = 'x'.repeat(900);
  const states: string[] = [];
  for (let size = 0, index = 0; size < length; index++) {
    const next = index === 100 ? 'Nowhere' : `State ${index + 1}`;
    const state = `    "State ${index}": { "Type": "Pass", "Comment": "${comment}", "Next": "${next}" }`;
    states.push(state);
    size += state.length + 2;
  }
  // The state that would follow the missing one is led to as well, so that there is one mistake.
  const detour = '    "State 101 too": { "Type": "Pass", "Next": "State 101" }';
  const last = `    "State ${states.length}": { "Type": "Succeed" }`;
  const start =
    '    "Start": { "Type": "Choice", "Choices": [{ "Variable": "$.a", "IsPresent": true, "Next": "State 0" }], "Default": "State 101 too" }';
  return `{\n  "StartAt": "Start",\n  "States": {\n${[start, detour, ...states, last].join(',\n')}\n  }\n}\n`;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** Waits for the errors and warnings of a file. */
function mistakesIn(
  uri: vscode.Uri,
  isGood: (mistakes: readonly vscode.Diagnostic[]) => boolean,
  seconds = 10,
): Promise<readonly vscode.Diagnostic[]> {
  return eventually(
    () =>
      vscode.languages
        .getDiagnostics(uri)
        .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning),
    isGood,
    seconds,
  );
}
