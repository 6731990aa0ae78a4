import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { readAsset, type ReadAssetParams } from '#protocol/lsp.ts';
import { startServer } from './server.ts';

/** The part of a dedicated worker's global scope that messages need. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(self),
  new BrowserMessageWriter(self),
);

startServer(connection, {
  yieldOnce: () => new Promise(resolve => setTimeout(resolve, 0)),
  pause: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  readAsset: path => connection.sendRequest<string>(readAsset, { path } satisfies ReadAssetParams),
});
