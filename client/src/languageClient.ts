import { l10n, Uri, window, workspace, type LogOutputChannel, type TextDocument } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type BaseLanguageClient,
  type ErrorHandler,
  type LanguageClientOptions,
} from 'vscode-languageclient';
import { isReadAssetParams, readAsset, type InitializationOptions } from '#protocol/lsp.ts';
import { aslLanguages, isAsl } from './languages.ts';

/** Makes the client of the language server: a process on the desktop, a worker in the browser. */
export type CreateLanguageClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Makes the client and lets it start in its own time: nobody waits for it. */
export function startLanguageClient(
  create: CreateLanguageClient,
  log: LogOutputChannel,
  extensionUri: Uri,
): BaseLanguageClient {
  const client = create({
    documentSelector: aslLanguages.map(language => ({ language })),
    outputChannel: log,
    initializationOptions: { commands: true, files: true } satisfies InitializationOptions,
    errorHandler: restartAndSay(log),
    markdown: { isTrusted: false, supportHtml: false },
    diagnosticPullOptions: { onChange: true, onTabs: true },
  });
  client.onRequest(readAsset, async (params: unknown) => {
    if (!isReadAssetParams(params)) throw new Error('bug: malformed stepwise/readAsset');
    const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist/assets', params.path));
    return new TextDecoder().decode(bytes);
  });
  startWithFirstDefinition(client, log);
  return client;
}

/** A window without definitions, such as that of a SAM project, gets no process; any request starts it, too. */
function startWithFirstDefinition(client: BaseLanguageClient, log: LogOutputChannel): void {
  const start = (): void => {
    client.start().catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
      void window.showErrorMessage(l10n.t('The Stepwise language server could not be started. See the log.'));
    });
  };
  const isServed = (document: TextDocument): boolean =>
    isAsl(document) || /\/MockConfigFile\.json$|\.asltest\.json$/.test(document.uri.path);
  if (workspace.textDocuments.some(isServed)) {
    start();
    return;
  }
  const opened = workspace.onDidOpenTextDocument(document => {
    if (!isServed(document)) return;
    opened.dispose();
    start();
  });
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
