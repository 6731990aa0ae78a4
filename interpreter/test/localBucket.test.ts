import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { begin } from '#interpreter/begin.ts';
import { execute } from '#interpreter/execute.ts';
import { readLocal, type Decoders, type LocalBuckets } from '#interpreter/items/localBucket.ts';
import type { Json } from '#core/json.ts';
import { echo, programOf } from './running.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const files: { readonly [place: string]: Uint8Array } = {
  'b/list.json': encode('["ä"]'),
  'b/day/1.csv.gz': gzipSync('id\n1\n2\n'),
  'b/day/2.csv.gz': gzipSync('id\n3\n'),
  'b/rows.parquet': encode('two rows'),
  'b/manifest.csv': encode('"s3://b/rows.parquet"\ns3://b/rows.parquet\n'),
  'b/damaged.json.gz': encode('no gzip'),
};

const buckets: LocalBuckets = {
  read: (bucket, key) => Promise.resolve(files[`${bucket}/${key}`]),
  list: (bucket, prefix) =>
    Promise.resolve(
      Object.entries(files)
        .filter(([place]) => place.startsWith(`${bucket}/${prefix}`))
        .map(([place, bytes]) => ({
          key: place.slice(bucket.length + 1),
          size: bytes.length,
          modified: 5_000,
        })),
    ),
};

const decoders: Decoders = {
  gunzip: bytes => Promise.resolve(gunzipSync(bytes)),
  parquet: () => Promise.resolve([{ row: 1 }, { row: 2 }]),
};

async function check(reader: Json, expected: unknown, given: Decoders = decoders): Promise<void> {
  const program = programOf({
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemReader: reader,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED' },
          StartAt: 'A',
          States: { A: { Type: 'Pass', End: true } },
        },
        End: true,
      },
    },
  });
  const execution = execute(program, begin(program).snapshot, {
    ...echo,
    read: request => readLocal(request, buckets, given),
  });
  let step = await execution.next();
  while (!step.done) step = await execution.next();
  expect(step.value.outcome).toMatchObject(expected as object);
}

const getObject = (key: string, config: Json): Json => ({
  Resource: 'arn:aws:states:::s3:getObject',
  Parameters: { Bucket: 'b', Key: key },
  ReaderConfig: config,
});

test('a text', () =>
  check(getObject('list.json', { InputType: 'JSON' }), { status: 'SUCCEEDED', output: ['ä'] }));

test('a packed file', () =>
  check(getObject('day/1.csv.gz', { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }), {
    output: [{ id: '1' }, { id: '2' }],
  }));

test('the rows of a Parquet file', () =>
  check(getObject('rows.parquet', { InputType: 'PARQUET' }), { output: [{ row: 1 }, { row: 2 }] }));

test('the rows of the Parquet files that a manifest names', () =>
  check(getObject('manifest.csv', { InputType: 'PARQUET', ManifestType: 'ATHENA_DATA' }), {
    output: [{ row: 1 }, { row: 2 }, { row: 1 }, { row: 2 }],
  }));

test('a damaged file fails the reader', () =>
  check(getObject('damaged.json.gz', { InputType: 'JSON' }), {
    error: 'States.ItemReaderFailed',
    cause: 's3://b/damaged.json.gz cannot be read: incorrect header check',
  }));

test('the objects below a prefix', () =>
  check(
    { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'b', Prefix: 'day/' } },
    {
      output: [
        { Key: 'day/1.csv.gz', LastModified: 5, StorageClass: 'STANDARD' },
        { Key: 'day/2.csv.gz', LastModified: 5, StorageClass: 'STANDARD' },
      ],
    },
  ));

test('the items in all objects below a prefix', () =>
  check(
    {
      Resource: 'arn:aws:states:::s3:listObjectsV2',
      Parameters: { Bucket: 'b', Prefix: 'day/' },
      ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', Transformation: 'LOAD_AND_FLATTEN' },
    },
    { output: [{ id: '1' }, { id: '2' }, { id: '3' }] },
  ));

test('a file that is not there, and one that nothing can unpack', async () => {
  await check(getObject('nope', { InputType: 'JSON' }), {
    status: 'FAILED',
    error: 'States.ItemReaderFailed',
    cause: 'The specified key does not exist: s3://b/nope',
  });
  await check(
    getObject('day/1.csv.gz', { InputType: 'CSV' }),
    { error: 'States.ItemReaderFailed', cause: 'Nothing here can unpack s3://b/day/1.csv.gz' },
    {},
  );
});
