import { Worker } from 'node:worker_threads';
import type { ExtensionContext } from 'vscode';
import { activate as activateIn } from './activate.ts';

/** Entry on the desktop and wherever extensions run in Node. */
export function activate(context: ExtensionContext): void {
  activateIn(context, {
    // A bundle of its own, which is read when it is needed.
    loadLanguageClient: async setup => (await import('./languageClient.node.ts')).loadLanguageClient(setup),
    createDebugWorker: () => {
      const worker = new Worker(context.asAbsolutePath('dist/debugger/main.thread.node.js'));
      return {
        post: message => {
          worker.postMessage(message);
        },
        onMessage: receive => {
          worker.on('message', receive);
        },
        onError: receive => {
          worker.on('error', receive);
          // It never ends by itself.
          worker.on('exit', code => {
            receive(`The debug worker exited with code ${code}`);
          });
        },
        terminate: () => void worker.terminate(),
      };
    },
  });
}
