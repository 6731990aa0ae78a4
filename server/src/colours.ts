import type { Connection, SemanticTokensEdit } from 'vscode-languageserver';
import * as service from '#service/languageService.ts';
import type { Documents } from './documents.ts';
import type { Handle } from './handle.ts';

/** Semantic tokens: of the whole document, of a part, or what has changed of them since the last answer. */
export function provideColours(connection: Connection, documents: Documents, handle: Handle): void {
  const last = new Map<string, { readonly resultId: string; readonly data: readonly number[] }>();
  let count = 0;
  documents.onDidClose(uri => last.delete(uri));
  const all = handle((analysis, { textDocument: { uri } }) => {
    const { data } = service.semanticTokens(analysis);
    const resultId = String(++count);
    last.set(uri, { resultId, data });
    return { resultId, data };
  });
  const { semanticTokens } = connection.languages;
  semanticTokens.on(async (params, token) => (await all(params, token)) ?? { data: [] });
  semanticTokens.onDelta(async (params, token) => {
    const before = last.get(params.textDocument.uri);
    const now = await all(params, token);
    if (!now) return { data: [] };
    if (before?.resultId !== params.previousResultId) return now;
    return { resultId: now.resultId, edits: changesBetween(before.data, now.data) };
  });
  semanticTokens.onRange(async (params, token) => {
    const tokens = await handle(analysis => service.semanticTokens(analysis, params.range))(params, token);
    return tokens ?? { data: [] };
  });
}

/** One edit from the first number that differs to the last: typing changes tokens in one place. */
export function changesBetween(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const deleteCount = before.length - start - same;
  return [{ start, deleteCount, data: after.slice(start, after.length - same) }];
}
