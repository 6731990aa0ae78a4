#!/usr/bin/env node
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

/* `--stdio` for other editors, `--node-ipc` for VS Code, also `--socket=PORT` and `--pipe=NAME`. */
startServer(createConnection(ProposedFeatures.all), {
  yieldOnce: () => new Promise(resolve => setImmediate(resolve)),
});
