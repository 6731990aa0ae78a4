import { promisify } from 'node:util';
import { brotliDecompressSync, gunzip, gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import { parquetReadObjects } from 'hyparquet';
import type { Json } from '#core/json.ts';
import type { Decoders } from '#interpreter/items/localBucket.ts';

/** Most bytes that a packed file may become: what is larger does not fit into memory as a text. */
const largest = 512 * 1024 * 1024;

/** Looks into gzip, zstd and Parquet files. Node reads zstd by itself only from version 22.15 on. */
export const decoders: Decoders = {
  gunzip: bytes => promisify(gunzip)(bytes, { maxOutputLength: largest }),
  unzstd: bytes => Promise.resolve().then(() => decompress(bytes)),
  parquet: async bytes => {
    const rows = await parquetReadObjects({ file: copyOf(bytes), compressors });
    return rows.map(jsonOf);
  },
};

/** Snappy and uncompressed pages need no help. */
const compressors = {
  GZIP: (bytes: Uint8Array, length: number) => gunzipSync(bytes, { maxOutputLength: Math.max(length, 1) }),
  BROTLI: (bytes: Uint8Array, length: number) =>
    brotliDecompressSync(bytes, { maxOutputLength: Math.max(length, 1) }),
  ZSTD: (bytes: Uint8Array, length: number) => decompress(bytes, new Uint8Array(length)),
};

/** An ArrayBuffer of these bytes alone; Node's buffers lie in larger ones. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** JSON has no large integers, dates and bytes: they become numbers, ISO 8601 and Base64. */
function jsonOf(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(jsonOf);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, jsonOf(member)]));
}
