import { debug, l10n, Range, Uri, window, workspace, WorkspaceEdit, type DebugSession } from 'vscode';
import type { LazyLanguageClient } from '#client/lazyLanguageClient.ts';
import { isMockCaseReply, mockCaseRequest } from '#protocol/debugHost.ts';
import { addToJson, type AddToJsonParams, type AddToJsonResult } from '#protocol/lsp.ts';
import { uriOf } from './adapter.ts';
import { debugType } from './launching.ts';

/**
 * Writes what the tasks of an execution were answered into the mock file beside its definition, as a
 * test case of a name that the user gives. The file is opened and left unsaved, to be looked at.
 */
export async function saveMockCase(
  client: LazyLanguageClient,
  session: DebugSession | undefined = debug.activeDebugSession,
): Promise<void> {
  if (session?.type !== debugType) {
    void window.showInformationMessage(
      l10n.t('Debug a state machine first: its answers become the test case.'),
    );
    return;
  }
  const name = await window.showInputBox({
    title: l10n.t('Name of the test case'),
    value: 'Recorded',
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? l10n.t('A test case needs a name.') : undefined),
  });
  if (name === undefined) return;
  const program: unknown = session.configuration['program'];
  if (typeof program !== 'string') return;
  const given: unknown = session.configuration['mockFile'];
  const uri =
    typeof given === 'string' ? uriOf(given) : Uri.joinPath(uriOf(program), '..', 'MockConfigFile.json');
  try {
    const reply: unknown = await session.customRequest(mockCaseRequest, { name: name.trim() });
    if (!isMockCaseReply(reply)) return;
    const params: AddToJsonParams = { text: await textOf(uri), addition: reply.mockFile };
    const { text } = await client.sendRequest<AddToJsonResult>(addToJson, params);
    await write(uri, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(
      l10n.t('The test case was not saved in {0}. {1}', workspace.asRelativePath(uri), reason),
    );
  }
}

/** Replaces all of a file, which is opened, and made where there is none. */
async function write(uri: Uri, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.createFile(uri, { ignoreIfExists: true });
  await workspace.applyEdit(edit);
  const document = await workspace.openTextDocument(uri);
  const replacement = new WorkspaceEdit();
  replacement.replace(
    uri,
    new Range(document.positionAt(0), document.positionAt(document.getText().length)),
    text,
  );
  await workspace.applyEdit(replacement);
  await window.showTextDocument(document, { preview: false });
}

async function textOf(uri: Uri): Promise<string> {
  try {
    return (await workspace.openTextDocument(uri)).getText();
  } catch {
    // There is no mock file yet: this will be the first of its cases.
    return '';
  }
}
