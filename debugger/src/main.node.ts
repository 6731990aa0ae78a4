#!/usr/bin/env node
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ListedFile } from './files.ts';
import { frame, FrameReader } from './framing.ts';
import type { Platform } from './context.ts';
import { DebugSession } from './session.ts';

/** `stepwise-debug-adapter`: the debug adapter over standard input and output, for any editor and for tests. */
const platform: Platform = {
  files: { read: name => readFile(onDisk(name), 'utf8'), list: name => listFiles(onDisk(name)) },
  yield: () => new Promise(resolve => setImmediate(resolve)),
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  now: () => performance.now(),
};
const encoder = new TextEncoder();
const report = (problem: string): void => {
  process.stderr.write(`${problem}\n`);
};
const session = new DebugSession(
  message => {
    process.stdout.write(frame(message, text => encoder.encode(text)));
  },
  platform,
  report,
);
const reader = new FrameReader(
  new TextDecoder(),
  message => {
    session.receive(message);
  },
  report,
);
process.stdin.on('data', (chunk: Buffer) => {
  reader.push(chunk);
});
process.stdin.on('end', () => {
  process.exit(0);
});

/** A path of the disk, of a path or of a `file:` URI. */
function onDisk(name: string): string {
  return name.startsWith('file:') ? fileURLToPath(name) : name;
}

async function listFiles(folder: string): Promise<readonly ListedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  return Promise.all(
    files.map(async entry => {
      const file = path.join(entry.parentPath, entry.name);
      const { size, mtimeMs } = await stat(file);
      return { path: path.relative(folder, file).split(path.sep).join('/'), size, modified: mtimeMs };
    }),
  );
}
