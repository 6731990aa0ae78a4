import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError, type Io } from './command.ts';
import { reasonOf } from './files.ts';
import { openFolder } from './folder.ts';
import { stepwise } from './stepwise.ts';

/** The executable: the command line on the real streams, files and clock. */
const world: Io = {
  out: line => {
    process.stdout.write(line);
  },
  err: line => {
    process.stderr.write(line);
  },
  read: async path => {
    if (path === '-') return text(process.stdin);
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`);
    }
  },
  folder: openFolder,
  isTerminal: process.stderr.isTTY && process.env['NO_COLOR'] === undefined,
  now: () => performance.now(),
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
};

void stepwise(process.argv.slice(2), world).then(code => {
  process.exitCode = code;
});
