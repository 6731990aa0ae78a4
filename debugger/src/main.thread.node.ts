import { parentPort } from 'node:worker_threads';

/**
 * The debugger in a thread beside the extension host, on the desktop. It is the web worker's: a thread
 * is given the part of a web worker's global scope that it uses, so that the package holds it once.
 */
const port = parentPort;
if (port) {
  const self = {
    postMessage: (message: unknown): void => {
      port.postMessage(message);
    },
    addEventListener: (_type: 'message', listener: (event: { readonly data: unknown }) => void): void => {
      port.on('message', (data: unknown) => listener({ data }));
    },
    setImmediate,
  };
  Object.assign(globalThis, { self });
  void import('./main.browser.ts');
}
