import { l10n } from 'vscode';
import { problemOfJson, type ProblemOfJsonParams, type ProblemOfJsonResult } from '#protocol/lsp.ts';
import type { LazyLanguageClient } from './lazyLanguageClient.ts';

/** The value of a text that a user writes as JSON, or what is wrong with it in words for the user. */
export async function readJson(
  text: string,
  client: LazyLanguageClient,
): Promise<{ readonly value: unknown } | { readonly problem: string }> {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: await problemIn(text, client) };
  }
}

/** The server knows where and why; the engine's own words name no line, and speak English only. */
async function problemIn(text: string, client: LazyLanguageClient): Promise<string> {
  const params: ProblemOfJsonParams = { text };
  try {
    const problem = await client.sendRequest<ProblemOfJsonResult>(problemOfJson, params);
    return problem ?? l10n.t('This is not JSON.');
  } catch {
    // A server that cannot be asked has been reported by the client; here it only knows less.
    return l10n.t('This is not JSON.');
  }
}
