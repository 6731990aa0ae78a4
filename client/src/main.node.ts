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
  });
}
