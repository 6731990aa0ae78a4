import { lstat, mkdir, readFile, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LocalObject } from '#interpreter/items/localBucket.ts';
import { UsageError } from './command.ts';

/** The files in one folder by their keys, such as `2026/01/orders.csv`. Nothing outside the folder is touched. */
export interface Folder {
  /** The bytes of a file; `undefined` where there is none. Rejects for a key that leads outside. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** All files, in the order of their keys. */
  list(): Promise<readonly LocalObject[]>;
  /** Writes a file and the folders around it. Rejects for a key that leads outside. */
  write(key: string, body: string): Promise<void>;
}

/** A folder of this machine. */
export async function openFolder(name: string): Promise<Folder> {
  const root = await realpath(name).catch(() => undefined);
  if (root === undefined) throw new UsageError(`${name} cannot be used as a bucket: there is no such folder`);
  if (!(await stat(root)).isDirectory())
    throw new UsageError(`${name} cannot be used as a bucket: it is no folder`);
  return {
    read: async key => {
      const file = await inside(root, key);
      return (await isFile(file)) ? readFile(file) : undefined;
    },
    list: () => list(root),
    write: async (key, body) => {
      const file = await inside(root, key);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, body);
    },
  };
}

/**
 * The parts of the path that a key is below its folder: no part may lead up, out, or to another drive, or mean
 * something else to the file system than to S3.
 */
export function partsOfKey(key: string): readonly string[] {
  const parts = key.split('/');
  const isStrange = parts.some(part => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part));
  if (isStrange) throw new Error(`The key '${key}' cannot be a file inside the folder.`);
  return parts;
}

/** The path of a key. Also a symbolic link may not lead out of the folder. */
async function inside(root: string, key: string): Promise<string> {
  const parts = partsOfKey(key);
  for (let count = 1; count <= parts.length; count++) {
    const place = path.join(root, ...parts.slice(0, count));
    const entry = await lstat(place).catch(() => undefined);
    if (!entry) break;
    if (!entry.isSymbolicLink()) continue;
    const target = await realpath(place).catch(() => undefined);
    if (target === undefined || !target.startsWith(root + path.sep))
      throw new Error(`The key '${key}' leads out of the folder by a symbolic link.`);
  }
  return path.join(root, ...parts);
}

async function isFile(name: string): Promise<boolean> {
  const entry = await stat(name).catch(() => undefined);
  return entry?.isFile() ?? false;
}

async function list(root: string): Promise<readonly LocalObject[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  const objects = await Promise.all(
    files.map(async entry => {
      const file = path.join(entry.parentPath, entry.name);
      const { size, mtimeMs } = await stat(file);
      return { key: path.relative(root, file).split(path.sep).join('/'), size, modified: mtimeMs };
    }),
  );
  return objects.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
