import { Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { setUp } from './languageClient.ts';
import type { LoadLanguageClient } from './lazyLanguageClient.ts';

/** The client whose server is a web worker. */
export const loadLanguageClient: LoadLanguageClient = setup => {
  const script = Uri.joinPath(setup.extensionUri, 'dist/server/main.browser.js').toString(true);
  let worker: Worker | undefined;
  setup.onDispose(() => worker?.terminate());
  const startWorker = () => {
    worker?.terminate();
    worker = new Worker(script);
    // Transports, not the worker: where VS Code wraps workers, the client does not take it for one.
    return Promise.resolve({
      reader: new BrowserMessageReader(worker),
      writer: new BrowserMessageWriter(worker),
    });
  };
  return Promise.resolve(
    setUp(setup, options => new LanguageClient('stepwise', 'Stepwise', startWorker, options)),
  );
};
