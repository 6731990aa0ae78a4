import { parentPort } from 'node:worker_threads';
import { serveInWorker } from './workerHost.ts';

/** The debugger in a thread beside the extension host, on the desktop. */
const port = parentPort;
if (port) {
  serveInWorker(
    {
      post: message => {
        port.postMessage(message);
      },
      listen: receive => {
        port.on('message', receive);
      },
    },
    {
      yield: () => new Promise(resolve => setImmediate(resolve)),
      sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
      now: () => performance.now(),
    },
  );
}
