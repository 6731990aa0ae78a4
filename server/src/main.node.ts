#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { configurationFile } from '#core/analysis/configuration.ts';
import { diskFiles } from './main.files.node.ts';
import { startServer } from './server.ts';

/* `--stdio` (default) for other editors, `--node-ipc` for VS Code, also `--socket=PORT` and `--pipe=NAME`. */
if (!process.argv.some(argument => /^--(?:stdio|node-ipc|socket|pipe)\b/.test(argument))) {
  process.argv.push('--stdio');
}

startServer(createConnection(ProposedFeatures.all), {
  yieldOnce: () => new Promise(resolve => setImmediate(resolve)),
  pause: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  readAsset: name => readFile(path.join(assetsFolder(), name), 'utf8'),
  readProjectConfiguration,
  diskFiles,
});

async function readProjectConfiguration(uri: string): Promise<unknown> {
  if (!uri.startsWith('file:')) return undefined;
  for (let folder = path.dirname(fileURLToPath(uri)); ; folder = path.dirname(folder)) {
    const file = path.join(folder, configurationFile);
    if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as unknown;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** Beside the bundle in `dist/`, or two levels up when the sources are run as they are. */
function assetsFolder(): string {
  const script = process.argv[1] ?? '';
  const bundled = path.join(path.dirname(script), '../assets');
  return existsSync(bundled) ? bundled : path.join(path.dirname(script), '../../assets');
}
