import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';

const projectRoot = path.resolve(import.meta.dirname, '../..');

/** The real server in a process of its own, spoken to over stdio as any editor would. */
export interface LanguageServerProcess {
  readonly connection: MessageConnection;
  readonly process: ChildProcessWithoutNullStreams;
  /** What it has written to standard error, where nothing belongs. */
  readonly stderr: () => string;
  /** Shuts down as the protocol says; the answer is the exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts the bundled server, or with `STEPWISE_SOURCE=1` (or where nothing is built) the one in the sources. */
export function startLanguageServer(): LanguageServerProcess {
  const child = spawn(process.execPath, [serverModule(), '--stdio'], { cwd: projectRoot });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = new Promise<number | null>(resolve => child.on('exit', resolve));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  return {
    connection,
    process: child,
    stderr: () => stderr,
    stop: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const code = await exited;
      connection.dispose();
      return code;
    },
  };
}

function serverModule(): string {
  const bundle = path.join(projectRoot, 'dist/server/main.node.js');
  return process.env['STEPWISE_SOURCE'] !== '1' && existsSync(bundle)
    ? bundle
    : path.join(projectRoot, 'server/src/main.node.ts');
}
