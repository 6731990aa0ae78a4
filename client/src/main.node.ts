import { Worker } from 'node:worker_threads';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activate as activateIn } from './activate.ts';

/** Entry on the desktop and wherever extensions run in Node. */
export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server/main.node.js');
  activateIn(context, {
    createLanguageClient: options =>
      new LanguageClient(
        'stepwise',
        'Stepwise',
        {
          run: { module, transport: TransportKind.ipc },
          debug: {
            module,
            transport: TransportKind.ipc,
            options: { execArgv: ['--nolazy', '--inspect=6229'] },
          },
        },
        options,
      ),
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
