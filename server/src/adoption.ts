import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  BulkRegistration,
  RegistrationType,
  TextDocumentSyncKind,
  type Connection,
  type Disposable,
  type DocumentSelector,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { adopt, readAdoptParams } from '#protocol/lsp.ts';
import { fileNames } from '#protocol/workspaceFiles.ts';
import { describe } from './handle.ts';

/**
 * Capabilities that a file other than a definition gets, by the method that is registered for each.
 * Formatting, folding and selection stay with the file's own language.
 */
const methods: Readonly<Partial<Record<keyof ServerCapabilities, string>>> = {
  completionProvider: 'textDocument/completion',
  hoverProvider: 'textDocument/hover',
  signatureHelpProvider: 'textDocument/signatureHelp',
  definitionProvider: 'textDocument/definition',
  implementationProvider: 'textDocument/implementation',
  referencesProvider: 'textDocument/references',
  documentHighlightProvider: 'textDocument/documentHighlight',
  documentSymbolProvider: 'textDocument/documentSymbol',
  codeActionProvider: 'textDocument/codeAction',
  codeLensProvider: 'textDocument/codeLens',
  documentLinkProvider: 'textDocument/documentLink',
  renameProvider: 'textDocument/rename',
  linkedEditingRangeProvider: 'textDocument/linkedEditingRange',
  callHierarchyProvider: 'textDocument/prepareCallHierarchy',
  semanticTokensProvider: 'textDocument/semanticTokens',
  inlayHintProvider: 'textDocument/inlayHint',
  diagnosticProvider: 'textDocument/diagnostic',
};

/**
 * Serves single files of other languages, such as SAM templates, when the user wants it: everything is
 * registered for that file alone, so that no other JSON or YAML is touched.
 */
export function serveAdopted(connection: Connection, capabilities: ServerCapabilities): void {
  const adopted = new Map<string, Promise<Disposable>>();
  connection.onRequest(adopt, async (value: unknown) => {
    const params = readAdoptParams(value);
    if (!params) return null;
    const { uri, language, serve } = params;
    const known = adopted.get(uri);
    if (!serve) {
      adopted.delete(uri);
      (await known)?.dispose();
      return null;
    }
    if (known) return null;
    const { scheme, path } = partsOf(uri);
    const pattern = path.replaceAll(/[[\]{}*?]/g, '[$&]');
    const registering = connection.client.register(
      registrationFor([{ language, scheme, pattern }], capabilities, methods),
    );
    adopted.set(uri, registering);
    registering.catch((error: unknown) => {
      adopted.delete(uri);
      connection.console.error(describe(error));
    });
    await registering;
    return null;
  });
}

/** Capabilities that mock and test files get; everything else about them is plain JSON. */
const companionMethods: typeof methods = {
  completionProvider: 'textDocument/completion',
  definitionProvider: 'textDocument/definition',
  referencesProvider: 'textDocument/references',
  renameProvider: 'textDocument/rename',
  diagnosticProvider: 'textDocument/diagnostic',
};

/** Serves mock and test files, by their names. */
export function serveCompanions(connection: Connection, capabilities: ServerCapabilities): void {
  const documentSelector = [{ pattern: fileNames.mocks.glob }, { pattern: fileNames.tests.glob }];
  connection.client
    .register(registrationFor(documentSelector, capabilities, companionMethods))
    .catch((error: unknown) => connection.console.error(describe(error)));
}

function registrationFor(
  documentSelector: DocumentSelector,
  capabilities: ServerCapabilities,
  offered: typeof methods,
): BulkRegistration {
  const bulk = BulkRegistration.create();
  bulk.add(DidOpenTextDocumentNotification.type, { documentSelector });
  bulk.add(DidChangeTextDocumentNotification.type, {
    documentSelector,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  bulk.add(DidCloseTextDocumentNotification.type, { documentSelector });
  for (const [capability, method] of Object.entries(offered)) {
    const options: unknown = capabilities[capability as keyof ServerCapabilities];
    if (options === undefined || options === false) continue;
    bulk.add(new RegistrationType<object>(method), {
      ...(typeof options === 'object' ? options : {}),
      documentSelector,
    });
  }
  return bulk;
}

/** Scheme and decoded path of a URI. */
function partsOf(uri: string): { readonly scheme: string; readonly path: string } {
  const match = /^([a-z][a-z\d+.-]*):(?:\/\/[^/?#]*)?([^?#]*)/i.exec(uri);
  return { scheme: match?.[1] ?? 'file', path: decodeURIComponent(match?.[2] ?? uri) };
}
