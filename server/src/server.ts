import {
  CodeLensRefreshRequest,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { readInitializationOptions } from '#protocol/lsp.ts';
import { serveAdopted } from './adoption.ts';
import { followDocuments } from './documents.ts';
import { createHandle, describe } from './handle.ts';
import { followMockFiles } from './mockFiles.ts';
import { loadKnowledge } from './knowledge.ts';
import type { Platform } from './platform.ts';
import { provideDiagnostics } from './publishDiagnostics.ts';
import { answerRequests } from './requests.ts';
import { followSettings } from './settings.ts';

/** Serves the Amazon States Language over a connection, wherever it runs. Returns at once. */
export function startServer(connection: Connection, platform: Platform): void {
  connection.onInitialize((params: InitializeParams) => initialize(connection, platform, params));
  connection.listen();
}

function initialize(connection: Connection, platform: Platform, params: InitializeParams): InitializeResult {
  const { capabilities: client } = params;
  const documents = followDocuments(connection);
  const settings = followSettings(connection, client, platform);
  const handle = createHandle(connection, documents, platform);
  const diagnostics = provideDiagnostics(connection, client, documents, settings, handle, platform);
  documents.onDidClose(settings.forget);
  const report = (refreshed: Promise<void>): void => {
    refreshed.catch((error: unknown) => connection.console.error(describe(error)));
  };
  settings.onDidChange(() => {
    diagnostics.refresh();
    if (client.workspace?.codeLens?.refreshSupport === true)
      report(connection.sendRequest(CodeLensRefreshRequest.type));
    if (client.workspace?.inlayHint?.refreshSupport === true)
      report(connection.languages.inlayHint.refresh());
  });
  connection.onInitialized(() => {
    settings.askForNews();
    loadKnowledge(platform)
      .then(knowledge => {
        documents.know(knowledge);
        diagnostics.refresh();
      })
      .catch((error: unknown) => connection.console.error(`No AWS catalogue: ${describe(error)}`));
  });
  const options = readInitializationOptions(params.initializationOptions);
  const requests = answerRequests({ connection, documents, settings, handle, options, client });
  const provided: ServerCapabilities = {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    ...requests,
    ...(diagnostics.provider && { diagnosticProvider: diagnostics.provider }),
  };
  serveAdopted(connection, provided);
  followMockFiles(connection, documents, diagnostics.refresh);
  return { serverInfo: { name: 'Stepwise' }, capabilities: provided };
}
