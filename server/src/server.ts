import {
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import * as lsp from '#protocol/lsp.ts';
import * as service from '#service/languageService.ts';
import { followDocuments } from './documents.ts';
import { provideGraph } from './graph/provideGraph.ts';
import { createHandle } from './handle.ts';
import type { Platform } from './platform.ts';
import { provideDiagnostics } from './publishDiagnostics.ts';
import { followSettings } from './settings.ts';

/** Serves the Amazon States Language over a connection, wherever it runs. Returns at once. */
export function startServer(connection: Connection, platform: Platform): void {
  connection.onInitialize((params: InitializeParams) =>
    initialize(connection, platform, params.capabilities),
  );
  connection.listen();
}

function initialize(
  connection: Connection,
  platform: Platform,
  capabilities: ClientCapabilities,
): InitializeResult {
  const documents = followDocuments(connection, {});
  const settings = followSettings(connection, capabilities);
  const handle = createHandle(connection, documents, platform);
  const diagnostics = provideDiagnostics(connection, capabilities, documents, settings, handle, platform);
  settings.onDidChange(diagnostics.refresh);
  documents.onDidClose(settings.forget);

  connection.onCompletion(handle((analysis, params) => service.completion(analysis, params.position)));
  connection.onDefinition(handle((analysis, params) => service.definition(analysis, params.position)));
  connection.onDocumentSymbol(handle(analysis => service.documentSymbols(analysis)));
  connection.onRequest(
    lsp.stateAt,
    handle((analysis, params: lsp.StateAtParams) => service.stateIdAt(analysis, params.position)),
  );
  connection.onRequest(
    lsp.spanOfState,
    handle((analysis, params: lsp.SpanOfStateParams) => service.spanOfState(analysis, params)),
  );

  provideGraph(connection, handle);

  return {
    serverInfo: { name: 'Stepwise' },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      completionProvider: { triggerCharacters: ['"', '$', '.', '[', '{', ':', ' ', "'"] },
      definitionProvider: true,
      documentSymbolProvider: { label: 'Stepwise' },
      ...(diagnostics.provider && { diagnosticProvider: diagnostics.provider }),
    },
  };
}
