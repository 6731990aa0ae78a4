import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { exitCode, UsageError, type Io } from './command.ts';
import { reasonOf, textOf } from './files.ts';
import { openFolder } from './folder.ts';
import { stepwise } from './stepwise.ts';

let isInputRead = false;

/** The executable: the command line on the real streams, files and clock. */
const world: Io = {
  out: line => {
    process.stdout.write(line);
  },
  err: line => {
    process.stderr.write(line);
  },
  read: async path => textOf(path, path === '-' ? await standardInput() : await bytesOf(path)),
  folder: openFolder,
  isTerminal: process.stderr.isTTY && (process.env['NO_COLOR'] ?? '') === '',
  now: () => performance.now(),
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
};

// Whoever reads the output may have enough of it, as `head` does: then there is nothing left to do.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit();
  process.stderr.write(`stepwise: the output cannot be written: ${reasonOf(error)}\n`);
  process.exit(exitCode.usage);
});
process.stderr.on('error', () => {
  // Messages that nobody reads are not worth an end: the output may still be wanted.
});

void stepwise(process.argv.slice(2), world).then(code => {
  process.exitCode = code;
});

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`);
  }
}

/** What is piped in comes once; a second reader would find nothing and take that for what was meant. */
async function standardInput(): Promise<Buffer> {
  if (isInputRead)
    throw new UsageError('Standard input can be read once only: name a file for one of the two.');
  isInputRead = true;
  try {
    return await buffer(process.stdin);
  } catch (error) {
    throw new UsageError(`Standard input cannot be read: ${reasonOf(error)}`);
  }
}
