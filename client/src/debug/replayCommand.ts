import { debug, l10n, Uri, window, workspace } from 'vscode';
import { holdsDefinition } from '#client/languages.ts';
import { pathOf } from './adapter.ts';
import { debugType } from './launching.ts';

/** Walks through a recorded execution: asks for its history, and for the definition where none is open. */
export async function replayHistory(argument: unknown): Promise<void> {
  const history =
    argument instanceof Uri ? argument : await pick(l10n.t('History of an execution (GetExecutionHistory)'));
  if (!history) return;
  const document = window.visibleTextEditors.map(editor => editor.document).find(holdsDefinition);
  const definition = document?.uri ?? (await pick(l10n.t('Definition of its state machine')));
  if (!definition) return;
  await debug.startDebugging(workspace.getWorkspaceFolder(definition), {
    type: debugType,
    request: 'attach',
    name: l10n.t('Replay {0}', history.path.split('/').at(-1) ?? ''),
    program: pathOf(definition),
    history: pathOf(history),
  });
}

async function pick(title: string): Promise<Uri | undefined> {
  const [uri] = (await window.showOpenDialog({ title, canSelectMany: false })) ?? [];
  return uri;
}
