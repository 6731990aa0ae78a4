import {
  CodeLensRefreshRequest,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { translateBy } from '#core/text/translate.ts';
import { readInitializationOptions, type InitializationOptions } from '#protocol/lsp.ts';
import { fileNames } from '#protocol/workspaceFiles.ts';
import { serveAdopted, serveCompanions } from './adoption.ts';
import { followDocuments } from './documents.ts';
import { createHandle, describe } from './handle.ts';
import { loadKnowledge } from './knowledge.ts';
import { readPlainJson } from './plainJson.ts';
import type { Platform } from './platform.ts';
import { provideDiagnostics } from './publishDiagnostics.ts';
import { answerRequests } from './requests.ts';
import { followSamples } from './samples.ts';
import { followSettings } from './settings.ts';
import { checkAgainstSurroundings, followSurroundings } from './surroundings.ts';
import { followWatchedFiles } from './watchedFiles.ts';
import { clientFiles, followWorkspace, noFiles, type FileSource } from './workspace.ts';

/** Serves the Amazon States Language over a connection, wherever it runs. Returns at once. */
export function startServer(connection: Connection, platform: Platform): void {
  connection.onInitialize((params: InitializeParams) => initialize(connection, platform, params));
  connection.listen();
}

function initialize(connection: Connection, platform: Platform, params: InitializeParams): InitializeResult {
  const { capabilities: client } = params;
  const options = readInitializationOptions(params.initializationOptions);
  const documents = followDocuments(connection, { translate: translateBy(options.texts ?? {}) });
  const watched = followWatchedFiles(connection, client);
  const settings = followSettings(connection, client, platform, watched);
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
  const source = fileSource(connection, platform, options, params);
  const workspace = followWorkspace(connection, documents, watched, source, platform);
  const surroundingsOf = followSurroundings(workspace);
  const samples = followSamples(connection, documents, workspace, surroundingsOf, options, platform);
  const requests = answerRequests({
    connection,
    documents,
    settings,
    plainJson: readPlainJson(platform),
    workspace,
    surroundingsOf,
    samples,
    handle,
    options,
    client,
  });
  const provided: ServerCapabilities = {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    ...requests,
    ...(diagnostics.provider && { diagnosticProvider: diagnostics.provider }),
  };
  serveAdopted(connection, provided);
  checkAgainstSurroundings(documents, workspace, surroundingsOf, diagnostics.refresh);
  connection.onInitialized(() => {
    settings.askForNews();
    loadKnowledge(platform)
      .then(knowledge => {
        documents.know(knowledge);
        diagnostics.refresh();
      })
      .catch((error: unknown) => connection.console.error(`No AWS catalogue: ${describe(error)}`));
    watched.watch(Object.values(fileNames).map(({ glob }) => glob));
    if (client.textDocument?.synchronization?.dynamicRegistration === true)
      serveCompanions(connection, provided);
  });
  return { serverInfo: { name: 'Stepwise' }, capabilities: provided };
}

function fileSource(
  connection: Connection,
  platform: Platform,
  options: InitializationOptions,
  { workspaceFolders, rootUri }: InitializeParams,
): FileSource {
  if (options.files) return clientFiles(connection);
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
  return platform.diskFiles?.(folders) ?? noFiles;
}
