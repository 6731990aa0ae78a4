import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Analysis } from '#core/analysis/analysis.ts';
import { readDefinitionFiles } from '#protocol/lsp.ts';
import {
  fileLimits,
  fileNames,
  findFiles,
  isStrings,
  readFiles,
  type FileKind,
  type FindFilesParams,
  type ReadFilesParams,
} from '#protocol/workspaceFiles.ts';
import type { Documents } from './documents.ts';
import { describe } from './handle.ts';
import type { Platform } from './platform.ts';
import type { WatchedFiles } from './watchedFiles.ts';

/** A file as it was when it was last read. While it does not change, it stays the same object. */
export interface TextFile {
  readonly uri: string;
  readonly text: string;
}

/** Where files come from: the client, which has the workspace's file systems, or else the disk. */
export interface FileSource {
  readonly find: (kind: FileKind) => Promise<readonly string[]>;
  /** Files that cannot be read are absent from the answer. */
  readonly read: (uris: readonly string[]) => Promise<readonly TextFile[]>;
}

/** The files of the workspace that belong to state machines, open or not. Nothing is read before it is asked for. */
export interface Workspace {
  readonly uris: (kind: FileKind) => Promise<readonly string[]>;
  /** What is known of a file, or of a document that is open; none where it cannot be read. */
  readonly analysisOf: (uri: string) => Promise<Analysis | undefined>;
  /** The same of all files of a kind, one by one, so that a long search can end early. */
  readonly analyses: (kind: FileKind, token?: CancellationToken) => AsyncGenerator<Analysis>;
  /** Reads files of any name. */
  readonly read: (uris: readonly string[]) => Promise<readonly TextFile[]>;
  /** A file of the workspace has come, changed or gone, or may have; of the documents, those that are mocks or tests. */
  readonly onDidChange: (listener: (uri: string) => void) => void;
}

const kinds: readonly FileKind[] = ['definitions', 'mocks', 'tests', 'inputs', 'templates'];
/** So many texts are asked for in one message. */
const batch = 40;

export function followWorkspace(
  connection: Connection,
  documents: Documents,
  watched: WatchedFiles,
  source: FileSource,
  platform: Platform,
): Workspace {
  const lists = new Map<FileKind, Promise<readonly string[]>>();
  const texts = new Map<string, TextFile>();
  const analyses = new WeakMap<TextFile, Analysis>();
  const listeners: ((uri: string) => void)[] = [];
  const tell = (uri: string): void => {
    for (const listener of listeners) listener(uri);
  };
  const forget = (uri: string): void => {
    for (const kind of kinds) if (fileNames[kind].pattern.test(decodeURIComponent(uri))) lists.delete(kind);
    texts.delete(uri);
    tell(uri);
  };
  watched.onDidChange(forget);
  documents.onDidChange(uri => {
    if (isCompanion(uri)) tell(uri);
  });
  documents.onDidClose(forget);
  if (!watched.areWatched) {
    // Without news, opening and saving are the moments when something may have changed.
    documents.onDidOpen(forget);
    documents.onDidSave(uri => {
      lists.clear();
      texts.clear();
      tell(uri);
    });
  }

  const uris = (kind: FileKind): Promise<readonly string[]> => {
    const known = lists.get(kind);
    if (known) return known;
    const found = source.find(kind).catch((error: unknown) => {
      connection.console.warn(`No files of the workspace: ${describe(error)}`);
      lists.delete(kind);
      return [];
    });
    lists.set(kind, found);
    return found;
  };
  const readAll = async (wanted: readonly string[]): Promise<void> => {
    const unknown = wanted.filter(uri => !texts.has(uri) && !documents.isOpen(uri));
    if (unknown.length === 0) return;
    try {
      for (const file of await source.read(unknown)) {
        if (file.text.length <= fileLimits.characters) texts.set(file.uri, file);
      }
    } catch (error) {
      connection.console.warn(`Files cannot be read: ${describe(error)}`);
    }
  };
  const known = (uri: string): Analysis | undefined => {
    const open = documents.analysisOf(uri);
    if (open) return open;
    const file = texts.get(uri);
    if (!file) return undefined;
    let analysis = analyses.get(file);
    if (!analysis) analyses.set(file, (analysis = documents.analyzeFile(uri, file.text)));
    return analysis;
  };
  return {
    uris,
    analysisOf: async uri => {
      await readAll([uri]);
      return known(uri);
    },
    async *analyses(kind, token) {
      const all = await uris(kind);
      for (let start = 0; start < all.length; start += batch) {
        const some = all.slice(start, start + batch);
        await readAll(some);
        for (const uri of some) {
          if (token?.isCancellationRequested === true) return;
          const analysis = known(uri);
          if (!analysis) continue;
          yield analysis;
          await platform.yieldOnce();
        }
      }
    },
    read: source.read,
    onDidChange: listener => listeners.push(listener),
  };
}

/** Mock and test files: what is typed in them counts for their definitions at once. */
function isCompanion(uri: string): boolean {
  const path = decodeURIComponent(uri);
  return fileNames.mocks.pattern.test(path) || fileNames.tests.pattern.test(path);
}

/** The client's files. */
export function clientFiles(connection: Connection): FileSource {
  return {
    find: async kind => {
      const found: unknown = await connection.sendRequest(findFiles, { kind } satisfies FindFilesParams);
      return isStrings(found) ? found : [];
    },
    read: async uris =>
      readDefinitionFiles(await connection.sendRequest(readFiles, { uris } satisfies ReadFilesParams)),
  };
}

/** Of a client that does not answer, where the server sees no disk either. */
export const noFiles: FileSource = { find: async () => [], read: async () => [] };
