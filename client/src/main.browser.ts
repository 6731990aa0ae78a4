import { Uri, type ExtensionContext } from 'vscode';
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
  activateIn(context, {
    // In the same bundle, as a web extension can load no other; run when it is needed.
    loadLanguageClient: async setup =>
      (await import('./languageClient.browser.ts')).loadLanguageClient(setup),
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
