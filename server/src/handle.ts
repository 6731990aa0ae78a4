import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { Documents } from './documents.ts';
import type { Platform } from './platform.ts';

interface OfDocument {
  readonly textDocument: { readonly uri: string };
}

/** Turns a feature into the handler of a request: the one place where documents are found and errors caught. */
export type Handle = <P extends OfDocument, R>(
  feature: (analysis: Analysis, params: P, token: CancellationToken) => R | Promise<R>,
) => (params: P, token: CancellationToken) => Promise<R | null>;

/**
 * The way of every request: find the document, let other messages in, see whether it is still wanted,
 * run the feature, log what goes wrong. A document that is not open and a failed feature answer `null`.
 */
export function createHandle(connection: Connection, documents: Documents, platform: Platform): Handle {
  return feature => async (params, token) => {
    await platform.yieldOnce();
    throwIfCancelled(token);
    try {
      const analysis = documents.analysisOf(params.textDocument.uri);
      return analysis ? await feature(analysis, params, token) : null;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      connection.console.error(describe(error));
      return null;
    }
  };
}

/** Ends a request that is no longer wanted, as the protocol has it. */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) {
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
  }
}

/** An error with its stack, for the log. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
