import { serveInWorker } from './workerHost.ts';

/** The part of a web worker's global scope that is used here. */
declare const self: {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  /** In a thread of Node, where a timer takes a millisecond at least. */
  readonly setImmediate?: (callback: () => void) => void;
};

/** The debugger in a web worker, on vscode.dev; `main.thread.node.ts` makes a thread of Node look like one. */
serveInWorker(
  {
    post: message => {
      self.postMessage(message);
    },
    listen: receive => {
      self.addEventListener('message', event => {
        receive(event.data);
      });
    },
  },
  {
    yield: () =>
      new Promise(resolve => {
        if (self.setImmediate) self.setImmediate(resolve);
        else setTimeout(resolve, 0);
      }),
    sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
    now: () => performance.now(),
  },
);
