import { l10n, Uri, window, workspace, type LogOutputChannel } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  State,
  type BaseLanguageClient,
  type ErrorHandler,
  type LanguageClientOptions,
} from 'vscode-languageclient';
import { isReadAssetParams, readAsset, type InitializationOptions } from '#protocol/lsp.ts';
import { aslLanguages } from './languages.ts';
import type { ClientSetup } from './lazyLanguageClient.ts';

/** Makes the client as both hosts want it; what differs is where the server runs. */
export function setUp(
  { extensionUri, log, onRunning }: ClientSetup,
  create: (options: LanguageClientOptions) => BaseLanguageClient,
): BaseLanguageClient {
  const client = create({
    documentSelector: aslLanguages.map(language => ({ language })),
    outputChannel: log,
    initializationOptions: {
      commands: true,
      files: true,
      texts: l10n.bundle,
    } satisfies InitializationOptions,
    errorHandler: restartAndSay(log),
    markdown: { isTrusted: false, supportHtml: false },
    diagnosticPullOptions: { onChange: true, onTabs: true },
  });
  client.onRequest(readAsset, async (params: unknown) => {
    if (!isReadAssetParams(params)) throw new Error('bug: malformed stepwise/readAsset');
    const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist/assets', params.path));
    return new TextDecoder().decode(bytes);
  });
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) onRunning();
  });
  return client;
}

const restartsAllowed = 4;
const minutesWatched = 3;

/** Restarts the server when it dies and says so; after four times in three minutes it stays down. */
function restartAndSay(log: LogOutputChannel): ErrorHandler {
  const deaths: number[] = [];
  return {
    error: error => {
      log.error(error);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      const now = Date.now();
      deaths.push(now);
      while ((deaths[0] ?? now) < now - minutesWatched * 60_000) deaths.shift();
      if (deaths.length <= restartsAllowed) {
        const message = l10n.t('The Stepwise language server ended unexpectedly and was started again.');
        log.warn(message);
        void window.showWarningMessage(message);
        return { action: CloseAction.Restart, handled: true };
      }
      const message = l10n.t(
        'The Stepwise language server ended {0} times in {1} minutes and stays off. Run "Stepwise: Restart Language Server" to try again.',
        deaths.length,
        minutesWatched,
      );
      log.error(message);
      void window.showErrorMessage(message);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}
