import { commands, l10n, TabInputText, window, workspace, type Tab, type TextDocument } from 'vscode';

/**
 * Lets the user write a JSON value in an editor of its own, starting from a sample. Gives the value when
 * the user says that it is ready, and nothing when the editor is closed or the question is dismissed.
 */
export async function editJson(
  title: string,
  sample: unknown,
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
    try {
      const value: unknown = JSON.parse(document.getText());
      await discard(document);
      return { value };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      chosen = await window.showErrorMessage(`${l10n.t('This is not JSON: {0}', reason)} ${request}`, use);
    }
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
