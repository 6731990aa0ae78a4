import type { Json } from '#core/json.ts';
import { textOfUtf8 } from '../hash/utf8.ts';
import type { Found, ReadRequest } from '../request.ts';

/** Files that stand for the objects of buckets. The program that has a file system makes one. */
export interface LocalBuckets {
  /** The bytes of an object; `undefined` where there is none. */
  read(bucket: string, key: string): Promise<Uint8Array | undefined>;
  /** The objects whose keys begin so, in the order of their keys. */
  list(bucket: string, prefix: string): Promise<readonly LocalObject[]>;
}

export interface LocalObject {
  readonly key: string;
  readonly size: number;
  /** In milliseconds since 1970. */
  readonly modified: number;
}

/** What it takes to look into files that are no text. What is not given cannot be read. */
export interface Decoders {
  readonly gunzip?: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly unzstd?: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** The rows of a Parquet file. */
  readonly parquet?: (bytes: Uint8Array) => Promise<readonly Json[]>;
}

/**
 * Answers an ItemReader from files. `.gz` and `.zst` files are unpacked, as AWS does by these endings; a
 * listing has the fields of S3's.
 */
export async function readLocal(
  request: ReadRequest,
  buckets: LocalBuckets,
  decoders: Decoders = {},
): Promise<Found> {
  const { bucket, key } = request;
  if (request.operation === 'listObjectsV2') {
    const objects = await buckets.list(bucket, key);
    return { kind: 'objects', objects: objects.map(listed) };
  }
  const packed = await buckets.read(bucket, key);
  if (!packed) return missing(`The specified key does not exist: s3://${bucket}/${key}`);
  const decode = decoderOf(key, decoders);
  if (decode === 'absent') return missing(`Nothing here can unpack s3://${bucket}/${key}`);
  if (request.format === 'PARQUET' && !decoders.parquet)
    return missing(`Nothing here can read the Parquet file s3://${bucket}/${key}`);
  try {
    const bytes = decode ? await decode(packed) : packed;
    return request.format === 'PARQUET' && decoders.parquet
      ? { kind: 'rows', rows: await decoders.parquet(bytes) }
      : { kind: 'text', text: textOfUtf8(bytes) };
  } catch (damage) {
    const why = damage instanceof Error ? damage.message : String(damage);
    return missing(`s3://${bucket}/${key} cannot be read: ${why}`);
  }
}

function missing(cause: string): Found {
  return { kind: 'missing', cause };
}

function decoderOf(
  key: string,
  { gunzip, unzstd }: Decoders,
): ((bytes: Uint8Array) => Promise<Uint8Array>) | 'absent' | undefined {
  if (key.endsWith('.gz')) return gunzip ?? 'absent';
  if (key.endsWith('.zst') || key.endsWith('.zstd')) return unzstd ?? 'absent';
  return undefined;
}

function listed({ key, size, modified }: LocalObject): Json {
  return {
    Etag: `"${key.length.toString(16)}-${size.toString(16)}"`,
    Key: key,
    LastModified: Math.floor(modified / 1000),
    Size: size,
    StorageClass: 'STANDARD',
  };
}
