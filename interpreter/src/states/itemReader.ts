import { isJsonObject, type Json } from '#core/json.ts';
import type { MapState } from '#core/model/stateMachine.ts';
import type { Compiler } from '../compiler.ts';
import { numberField } from '../dataFlow.ts';
import type { CsvDelimiter } from '../items/csv.ts';
import { fail } from '../flow.ts';
import { readItems, type ReaderConfig } from '../items/readItems.ts';
import type { Found, ReadRequest } from '../request.ts';
import type { parked, Run, Working } from '../run.ts';
import type { Reading } from '../snapshot.ts';
import { Failure } from '../statesError.ts';

/** What an ItemReader reads, and how. */
export interface ItemReader {
  readonly operation: 'getObject' | 'listObjectsV2';
  readonly config: ReaderConfig;
  readonly maxItems: ((run: Run, strand: Working) => number | Failure) | undefined;
  source(run: Run, strand: Working): Source | Failure;
}

interface Source {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
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
      const versionId = textIn(value, 'VersionId');
      return {
        bucket,
        key,
        versionId: versionId === '' ? undefined : versionId,
        name: `S3://${bucket}${named}`,
      };
    },
  };
}

/** Asks for a file, or for the list of the objects. */
export function askForItems(
  run: Run,
  strand: Working,
  operation: ReadRequest['operation'],
  { bucket, key, versionId }: Pick<Source, 'bucket' | 'key'> & Partial<Source>,
  config: ReaderConfig,
): typeof parked {
  const { state } = run.stateOf(strand);
  return run.ask(strand, id => ({
    kind: 'read',
    id,
    strand: strand.path,
    state: state.pointer,
    stateName: state.name,
    operation,
    bucket,
    key,
    versionId,
    // A manifest is a text that names the files, of whatever kind they are.
    format: config.inputType === 'PARQUET' && !config.manifestType ? 'PARQUET' : undefined,
  }));
}

/** What was asked for is there: reads the items in it, or asks for the next file. */
export function itemsFound(run: Run, strand: Working, reader: ItemReader, found: Found): void {
  const { fork } = strand;
  if (!fork?.run) throw new Error('bug: there is no Map Run');
  const reading: Reading = fork.run.reading ?? {
    bucket: bucketOf(fork.source),
    files: [],
    config: reader.config,
    values: [],
  };
  const items = readItems(found, reading.config, reading.bucket);
  run.wake(strand);
  switch (items.kind) {
    case 'unreadable':
      fail(run, strand, { error: 'States.ItemReaderFailed', cause: items.cause });
      return;
    case 'files':
      readOn(run, strand, { ...reading, files: items.files, config: items.config }, undefined);
      return;
    case 'items':
      readOn(run, strand, { ...reading, values: [...reading.values, ...items.values] }, items.keys);
  }
}

function readOn(run: Run, strand: Working, reading: Reading, keys: readonly string[] | undefined): void {
  const { fork } = strand;
  if (!fork?.run) throw new Error('bug: there is no Map Run');
  // 0 sets no limit.
  const most = fork.run.maxItems || Infinity;
  const [next, ...files] = reading.files;
  if (next && reading.values.length < most) {
    strand.fork = { ...fork, run: { ...fork.run, reading: { ...reading, files } } };
    askForItems(run, strand, 'getObject', next, reading.config);
    return;
  }
  const items = reading.values.length > most ? reading.values.slice(0, most) : reading.values;
  strand.fork = { ...fork, items, keys, run: { ...fork.run, reading: undefined } };
}

/** Of `S3://bucket/key`. */
function bucketOf(source: string): string {
  return /^S3:\/\/([^/]*)/.exec(source)?.[1] ?? '';
}

function oneOf<T extends string>(text: string | undefined, known: readonly T[]): T | undefined {
  return known.find(name => name === text);
}

function textIn(value: Json | undefined, name: string): string {
  const member = isJsonObject(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : '';
}
