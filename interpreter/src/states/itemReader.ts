import { isJsonObject, type Json } from '#core/json.ts';
import type { MapState } from '#core/model/stateMachine.ts';
import type { Compiler } from '../compiler.ts';
import { numberField } from '../dataFlow.ts';
import type { CsvDelimiter } from '../items/csv.ts';
import type { ReaderConfig } from '../items/readItems.ts';
import type { Run, Working } from '../run.ts';
import { Failure } from '../statesError.ts';

/** What an ItemReader reads, and how. */
export interface ItemReader {
  readonly operation: 'getObject' | 'listObjectsV2';
  readonly config: ReaderConfig;
  readonly maxItems: ((run: Run, strand: Working) => number | Failure) | undefined;
  source(run: Run, strand: Working): Source | Failure;
  /** The bucket of a source that was read before. */
  bucketOf(strand: Working): string;
}

interface Source {
  readonly bucket: string;
  readonly key: string;
  /** As `$$.Map.Item.Source` has it. */
  readonly name: string;
}

export function itemReader(compiler: Compiler, state: MapState): ItemReader | undefined {
  const node = compiler.object(state.node, 'ItemReader');
  if (!node) return undefined;
  const jsonata = state.queryLanguage === 'JSONata';
  const place = jsonata
    ? compiler.jsonata(node, 'Arguments', 'ItemReader/Arguments')
    : compiler.template(node, 'Parameters');
  const settings = compiler.object(node, 'ReaderConfig');
  const setting = (name: string): string | undefined => settings && compiler.text(settings, name);
  const operation = compiler.text(node, 'Resource')?.endsWith(':listObjectsV2')
    ? 'listObjectsV2'
    : 'getObject';
  const flatten = setting('Transformation') === 'LOAD_AND_FLATTEN';
  return {
    operation,
    config: {
      inputType: oneOf(setting('InputType'), ['CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST']),
      manifestType:
        oneOf(setting('ManifestType'), ['ATHENA_DATA', 'S3_INVENTORY']) ??
        (setting('InputType') === 'MANIFEST' ? 'S3_INVENTORY' : undefined),
      flatten,
      itemsPointer: setting('ItemsPointer'),
      delimiter:
        oneOf<CsvDelimiter>(setting('CSVDelimiter'), ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB']) ??
        'COMMA',
      headers:
        settings && compiler.json(settings, 'CSVHeaders')
          ? compiler.texts(settings, 'CSVHeaders')
          : undefined,
      headersGiven: setting('CSVHeaderLocation') === 'GIVEN',
    },
    maxItems: settings && numberField(compiler, state.queryLanguage, settings, 'MaxItems'),
    source(run, strand) {
      const value = place?.(run.bind(strand, strand.data));
      if (value instanceof Failure) return value;
      const bucket = textIn(value, 'Bucket');
      const key = textIn(value, operation === 'getObject' ? 'Key' : 'Prefix');
      const named = operation === 'getObject' || flatten ? `/${key}` : '';
      return { bucket, key, name: `S3://${bucket}${named}` };
    },
    bucketOf: strand => /^S3:\/\/([^/]*)/.exec(strand.fork?.source ?? '')?.[1] ?? '',
  };
}

function oneOf<T extends string>(text: string | undefined, known: readonly T[]): T | undefined {
  return known.find(name => name === text);
}

function textIn(value: Json | undefined, name: string): string {
  const member = isJsonObject(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : '';
}
