import { readToWorker, type FromWorker, type ToWorker } from '#protocol/debugHost.ts';
import type { Platform } from './context.ts';
import { DebugSession } from './session.ts';

/** The worker's line to the extension. */
export interface Port {
  post(message: FromWorker): void;
  listen(receive: (message: unknown) => void): void;
}

/**
 * Serves one debug session in a worker: nothing that a definition does can hold up the extension host.
 * Files are read by the extension, which knows open documents and virtual workspaces.
 */
export function serveInWorker(
  port: Port,
  { yield: yieldOnce, sleep, now }: Pick<Platform, 'yield' | 'sleep' | 'now'>,
): void {
  const open = new Map<number, (answer: FileAnswer) => void>();
  let asked = 0;
  const ask = (type: 'read' | 'list', path: string): Promise<FileAnswer> =>
    new Promise(resolve => {
      const id = ++asked;
      open.set(id, resolve);
      port.post({ type, id, path });
    });
  const session = new DebugSession(
    message => {
      port.post({ type: 'protocol', message });
    },
    {
      files: {
        read: async path => {
          const answer = await ask('read', path);
          if (answer.type === 'file') return answer.text;
          throw new Error(reasonOf(answer));
        },
        list: async path => {
          const answer = await ask('list', path);
          if (answer.type === 'listed') return answer.files;
          throw new Error(reasonOf(answer));
        },
      },
      yield: yieldOnce,
      sleep,
      now,
    },
    text => {
      port.post({ type: 'log', text });
    },
  );
  port.listen(value => {
    const message = readToWorker(value);
    if (message?.type === 'protocol') session.receive(message.message);
    else if (message) {
      open.get(message.id)?.(message);
      open.delete(message.id);
    }
  });
}

/** What the extension says of a file or folder. */
type FileAnswer = Exclude<ToWorker, { readonly type: 'protocol' }>;

function reasonOf(answer: FileAnswer): string {
  return answer.type === 'unreadable' ? answer.reason : `bug: '${answer.type}' answers another question`;
}
