import { commands, l10n, TabInputText, window, workspace, type Tab, type TextDocument } from 'vscode';
import { readJson } from '#client/json.ts';
import type { LazyLanguageClient } from '#client/lazyLanguageClient.ts';

/**
 * Lets the user write a JSON value in an editor of its own, starting from a sample. Gives the value when
 * the user says that it is ready, and nothing when the editor is closed or the question is dismissed.
 */
export async function editJson(
  title: string,
  sample: unknown,
  client: LazyLanguageClient,
): Promise<{ readonly value: unknown } | undefined> {
  const document = await workspace.openTextDocument({
    language: 'json',
    content: `${JSON.stringify(sample, null, 2)}\n`,
  });
  await window.showTextDocument(document);
  const use = l10n.t('Use It');
  const request = l10n.t('{0}: write it in the editor, then use it.', title);
  let chosen = await window.showInformationMessage(request, use);
  for (;;) {
    if (chosen !== use || document.isClosed) {
      await discard(document);
      return undefined;
    }
    const reading = await readJson(document.getText(), client);
    if ('value' in reading) {
      await discard(document);
      return reading;
    }
    chosen = await window.showErrorMessage(`${reading.problem} ${request}`, use);
  }
}

/** Closes the editor without asking whether to save what was only an answer. */
async function discard(document: TextDocument): Promise<void> {
  const isItsTab = ({ input }: Tab): boolean =>
    input instanceof TabInputText && input.uri.toString() === document.uri.toString();
  const tabs = window.tabGroups.all.flatMap(group => group.tabs).filter(isItsTab);
  if (tabs.length === 0) return;
  await window.showTextDocument(document);
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
