import { Uri, workspace } from 'vscode';
import type { DefinitionFile } from '#protocol/lsp.ts';
import {
  fileLimits,
  findFiles,
  isFindFilesParams,
  isLastInputParams,
  isReadFilesParams,
  lastInput,
  readFiles,
} from '#protocol/workspaceFiles.ts';
import { lastInputOf } from './debug/launching.ts';
import { findFilesOf } from './findFiles.ts';
import type { Feature } from './services.ts';

/** Answers what the server asks about files that are not open; whatever the scheme of the workspace is. */
export const workspaceFiles: Feature = ({ context, client }) => {
  context.subscriptions.push(
    client.onRequest(findFiles, async (params: unknown) => {
      if (!isFindFilesParams(params)) throw new Error(`bug: malformed ${findFiles}`);
      return (await findFilesOf(params.kind)).map(String);
    }),
    client.onRequest(readFiles, async (params: unknown) => {
      if (!isReadFilesParams(params)) throw new Error(`bug: malformed ${readFiles}`);
      const files = await Promise.all(params.uris.map(textOf));
      return files.filter(file => file !== undefined);
    }),
    client.onRequest(lastInput, (params: unknown) => {
      if (!isLastInputParams(params)) throw new Error(`bug: malformed ${lastInput}`);
      return lastInputOf(context.workspaceState, Uri.parse(params.uri)) ?? null;
    }),
  );
};

/** What is typed in an open document, else what is on disk; nothing where it cannot be read. */
async function textOf(uri: string): Promise<DefinitionFile | undefined> {
  const parsed = Uri.parse(uri);
  const open = workspace.textDocuments.find(document => document.uri.toString() === parsed.toString());
  if (open) return { uri, text: open.getText() };
  try {
    const bytes = await workspace.fs.readFile(parsed);
    if (bytes.length > fileLimits.characters) return undefined;
    return { uri, text: new TextDecoder().decode(bytes) };
  } catch {
    // Gone since it was found, or never there: the server tries names.
    return undefined;
  }
}
