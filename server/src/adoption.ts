import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  BulkRegistration,
  RegistrationType,
  TextDocumentSyncKind,
  type Connection,
  type Disposable,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { adopt, readAdoptParams } from '#protocol/lsp.ts';
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
    const registering = connection.client.register(registrationFor(uri, language, capabilities));
    adopted.set(uri, registering);
    registering.catch((error: unknown) => {
      adopted.delete(uri);
      connection.console.error(describe(error));
    });
    await registering;
    return null;
  });
}

function registrationFor(uri: string, language: string, capabilities: ServerCapabilities): BulkRegistration {
  const { scheme, path } = partsOf(uri);
  const documentSelector = [{ language, scheme, pattern: path.replaceAll(/[[\]{}*?]/g, '[$&]') }];
  const bulk = BulkRegistration.create();
  bulk.add(DidOpenTextDocumentNotification.type, { documentSelector });
  bulk.add(DidChangeTextDocumentNotification.type, {
    documentSelector,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  bulk.add(DidCloseTextDocumentNotification.type, { documentSelector });
  for (const [capability, method] of Object.entries(methods)) {
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
