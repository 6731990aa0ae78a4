import { FileType, Uri, workspace } from 'vscode';
import type { DefinitionFile } from '#protocol/lsp.ts';
import {
  fileLimits,
  fileNames,
  findFiles,
  foreignFolders,
  isFindFilesParams,
  isLastInputParams,
  isReadFilesParams,
  lastInput,
  readFiles,
  type FileKind,
} from '#protocol/workspaceFiles.ts';
import { lastInputOf } from './debug/launching.ts';
import type { Feature } from './services.ts';

/** Answers what the server asks about files that are not open; whatever the scheme of the workspace is. */
export const workspaceFiles: Feature = ({ context, client }) => {
  context.subscriptions.push(
    client.onRequest(findFiles, async (params: unknown) => {
      if (!isFindFilesParams(params)) throw new Error(`bug: malformed ${findFiles}`);
      return (await urisOf(params.kind)).map(String);
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

async function urisOf(kind: FileKind): Promise<readonly Uri[]> {
  const excluded = `**/{${foreignFolders.join(',')}}/**`;
  const found = await workspace.findFiles(fileNames[kind].glob, excluded, fileLimits.files);
  if (found.length > 0) return found;
  // A file system without a search of its own finds nothing that way.
  const unsearched = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme !== 'file');
  const walked: Uri[] = [];
  for (const { uri } of unsearched) await walk(uri, fileNames[kind].pattern, 0, walked);
  return walked;
}

const deepest = 8;

async function walk(folder: Uri, pattern: RegExp, depth: number, found: Uri[]): Promise<void> {
  if (depth > deepest) return;
  for (const [name, type] of await workspace.fs.readDirectory(folder)) {
    if (found.length >= fileLimits.files) return;
    const uri = Uri.joinPath(folder, name);
    if (type === FileType.File && pattern.test(name)) found.push(uri);
    if (type === FileType.Directory && !foreignFolders.includes(name))
      await walk(uri, pattern, depth + 1, found);
  }
}

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
