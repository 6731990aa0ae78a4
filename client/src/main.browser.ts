import { Uri, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { activate as activateIn } from './activate.ts';

declare global {
  /** The part of the web's `Worker` that is used here; the other bundle runs where there is no DOM. */
  interface Worker {
    terminate(): void;
    postMessage(message: unknown): void;
    onmessage: ((event: { readonly data: unknown }) => void) | null;
    onerror: ((event: unknown) => void) | null;
  }
  const Worker: new (url: string) => Worker;
}

/** Entry in the browser, where the server is a web worker. */
export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist/server/main.browser.js').toString(true);
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  activateIn(context, {
    createLanguageClient: options =>
      new LanguageClient(
        'stepwise',
        'Stepwise',
        () => {
          worker?.terminate();
          worker = new Worker(script);
          // Transports, not the worker: where VS Code wraps workers, the client does not take it for one.
          return Promise.resolve({
            reader: new BrowserMessageReader(worker),
            writer: new BrowserMessageWriter(worker),
          });
        },
        options,
      ),
    createDebugWorker: () => {
      const debuggee = new Worker(
        Uri.joinPath(context.extensionUri, 'dist/debugger/main.browser.js').toString(true),
      );
      return {
        post: message => {
          debuggee.postMessage(message);
        },
        onMessage: receive => {
          debuggee.onmessage = event => {
            receive(event.data);
          };
        },
        onError: receive => {
          debuggee.onerror = receive;
        },
        terminate: () => {
          debuggee.terminate();
        },
      };
    },
  });
}
