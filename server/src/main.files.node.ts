import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fileLimits, fileNames, foreignFolders } from '#protocol/workspaceFiles.ts';
import type { FileSource } from './workspace.ts';

/** Folders below this depth are not searched. */
const deepest = 12;

/** The files below the folders that an editor has open, for editors that do not answer questions about files. */
export function diskFiles(folders: readonly string[]): FileSource {
  const roots = folders.filter(uri => uri.startsWith('file:')).map(uri => fileURLToPath(uri));
  return {
    find: async kind => {
      const found: string[] = [];
      for (const root of roots) await walk(root, fileNames[kind].pattern, 0, found);
      return found.map(file => pathToFileURL(file).href);
    },
    read: async uris => {
      const files = await Promise.all(uris.map(textOf));
      return files.filter(file => file !== undefined);
    },
  };
}

async function walk(folder: string, pattern: RegExp, depth: number, found: string[]): Promise<void> {
  if (depth > deepest) return;
  // A folder that may not be read holds nothing for us.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (found.length >= fileLimits.files) return;
    if (entry.isFile() && pattern.test(entry.name)) found.push(path.join(folder, entry.name));
    if (entry.isDirectory() && !foreignFolders.includes(entry.name))
      await walk(path.join(folder, entry.name), pattern, depth + 1, found);
  }
}

async function textOf(uri: string): Promise<{ readonly uri: string; readonly text: string } | undefined> {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const file = fileURLToPath(uri);
    if ((await stat(file)).size > fileLimits.characters) return undefined;
    return { uri, text: await readFile(file, 'utf8') };
  } catch {
    // Gone since it was found, or never there: the server tries names.
    return undefined;
  }
}
