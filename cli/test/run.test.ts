import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { CompressionCodec } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { examples, stepwiseIn } from './fakeIo.ts';

const run = (args: readonly string[], files: Readonly<Record<string, string>> = {}) =>
  stepwiseIn({ files }, args);

const parquetRows = [
  { id: 1, name: 'ä', day: '2026-01-31T00:00:00.000Z', paid: true },
  { id: 9_007_199_254_740_991, name: null, day: '1970-01-01T00:00:00.000Z', paid: false },
];

function parquet(codec: CompressionCodec): Uint8Array {
  const days = [new Date('2026-01-31'), new Date(0)];
  const buffer = parquetWriteBuffer({
    codec,
    compressors: {
      GZIP: bytes => gzipSync(bytes),
      ZSTD: zstandard,
      BROTLI: bytes => brotliCompressSync(bytes),
    },
    columnData: [
      { name: 'id', data: [1n, 9_007_199_254_740_991n], type: 'INT64' },
      { name: 'name', data: ['ä', null], type: 'STRING', nullable: true },
      { name: 'day', data: days, type: 'TIMESTAMP' },
      { name: 'paid', data: [true, false], type: 'BOOLEAN' },
    ],
  });
  return new Uint8Array(buffer);
}

/** A zstd frame with one raw block (RFC 8878, sections 3.1.1 and 3.1.1.2): up to 255 bytes. */
function zstandard(content: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(content);
  const header = (bytes.length << 3) | 1;
  const block = [header & 0xff, (header >> 8) & 0xff, header >> 16];
  return Buffer.concat([Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length, ...block]), bytes]);
}

