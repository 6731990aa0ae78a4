import { Uri } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { setUp } from './languageClient.ts';
import type { LoadLanguageClient } from './lazyLanguageClient.ts';

/** The client whose server is a process. The build makes a bundle of its own of this file. */
export const loadLanguageClient: LoadLanguageClient = setup => {
  const module = Uri.joinPath(setup.extensionUri, 'dist/server/main.node.js').fsPath;
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6229'] } };
  return Promise.resolve(
    setUp(setup, options => new LanguageClient('stepwise', 'Stepwise', { run, debug }, options)),
  );
};
