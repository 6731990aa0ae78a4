import {
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import * as lsp from '#protocol/lsp.ts';
import * as service from '#service/languageService.ts';
import { followDocuments } from './documents.ts';
import { createHandle, describe } from './handle.ts';
import { loadKnowledge } from './knowledge.ts';
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
  const documents = followDocuments(connection);
  const settings = followSettings(connection, capabilities);
  const handle = createHandle(connection, documents, platform);
  const diagnostics = provideDiagnostics(connection, capabilities, documents, settings, handle, platform);
  settings.onDidChange(diagnostics.refresh);
  documents.onDidClose(settings.forget);
  connection.onInitialized(() => {
    settings.askForNews();
    loadKnowledge(platform)
      .then(knowledge => {
        documents.know(knowledge);
        diagnostics.refresh();
      })
      .catch((error: unknown) => connection.console.error(`No AWS catalogue: ${describe(error)}`));
  });

  connection.onCompletion(handle((analysis, params) => service.completion(analysis, params.position)));
  connection.onHover(handle((analysis, params) => service.hover(analysis, params.position)));
  connection.onDefinition(handle((analysis, params) => service.definition(analysis, params.position)));
  connection.onReferences(
    handle((analysis, params) => service.references(analysis, params.position, params.context)),
  );
  connection.onDocumentHighlight(
    handle((analysis, params) => service.documentHighlight(analysis, params.position)),
  );
  connection.onDocumentSymbol(handle(analysis => service.documentSymbols(analysis)));
  connection.onPrepareRename(
    handle((analysis, params) => allowed(service.prepareRename(analysis, params.position))),
  );
  connection.onRenameRequest(
    handle((analysis, params) => allowed(service.rename(analysis, params.position, params.newName))),
  );
  connection.onRequest(
    lsp.stateAt,
    handle((analysis, params: lsp.StateAtParams) => service.stateIdAt(analysis, params.position)),
  );
  connection.onRequest(
    lsp.spanOfState,
    handle((analysis, params: lsp.SpanOfStateParams) => service.spanOfState(analysis, params)),
  );

  return {
    serverInfo: { name: 'Stepwise' },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      completionProvider: { triggerCharacters: ['"', '$', '.', '[', '{', ':', ' ', "'"] },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: { label: 'Stepwise' },
      renameProvider: { prepareProvider: true },
      ...(diagnostics.provider && { diagnosticProvider: diagnostics.provider }),
    },
  };
}

/** A refusal is told to the user as the error of the request; anything else is the answer. */
function allowed<T extends object>(result: T | service.Refusal): T {
  if (!isRefusal(result)) return result;
  throw new ResponseError(LSPErrorCodes.RequestFailed, result.reason);
}

function isRefusal(result: object): result is service.Refusal {
  return 'kind' in result && result.kind === 'refused';
}