const cases = fs
  .readdirSync(examples, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
  .flatMap(({ name }) => {
    const file = JSON.parse(fs.readFileSync(path.join(examples, name, 'MockConfigFile.json'), 'utf8')) as {
      StateMachines: Record<string, { TestCases: object }>;
    };
    return Object.keys(file.StateMachines[name]?.TestCases ?? {}).map(testCase => ({ name, testCase }));
  });

describe('stepwise run', () => {
  test.each(cases)(
    'runs example $name, case $testCase, alike in JSON and in YAML',
    async ({ name, testCase }) => {
      const args = (extension: string) => [
        'run',
        `${name}/${name}.asl.${extension}`,
        '--input',
        `@${name}/input.json`,
        '--mock',
        `${name}/MockConfigFile.json#${testCase}`,
        '--history',
        'json',
      ];
      const json = await run(args('json'));
      expect(json.out).toContain('"type": "Execution');
      expect(json.err).not.toContain('States.Runtime');
      expect(await run(args('yaml'))).toEqual(json);
    },
  );

  test('prints the output alone on standard output', async () => {
    const { code, out, err } = await run([
      'run',
      'hello-world/hello-world.asl.json',
      '--input',
      '{"name":"Ada"}',
      '--mock',
      'hello-world/MockConfigFile.json#BusyThenGreeting',
    ]);
    expect(JSON.parse(out)).toEqual({ greeting: 'Hello, Ada!' });
    expect(code).toBe(0);
    expect(err).toContain('Lambda.TooManyRequestsException');
  });

  test('ends with 1 when the execution fails, and says how', async () => {
    const result = await run([
      'run',
      'user-registration/user-registration.asl.json',
      '--input',
      '@user-registration/input.json',
      '--mock',
      'user-registration/MockConfigFile.json#EmailTaken',
      '--quiet',
    ]);
    expect(result).toEqual({
      code: 1,
      out: '',
      err: 'FAILED: EmailTaken: The account of ada@example.com was not created: ada@example.com belongs to another user\n',
    });
  });

  test.each(cases)('tells example $name, case $testCase, alike in each way', async ({ name, testCase }) => {
    const args = ['run', `${name}/${name}.asl.json`, '--input', `@${name}/input.json`];
    const mocked = [...args, '--mock', `${name}/MockConfigFile.json#${testCase}`];
    const history = await run([...mocked, '--history']);
    const traced = await run([...mocked, '--history', 'json', '--trace']);
    const lines = await run([...mocked, '--events', '--quiet']);
    expect(JSON.parse(traced.out)).toEqual(JSON.parse(history.out));
    expect({ events: lines.out.trimEnd().split('\n').map(parsed) }).toEqual(JSON.parse(history.out));
    expect([traced.code, lines.code]).toEqual([history.code, history.code]);
  });

  test('shows every stage with its value', async () => {
    const { err, out } = await run(['run', 'm.asl.json', '--trace', '--input', '{"a":{"n":1}}'], {
      'm.asl.json': JSON.stringify({
        StartAt: 'A',
        States: {
          A: {
            Type: 'Pass',
            InputPath: '$.a',
            Parameters: { 'm.$': '$.n' },
            ResultPath: '$.b',
            Assign: { 'x.$': '$.m' },
            Next: 'W',
          },
          W: { Type: 'Wait', Seconds: 2, Next: 'F' },
          F: { Type: 'Fail', ErrorPath: '$.none' },
        },
      }),
    });
    expect(out).toBe('');
    expect(err).toMatchInlineSnapshot(`
      "    0.000 s  A  input  {"a":{"n":1}}
          0.000 s  A  afterInputPath  {"n":1}
          0.000 s  A  afterParameters  {"m":1}
          0.000 s  A  assign  {"x":1}
          0.000 s  A  afterResultPath  {"a":{"n":1},"b":{"m":1}}
          0.000 s  A  output  {"a":{"n":1},"b":{"m":1}}
          0.000 s  W  input  {"a":{"n":1},"b":{"m":1}}
          0.000 s  W  wait  {"a":{"n":1},"b":{"m":1}}
          2.000 s  W  output  {"a":{"n":1},"b":{"m":1}}
          2.000 s  F  input  {"a":{"n":1},"b":{"m":1}}
          2.000 s  F  fail  States.Runtime: An error occurred while executing the state 'F' (entered at the event id #6). The JSONPath '$.none' specified for the field 'ErrorPath' could not be found in the input '{"a":{"n":1},"b":{"m":1}}'
      FAILED: States.Runtime: An error occurred while executing the state 'F' (entered at the event id #6). The JSONPath '$.none' specified for the field 'ErrorPath' could not be found in the input '{"a":{"n":1},"b":{"m":1}}'
      "
    `);
  });

  describe('a task that starts another state machine', () => {
    const order = machineOf({
      Pay: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: {
          StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:payout',
          Input: { amount: 7 },
        },
        Output: '{% $states.result.Output %}',
        End: true,
      },
    });
    const payout = machineOf({
      Transfer: { Type: 'Task', Resource: fn, Next: 'Cool Down' },
      'Cool Down': { Type: 'Wait', Seconds: 60, End: true },
    });
    const mocks = JSON.stringify({
      StateMachines: {
        order: { TestCases: { Paid: { Transfer: 'Done' }, Skipped: { Pay: 'Known' }, None: {} } },
      },
      MockedResponses: {
        Done: { 0: { Return: 'tx-9' } },
        Known: { 0: { Return: { Output: 'tx-1' } } },
      },
    });
    const files = { 'a/order.asl.json': order, 'a/payout.asl.json': payout, 'a/mocks.json': mocks };
    const paying = (testCase: string, ...options: readonly string[]): readonly string[] => [
      'run',
      'a/order.asl.json',
      '--mock',
      `a/mocks.json#${testCase}`,
      ...options,
    ];

    test('runs it, with the mocks of the same test case, and shows its states behind its name', async () => {
      expect(await run(paying('Paid'), files)).toEqual({
        code: 0,
        out: '"tx-9"\n',
        err: [
          '    0.000 s  ▶ Pay  {}',
          '    0.000 s  · payout',
          '    0.000 s  ▶ payout › Transfer  {"amount":7}',
          '    0.000 s  ✓ payout › Transfer  "tx-9"',
          '    0.000 s  ▶ payout › Cool Down  "tx-9"',
          '   60.000 s  ✓ payout › Cool Down  "tx-9"',
          '   60.000 s  ■ payout › succeeded',
          '   60.000 s  ✓ Pay  "tx-9"',
          '   60.000 s  ■ succeeded',
          '',
        ].join('\n'),
      });
    });

    test.each([['--history'], ['--events']])('prints the history of the caller alone: %s', async option => {
      const { out } = await run(paying('Paid', option, '--quiet'), files);
      expect(out).toContain('TaskSubmitted');
      expect(out).not.toContain('Transfer');
      const traced = await run(paying('Paid', option, '--trace'), files);
      expect(traced.out).toBe(out);
      expect(traced.err).toContain('/States/Pay/Execution[0] Transfer  task');
    });

    test('is answered by its own mock where there is one', async () => {
      const { out, err } = await run(paying('Skipped'), files);
      expect(out).toBe('"tx-1"\n');
      expect(err).not.toContain('Transfer');
    });

    test('fails as the other one fails', async () => {
      const { code, err } = await run(paying('None'), files);
      expect(err).toContain(
        "✗ payout › States.Runtime  The state 'Transfer' is not mocked in this test case.",
      );
      expect(err).toContain('■ payout › failed');
      expect(err).toMatch(
        /\nFAILED: States\.TaskFailed: \{.*"StateMachineArn":".*:stateMachine:payout".*\}\n$/,
      );
      expect(code).toBe(1);
    });

    test('runs it without mocks, too', async () => {
      const { err } = await run(['run', 'a/order.asl.json'], files);
      expect(err).toContain("Nothing answers the task 'Transfer'. Give a mock file: --mock FILE#CASE");
    });

    test('tells why the one that lies there cannot run', async () => {
      const broken = { ...files, 'a/payout.asl.json': '{"StartAt":"Gone","States":{}}' };
      const { err } = await run(['run', 'a/order.asl.json'], broken);
      expect(err).toMatch(
        /^A state machine that a task starts takes no part\. a\/payout\.asl\.json, line 1: /,
      );
      expect(err).toContain("Nothing answers the task 'Pay'.");
    });

    test('finds it by --machine, also in a template', async () => {
      const elsewhere = { 'a/order.asl.json': order, 'a/mocks.json': mocks, 'b/pay.json': payout };
      expect((await run(paying('Paid'), elsewhere)).err).toContain("The state 'Pay' is not mocked");
      expect((await run(paying('Paid', '--machine', 'payout=b/pay.json'), elsewhere)).out).toBe('"tx-9"\n');
      const template = JSON.stringify({
        Resources: Object.fromEntries(
          [order, payout].map((text, index) => [
            `Machine${String(index)}`,
            {
              Type: 'AWS::Serverless::StateMachine',
              Properties: { Definition: JSON.parse(text) as unknown },
            },
          ]),
        ),
      });
      const named = 'arn:aws:states:us-east-1:123456789012:stateMachine:payout=t.json#Machine1';
      const files = { ...elsewhere, 't.json': template };
      expect((await run(paying('Paid', '--machine', named), files)).out).toBe('"tx-9"\n');
    });

    test('mocks call the machine of a template by its name there', async () => {
      const Definition: unknown = JSON.parse(payout);
      const Resources = { Payments: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition } } };
      const mocked = JSON.stringify({
        StateMachines: { Payments: { TestCases: { Paid: { Transfer: 'Transferred' } } } },
        MockedResponses: { Transferred: { 0: { Return: { id: 'tx-7' } } } },
      });
      const { code } = await run(['run', 'template.json', '--mock', 'mocks.json#Paid'], {
        'template.json': JSON.stringify({ Resources }),
        'mocks.json': mocked,
      });
      expect(code).toBe(0);
    });

    test.each([
      [['payout'], '--machine names a state machine and its file'],
      [['payout=a/no.json'], 'The state machine a/no.json of --machine cannot be read.'],
      [['payout=a/payout.asl.json#Nope'], "a/payout.asl.json holds no state machine named 'Nope'"],
      [['payout=a/payout.asl.json', 'payout=a/x.json'], '--machine payout is given twice.'],
    ])('refuses --machine %j', async (machines, message) => {
      const { code, err } = await run(
        paying('Paid', ...machines.flatMap(each => ['--machine', each])),
        files,
      );
      expect(err).toContain(message);
      expect(code).toBe(2);
    });
  });

  test.each([[[]], [['--trace']]])('lets time pass at the given speed %j', async options => {
    const slept: number[] = [];
    const machine = '{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":30,"End":true}}}';
    const args = ['run', 'm.asl.json', '--speed', '10', ...options];
    const { code } = await stepwiseIn({ files: { 'm.asl.json': machine }, slept }, args);
    expect(slept).toEqual([3000]);
    expect(code).toBe(0);
  });

  test.each([
    ['JSON', { 'a.json': '[1,"ä"]' }, { InputType: 'JSON' }, [1, 'ä']],
    ['JSONL', { 'a.jsonl': '{"a":1}\n{"a":2}\n' }, { InputType: 'JSONL' }, [{ a: 1 }, { a: 2 }]],
    ['CSV', { 'a.csv': 'id\n7\n' }, { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, [{ id: '7' }]],
    ['gzip', { 'a.jsonl.gz': gzipSync('1\n2\n') }, { InputType: 'JSONL' }, [1, 2]],
    ['zstd', { 'a.json.zst': zstandard('[3,4]') }, { InputType: 'JSON' }, [3, 4]],
    ['Parquet', { 'a.parquet': parquet('SNAPPY') }, { InputType: 'PARQUET' }, parquetRows],
    ['Parquet with gzip', { 'a.parquet': parquet('GZIP') }, { InputType: 'PARQUET' }, parquetRows],
    ['Parquet with zstd', { 'a.parquet': parquet('ZSTD') }, { InputType: 'PARQUET' }, parquetRows],
    ['Parquet with Brotli', { 'a.parquet': parquet('BROTLI') }, { InputType: 'PARQUET' }, parquetRows],
  ] as const)('reads the items of %s files from a folder', async (_what, content, config, items) => {
    const [key = ''] = Object.keys(content);
    const { code, out, err } = await stepwiseIn(
      { files: { 'm.asl.json': mapOver(key, config) }, folders: { here: { ...content } } },
      ['run', 'm.asl.json', '--bucket', 'orders=here', '--quiet'],
    );
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual(items);
    expect(code).toBe(0);
  });

  test('lists the objects below a prefix', async () => {
    const machine = mapOver('day/', {}, { operation: 'listObjectsV2' });
    const { out } = await stepwiseIn(
      { files: { 'm.asl.json': machine }, folders: { here: { 'day/1': 'a', 'day/2': 'bc', other: '' } } },
      ['run', 'm.asl.json', '--bucket', 'orders=here'],
    );
    expect(JSON.parse(out)).toMatchObject([
      { Key: 'day/1', Size: 1 },
      { Key: 'day/2', Size: 2, LastModified: 5 },
    ]);
  });

  test('writes the results into the folder', async () => {
    const here: Record<string, string> = { 'a.json': '[1,2]' };
    const writer = {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: 'orders', Prefix: 'out' },
      WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSONL' },
    };
    const { code, out } = await stepwiseIn(
      { files: { 'm.asl.json': mapOver('a.json', { InputType: 'JSON' }, { writer }) }, folders: { here } },
      ['run', 'm.asl.json', '--bucket', 'orders=here', '--quiet'],
    );
    const { ResultWriterDetails: place } = JSON.parse(out) as { ResultWriterDetails: { Key: string } };
    const folder = place.Key.replace('manifest.json', '');
    expect(Object.keys(here)).toEqual(['a.json', `${folder}SUCCEEDED_0.jsonl`, place.Key]);
    expect(here[`${folder}SUCCEEDED_0.jsonl`]).toBe('1\n2\n');
    expect(JSON.parse(here[place.Key] ?? '')).toMatchObject({ DestinationBucket: 'orders' });
    expect(code).toBe(0);
  });

  test('writes nothing outside the folder', async () => {
    const here: Record<string, string> = { 'a.json': '[1]' };
    const writer = {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: 'orders', Prefix: '../../out' },
    };
    const { code, err } = await stepwiseIn(
      { files: { 'm.asl.json': mapOver('a.json', { InputType: 'JSON' }, { writer }) }, folders: { here } },
      ['run', 'm.asl.json', '--bucket', 'orders=here', '--quiet'],
    );
    expect(Object.keys(here)).toEqual(['a.json']);
    expect(err).toMatch(
      /^FAILED: States\.ResultWriterFailed: The key '\.\.\/\.\.\/out.* cannot be a file inside/,
    );
    expect(code).toBe(1);
  });

  test('says that results are not written where no folder stands for their bucket', async () => {
    const writer = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'results' } };
    const { code, err } = await stepwiseIn(
      {
        files: { 'm.asl.json': mapOver('a.json', { InputType: 'JSON' }, { writer }) },
        folders: { here: { 'a.json': '[1]' } },
      },
      ['run', 'm.asl.json', '--bucket', 'orders=here', '--quiet'],
    );
    expect(err).toBe(
      "The results for the bucket 'results' are not written. Give a folder: --bucket results=FOLDER\n",
    );
    expect(code).toBe(0);
  });

  test.each([
    ['no folder', 'a.json', [], "No folder stands for the bucket 'orders'. Give one: --bucket orders=FOLDER"],
    [
      'no file',
      'b.json',
      ['--bucket', 'orders=here'],
      'The specified key does not exist: s3://orders/b.json',
    ],
    ['a way out', '../a.json', ['--bucket', 'orders=here'], "The key '../a.json' cannot be a file inside"],
    [
      'a damaged gzip file',
      'a.json.gz',
      ['--bucket', 'orders=here'],
      's3://orders/a.json.gz cannot be read: ',
    ],
    [
      'a damaged zstd file',
      'a.json.zst',
      ['--bucket', 'orders=here'],
      's3://orders/a.json.zst cannot be read: ',
    ],
  ])('fails as an ItemReader does for %s', async (_what, key, options, cause) => {
    const { code, err } = await stepwiseIn(
      {
        files: { 'm.asl.json': mapOver(key, { InputType: 'JSON' }) },
        folders: { here: { 'a.json': '[]', 'a.json.gz': 'no gzip', 'a.json.zst': 'no zstd' } },
      },
      ['run', 'm.asl.json', '--quiet', ...options],
    );
    expect(err).toContain(`FAILED: States.ItemReaderFailed: ${cause}`);
    expect(code).toBe(1);
  });

  test.each([
    ['no file', ['run'], 'Name one FILE'],
    [
      'a file that is not there',
      ['run', 'nothing.asl.json'],
      'nothing.asl.json cannot be read: there is no such file',
    ],
    ['an unknown option', ['run', 'a', '--fast'], 'There is no option --fast.'],
    ['an unknown command', ['walk'], "there is no command 'walk'"],
    ['an empty file', ['run', 'empty.asl.json'], 'empty.asl.json is empty.'],
    ['broken JSON', ['run', 'broken.asl.json'], 'broken.asl.json, line 2: '],
    ['a machine without States', ['run', 'bare.asl.json'], 'bare.asl.json, line 1: There are no States.'],
    [
      'an input that is not JSON',
      ['run', 'hello-world/hello-world.asl.json', '--input', '{name: 1}'],
      '--input, line 1: ',
    ],
    [
      'a mock file without a case',
      ['run', 'hello-world/hello-world.asl.json', '--mock', 'x.json'],
      'names a test case behind a #',
    ],
    [
      'a case that is not there',
      ['run', 'hello-world/hello-world.asl.json', '--mock', 'hello-world/MockConfigFile.json#Nope'],
      "has no test case named 'Nope'. It has 'Greeting', 'BusyThenGreeting'.",
    ],
    [
      'a mock file with an error in it',
      ['run', 'hello-world/hello-world.asl.json', '--mock', 'mocks.json#A'],
      'mocks.json, line ',
    ],
    [
      'a history in another format',
      ['run', 'hello-world/hello-world.asl.json', '--history=xml'],
      "there is no format 'xml'",
    ],
    [
      'history and events at once',
      ['run', 'hello-world/hello-world.asl.json', '--history', '--events'],
      'Choose --history or --events',
    ],
    [
      'a bucket without a folder',
      ['run', 'hello-world/hello-world.asl.json', '--bucket', 'orders'],
      '--bucket names a bucket and its folder',
    ],
    [
      'a folder that is not there',
      ['run', 'hello-world/hello-world.asl.json', '--bucket', 'orders=nowhere'],
      'nowhere cannot be used as a bucket: there is no such folder',
    ],
    [
      'a speed of nothing',
      ['run', 'hello-world/hello-world.asl.json', '--speed', '0'],
      '--speed must be a number above 0',
    ],
  ])('refuses %s with a clear message', async (_what, args, message) => {
    const mocks =
      '{"StateMachines":{"hello-world":{"TestCases":{"A":{"Say Hello":"R"}}}},\n"MockedResponses":{"R":{"1":{"Return":1}}}}';
    const { code, err } = await run(args, {
      'empty.asl.json': '',
      'broken.asl.json': '{"StartAt":\n"A" "States":{}}',
      'bare.asl.json': '{}',
      'mocks.json': mocks,
    });
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });

  test('tells about itself', async () => {
    expect((await run([])).out).toContain('run a state machine');
    expect((await run(['help', 'run'])).out).toContain('--mock FILE#CASE');
    expect((await run(['run', '--help'])).code).toBe(0);
  });
});

const fn = 'arn:aws:lambda:us-east-1:123456789012:function:f';

/** A definition in JSONata that begins with its first state. */
function machineOf(states: Readonly<Record<string, object>>): string {
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
}

function parsed(line: string): unknown {
  return JSON.parse(line);
}

/** A distributed Map over what is in the bucket `orders`; its result is the items. */
function mapOver(
  key: string,
  config: object,
  { operation = 'getObject', writer }: { operation?: 'getObject' | 'listObjectsV2'; writer?: object } = {},
): string {
  return JSON.stringify({
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemReader: {
          Resource: `arn:aws:states:::s3:${operation}`,
          ReaderConfig: config,
          Parameters: { Bucket: 'orders', [operation === 'getObject' ? 'Key' : 'Prefix']: key },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'P',
          States: { P: { Type: 'Pass', End: true } },
        },
        ResultWriter: writer,
        End: true,
      },
    },
  });
}
