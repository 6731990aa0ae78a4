import { readLocal, type LocalBuckets } from '#interpreter/items/localBucket.ts';
import type { Host } from '#interpreter/host.ts';
import { UsageError, type Io } from './command.ts';
import { decoders } from './decoders.ts';
import type { Folder } from './folder.ts';

/** Folders that stand for S3 buckets, by the bucket's name: what ItemReader reads and ResultWriter writes. */
export async function bucketsOf(
  options: readonly string[],
  io: Pick<Io, 'folder' | 'err'>,
): Promise<Required<Pick<Host, 'read' | 'write'>>> {
  const folders = new Map<string, Folder>();
  for (const option of options) {
    const sign = option.indexOf('=');
    if (sign < 1 || sign === option.length - 1)
      throw new UsageError(`--bucket names a bucket and its folder, as in orders=./orders, not '${option}'.`);
    const name = option.slice(0, sign);
    if (folders.has(name)) throw new UsageError(`--bucket ${name} is given twice.`);
    folders.set(name, await io.folder(option.slice(sign + 1)));
  }
  const buckets: LocalBuckets = {
    read: async (bucket, key) => folders.get(bucket)?.read(key),
    list: async (bucket, prefix) => {
      const objects = (await folders.get(bucket)?.list()) ?? [];
      return objects.filter(({ key }) => key.startsWith(prefix));
    },
  };
  return {
    read: async request => {
      const { bucket } = request;
      if (!folders.has(bucket))
        return {
          kind: 'missing',
          cause: `No folder stands for the bucket '${bucket}'. Give one: --bucket ${bucket}=FOLDER`,
        };
      try {
        return await readLocal(request, buckets, decoders);
      } catch (thrown) {
        return { kind: 'missing', cause: thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },
    write: async ({ bucket, files }) => {
      const folder = folders.get(bucket);
      if (!folder) {
        io.err(
          `The results for the bucket '${bucket}' are not written. Give a folder: --bucket ${bucket}=FOLDER\n`,
        );
        return;
      }
      for (const { key, body } of files) await folder.write(key, body);
    },
  };
}
