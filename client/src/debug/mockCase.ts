import { debug, l10n, Range, Uri, window, workspace, WorkspaceEdit, type DebugSession } from 'vscode';
import { mockCaseRequest } from '#protocol/debugHost.ts';
import { uriOf } from './adapter.ts';
import { debugType } from './launching.ts';

/**
 * Writes what the tasks of an execution were answered into the mock file beside its definition, as a
 * test case of a name that the user gives. The file is opened and left unsaved, to be looked at.
 */
export async function saveMockCase(
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
  const reply: unknown = await session.customRequest(mockCaseRequest, { name: name.trim() });
  const program: unknown = session.configuration['program'];
  if (typeof program !== 'string') return;
  const given: unknown = session.configuration['mockFile'];
  const uri =
    typeof given === 'string' ? uriOf(given) : Uri.joinPath(uriOf(program), '..', 'MockConfigFile.json');
  await write(uri, merged(await readJson(uri), member(reply, 'mockFile')));
}

async function write(uri: Uri, content: unknown): Promise<void> {
  const text = `${JSON.stringify(content, null, 2)}\n`;
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

async function readJson(uri: Uri): Promise<unknown> {
  let text: string;
  try {
    text = (await workspace.openTextDocument(uri)).getText();
  } catch {
    // There is no mock file yet: this will be the first of its cases.
    return {};
  }
  return text.trim() === '' ? {} : (JSON.parse(text) as unknown);
}

/** Both objects in one; of members that both have, the objects inside are merged, else the second wins. */
export function merged(first: unknown, second: unknown): unknown {
  if (!isObject(first) || !isObject(second)) return second;
  const both: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(second))
    both[name] = Object.hasOwn(first, name) && !isAnswer(value) ? merged(first[name], value) : value;
  return both;
}

/** Answers are replaced, not mixed with older ones. */
function isAnswer(value: unknown): boolean {
  return isObject(value) && Object.keys(value).every(key => /^\d+(-\d+)?$/.test(key));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
