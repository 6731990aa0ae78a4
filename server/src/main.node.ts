#!/usr/bin/env node
import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { configurationFile } from '#core/analysis/configuration.ts';
import { placeAndReason, readJson } from '#core/syntax/readJson.ts';
import { inWords } from '#core/text/message.ts';
import type * as jsonLanguageService from './jsonLanguageService.ts';
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
  loadJsonService,
  diskFiles,
});

async function readProjectConfiguration(uri: string): Promise<unknown> {
  if (!uri.startsWith('file:')) return undefined;
  for (let folder = path.dirname(fileURLToPath(uri)); ; folder = path.dirname(folder)) {
    const file = path.join(folder, configurationFile);
    if (existsSync(file)) {
      const reading = readJson(await readFile(file, 'utf8'));
      if (reading.kind === 'read') return reading.value;
      throw new Error(inWords(placeAndReason(reading.problem)));
    }
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** A bundle beside this one, or the source beside this source. */
async function loadJsonService(): Promise<typeof jsonLanguageService> {
  const script = scriptFile();
  const file = path.join(path.dirname(script), `jsonLanguageService${path.extname(script)}`);
  return (await import(pathToFileURL(file).href)) as typeof jsonLanguageService;
}

/** Beside the bundle in `dist/`, or two levels up when the sources are run as they are. */
function assetsFolder(): string {
  const folder = path.dirname(scriptFile());
  const bundled = path.join(folder, '../assets');
  return existsSync(bundled) ? bundled : path.join(folder, '../../assets');
}

/** This file, also where it was started by the link that npm makes. */
function scriptFile(): string {
  const [, script = ''] = process.argv;
  return existsSync(script) ? realpathSync(script) : script;
}
