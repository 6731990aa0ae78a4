import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError, type Io } from '#cli/command.ts';
import { stepwise } from '#cli/stepwise.ts';

const examples = path.resolve(import.meta.dirname, '../../examples');

async function run(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  let out = '';
  let err = '';
  const io: Io = {
    out: text => (out += text),
    err: text => (err += text),
    read: name => {
      const file = path.join(examples, name);
      if (name in files) return Promise.resolve(files[name] ?? '');
      return fs.existsSync(file)
        ? Promise.resolve(fs.readFileSync(file, 'utf8'))
        : Promise.reject(new UsageError(`${name} cannot be read: there is no such file`));
    },
    isTerminal: false,
    now: () => 0,
    sleep: () => Promise.resolve(),
  };
  const code = await stepwise(args, io);
  return { code, out, err };
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

  test.each([
    ['no file', ['run'], 'Name one FILE'],
    [
      'a file that is not there',
      ['run', 'nothing.asl.json'],
      'nothing.asl.json cannot be read: there is no such file',
    ],
    ['an unknown option', ['run', 'a', '--fast'], "Unknown option '--fast'"],
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
