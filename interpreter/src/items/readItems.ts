import { isJsonObject, type Json } from '#core/json.ts';
import { membersOf } from '#core/model/pointer.ts';
import type { Found } from '../request.ts';
import { csvItems, readCsv, type CsvDelimiter } from './csv.ts';

/** How an ItemReader reads what it finds: its `ReaderConfig`, with every expression evaluated. */
export interface ReaderConfig {
  readonly inputType: 'CSV' | 'JSON' | 'JSONL' | 'PARQUET' | 'MANIFEST' | undefined;
  readonly manifestType: 'ATHENA_DATA' | 'S3_INVENTORY' | undefined;
  readonly flatten: boolean;
  readonly itemsPointer: string | undefined;
  readonly delimiter: CsvDelimiter;
  readonly headers: readonly string[] | undefined;
  readonly headersGiven: boolean;
}

/** Items, and their names where they come from an object; or why there are none. */
export type Items =
  | {
      readonly kind: 'items';
      readonly values: readonly Json[];
      readonly keys?: readonly string[] | undefined;
    }
  /** Other files that have to be read for them. */
  | {
      readonly kind: 'files';
      readonly files: readonly { readonly bucket: string; readonly key: string }[];
      readonly config: ReaderConfig;
    }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** The items in what a reader found. */
export function readItems(found: Found, config: ReaderConfig, bucket: string): Items {
  switch (found.kind) {
    case 'missing':
      return { kind: 'unreadable', cause: found.cause };
    case 'rows':
      return { kind: 'items', values: found.rows };
    case 'objects':
      return config.flatten
        ? {
            kind: 'files',
            files: found.objects.flatMap(object => {
              const key = isJsonObject(object) ? object['Key'] : undefined;
              return typeof key === 'string' ? [{ bucket, key }] : [];
            }),
            config: { ...config, flatten: false },
          }
        : { kind: 'items', values: found.objects };
    case 'text':
      if (config.manifestType === 'S3_INVENTORY') return inventory(found.text, bucket, config);
      if (config.manifestType === 'ATHENA_DATA') return athena(found.text, config);
      return fileItems(found.text, config);
  }
}

function fileItems(text: string, config: ReaderConfig): Items {
  switch (config.inputType) {
    case 'CSV':
    case undefined:
      return csv(text, config);
    case 'JSONL':
      return jsonLines(text);
    case 'JSON':
    case 'PARQUET':
    case 'MANIFEST':
      return json(text, config.itemsPointer);
  }
}

function csv(text: string, { delimiter, headers, headersGiven }: ReaderConfig): Items {
  const rows = readCsv(text, delimiter);
  const names = headersGiven ? (headers ?? []) : (rows[0] ?? []);
  if (new Set(names).size < names.length)
    return { kind: 'unreadable', cause: 'CSV headers cannot contain duplicates.' };
  return { kind: 'items', values: csvItems(headersGiven ? rows : rows.slice(1), names) };
}

function jsonLines(text: string): Items {
  const values: Json[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const value = parsed(line);
    if (value === undefined) return { kind: 'unreadable', cause: 'A line of the file is not valid JSON.' };
    values.push(value);
  }
  return { kind: 'items', values };
}

function json(text: string, pointer: string | undefined): Items {
  const root = parsed(text);
  if (root === undefined) return { kind: 'unreadable', cause: 'The file is not valid JSON.' };
  const value = pointer === undefined ? root : valueAt(root, pointer);
  if (Array.isArray(value)) return { kind: 'items', values: value as readonly Json[] };
  if (pointer !== undefined && isJsonObject(value))
    return { kind: 'items', values: Object.values(value), keys: Object.keys(value) };
  return { kind: 'unreadable', cause: 'Attempting to map over non-iterable node.' };
}

/** `JSON.parse` throws for what is not JSON; here that is an answer. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const member of membersOf(pointer)) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(member)];
    else value = isJsonObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  }
  return value;
}

/** `manifest.json` of an S3 inventory: the schema of its CSV files, and where they are. */
function inventory(text: string, bucket: string, config: ReaderConfig): Items {
  const manifest = parsed(text);
  const files = isJsonObject(manifest) ? manifest['files'] : undefined;
  const schema = isJsonObject(manifest) ? manifest['fileSchema'] : undefined;
  if (!isJsonObject(manifest) || !Array.isArray(files) || typeof schema !== 'string')
    return { kind: 'unreadable', cause: 'The manifest file is not a valid S3 inventory manifest.' };
  return {
    kind: 'files',
    files: (files as readonly Json[]).flatMap(file => {
      const key = isJsonObject(file) ? file['key'] : undefined;
      return typeof key === 'string' ? [{ bucket, key }] : [];
    }),
    config: {
      ...config,
      inputType: 'CSV',
      manifestType: undefined,
      headers: schema.split(',').map(name => name.trim()),
      headersGiven: true,
    },
  };
}

/** A manifest of Athena: one `s3://bucket/key` a line. */
function athena(text: string, config: ReaderConfig): Items {
  const files = readCsv(text).flatMap(([place = '']) => {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(place.trim()) ?? [];
    return bucket !== undefined && key !== undefined ? [{ bucket, key }] : [];
  });
  return { kind: 'files', files, config: { ...config, manifestType: undefined } };
}
