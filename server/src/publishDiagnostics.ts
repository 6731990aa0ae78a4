import {
  DocumentDiagnosticReportKind,
  type ClientCapabilities,
  type Connection,
  type Diagnostic,
  type DiagnosticRegistrationOptions,
} from 'vscode-languageserver';
import { diagnostics } from '#service/languageService.ts';
import type { Documents } from './documents.ts';
import { describe, throwIfCancelled, type Handle } from './handle.ts';
import type { Platform } from './platform.ts';
import type { SettingsStore } from './settings.ts';
import { unhurried } from './unhurried.ts';

/**
 * Shows the findings: the editor pulls them where it can, else they are pushed after each change.
 * Never both, or every finding would stand there twice.
 */
export interface Diagnostics {
  readonly provider: DiagnosticRegistrationOptions | undefined;
  /** Something other than the text has changed: settings, or what is known beyond the file. */
  readonly refresh: () => void;
}

export function provideDiagnostics(
  connection: Connection,
  capabilities: ClientCapabilities,
  documents: Documents,
  settings: SettingsStore,
  handle: Handle,
  platform: Platform,
): Diagnostics {
  const check = unhurried(platform);
  documents.onDidClose(check.forget);
  const compute = async (uri: string, isWanted: () => boolean): Promise<Diagnostic[] | undefined> => {
    const { validate } = await settings.of(uri);
    for (;;) {
      const analysis = documents.analysisOf(uri);
      if (!analysis) return [];
      const isNewest = (): boolean => documents.analysisOf(uri) === analysis;
      const findings = validate.enable
        ? await check.run(
            uri,
            () => analysis.findingsInSteps(),
            () => isWanted() && isNewest(),
          )
        : [];
      if (findings) return diagnostics(analysis, validate);
      if (!isWanted()) return undefined;
    }
  };
  if (capabilities.textDocument?.diagnostic) {
    connection.languages.diagnostics.on(async (params, token) => {
      const pull = handle(async (_analysis, { textDocument }: typeof params) => {
        const found = await compute(textDocument.uri, () => !token.isCancellationRequested);
        throwIfCancelled(token);
        return found;
      });
      const items = await pull(params, token);
      return { kind: DocumentDiagnosticReportKind.Full, items: items ?? [] };
    });
    return {
      provider: {
        documentSelector: null,
        identifier: 'stepwise',
        interFileDependencies: false,
        workspaceDiagnostics: false,
      },
      refresh: () => {
        if (capabilities.workspace?.diagnostics?.refreshSupport !== true) return;
        connection.languages.diagnostics.refresh().catch((error: unknown) => {
          connection.console.error(describe(error));
        });
      },
    };
  }
  const push = async (uri: string): Promise<void> => {
    const version = documents.analysisOf(uri)?.source.version;
    await platform.yieldOnce();
    if (version === undefined || documents.analysisOf(uri)?.source.version !== version) return;
    try {
      const found = await compute(uri, () => documents.analysisOf(uri)?.source.version === version);
      if (found) await connection.sendDiagnostics({ uri, version, diagnostics: found });
    } catch (error) {
      connection.console.error(describe(error));
    }
  };
  const clear = (uri: string): void => {
    connection.sendDiagnostics({ uri, diagnostics: [] }).catch((error: unknown) => {
      connection.console.error(describe(error));
    });
  };
  documents.onDidChange(uri => void push(uri));
  documents.onDidClose(clear);
  return { provider: undefined, refresh: () => documents.uris().forEach(uri => void push(uri)) };
}
