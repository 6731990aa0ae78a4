import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError, type Io } from '#cli/command.ts';
import { partsOfKey, type Folder } from '#cli/folder.ts';
import { stepwise } from '#cli/stepwise.ts';

export const examples = path.resolve(import.meta.dirname, '../../examples');

/** What the command finds: files by name, and folders that stand for buckets. */
export interface World {
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: Readonly<Record<string, Record<string, string | Uint8Array>>>;
  /** Takes down how many milliseconds the command has slept each time. */
  readonly slept?: number[];
}

/** Runs a command line in a world of its own; what is not in it is looked for in the examples. */
export async function stepwiseIn({ files = {}, folders = {}, slept = [] }: World, args: readonly string[]) {
  let out = '';
  let err = '';
  const io: Io = {
    out: text => (out += text),
    err: text => (err += text),
    read: name => {
      const file = path.resolve(examples, name);
      if (name in files) return Promise.resolve(files[name] ?? '');
      return existsSync(file)
        ? Promise.resolve(readFileSync(file, 'utf8'))
        : Promise.reject(new UsageError(`${name} cannot be read: there is no such file`));
    },
    folder: name => {
      const content = folders[name];
      return content
        ? Promise.resolve(folderOf(content))
        : Promise.reject(new UsageError(`${name} cannot be used as a bucket: there is no such folder`));
    },
    isTerminal: false,
    now: () => 0,
    sleep: milliseconds => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
  };
  const code = await stepwise(args, io);
  return { code, out, err };
}

function folderOf(content: Record<string, string | Uint8Array>): Folder {
  const bytesOf = (body: string | Uint8Array | undefined): Uint8Array | undefined =>
    typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return {
    read: async key => bytesOf(content[partsOfKey(key).join('/')]),
    list: async () =>
      Object.keys(content)
        .toSorted()
        .map(key => ({ key, size: bytesOf(content[key])?.length ?? 0, modified: 5000 })),
    write: async (key, body) => {
      content[partsOfKey(key).join('/')] = body;
    },
  };
}
