import { debug, l10n, window, workspace, type DebugSession, type Disposable } from 'vscode';
import { reloadRequest } from '#protocol/debugHost.ts';
import { uriOf } from './adapter.ts';
import { debugType } from './launching.ts';

/** A definition that is saved while it is debugged and stopped is used from there on. */
export function hotReload(): Disposable {
  const sessions = new Set<DebugSession>();
  const started = debug.onDidStartDebugSession(session => {
    if (session.type === debugType) sessions.add(session);
  });
  const ended = debug.onDidTerminateDebugSession(session => {
    sessions.delete(session);
  });
  const saved = workspace.onDidSaveTextDocument(document => {
    for (const session of sessions) {
      const program: unknown = session.configuration['program'];
      if (typeof program === 'string' && uriOf(program).toString() === document.uri.toString())
        void reload(session);
    }
  });
  return {
    dispose: () => {
      for (const each of [started, ended, saved]) each.dispose();
    },
  };
}

async function reload(session: DebugSession): Promise<void> {
  let refused: unknown;
  try {
    const reply: unknown = await session.customRequest(reloadRequest);
    refused = (reply as { readonly refused?: unknown } | undefined)?.refused;
  } catch {
    // It runs, or has just ended: the next start reads the file anyway.
    return;
  }
  if (typeof refused !== 'string') return;
  const restart = l10n.t('Restart');
  const chosen = await window.showWarningMessage(
    l10n.t('The execution goes on with the old definition. {0}', refused),
    restart,
  );
  if (chosen === restart) await session.customRequest('restart', {});
}
