#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { frame, FrameReader } from './framing.ts';
import type { Platform } from './context.ts';
import { DebugSession } from './session.ts';

/** `stepwise-debug-adapter`: the debug adapter over standard input and output, for any editor and for tests. */
const platform: Platform = {
  files: { read: path => readFile(path.startsWith('file:') ? fileURLToPath(path) : path, 'utf8') },
  yield: () => new Promise(resolve => setImmediate(resolve)),
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
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
