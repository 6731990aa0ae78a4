import {
  DidChangeWatchedFilesNotification,
  type ClientCapabilities,
  type Connection,
} from 'vscode-languageserver';

/** News of files that change on disk. The connection has one handler for them; this shares it. */
export interface WatchedFiles {
  /** Whether the editor tells of changes. Else what is read of a file may be old. */
  readonly areWatched: boolean;
  readonly onDidChange: (listener: (uri: string) => void) => void;
  /** Asks for news of files with such names; once the editor has said that it is initialized. */
  readonly watch: (globs: readonly string[]) => void;
}

export function followWatchedFiles(connection: Connection, client: ClientCapabilities): WatchedFiles {
  const listeners: ((uri: string) => void)[] = [];
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) for (const listener of listeners) listener(uri);
  });
  const areWatched = client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  return {
    areWatched,
    onDidChange: listener => listeners.push(listener),
    watch: globs => {
      if (!areWatched) return;
      const watchers = globs.map(globPattern => ({ globPattern }));
      connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch((error: unknown) => connection.console.warn(`No news of files: ${String(error)}`));
    },
  };
}
