import { readToWorker, type FromWorker } from '#protocol/debugHost.ts';
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
  { yield: yieldOnce, sleep }: Pick<Platform, 'yield' | 'sleep'>,
): void {
  const reading = new Map<number, { resolve: (text: string) => void; reject: (error: Error) => void }>();
  let reads = 0;
  const session = new DebugSession(
    message => {
      port.post({ type: 'protocol', message });
    },
    {
      files: {
        read: path =>
          new Promise((resolve, reject) => {
            const id = ++reads;
            reading.set(id, { resolve, reject });
            port.post({ type: 'read', id, path });
          }),
      },
      yield: yieldOnce,
      sleep,
    },
    text => {
      port.post({ type: 'log', text });
    },
  );
  port.listen(value => {
    const message = readToWorker(value);
    if (message?.type === 'protocol') session.receive(message.message);
    else if (message?.type === 'file') reading.get(message.id)?.resolve(message.text);
    else if (message?.type === 'unreadable') reading.get(message.id)?.reject(new Error(message.reason));
    if (message && message.type !== 'protocol') reading.delete(message.id);
  });
}
