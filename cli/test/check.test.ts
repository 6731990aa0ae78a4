import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError, type Io } from '#cli/command.ts';
import { expandFiles, loadConfiguration, matcher, textOf } from '#cli/files.ts';
import { stepwise } from '#cli/stepwise.ts';

const files: Readonly<Record<string, string>> = {
  'good.asl.json': '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
  'bad.asl.json':
    '{\n  "StartAt": "A",\n  "States": {\n\t"A": {"Type": "Pass", "Next": "Piad"},\n    "Paid": {"Type": "Succeed"}\n  }\n}\n',
  'long.asl.json': `{"Comment": "${'long '.repeat(60)}", "StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Piad"}, "Paid": {"Type": "Succeed", "Comment": "${'long '.repeat(60)}"}}}`,
  'template.yaml':
    'Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Type: EXPRESS\n      Definition:\n        StartAt: A\n        States:\n          A: {Type: Wait, Seconds: 9999, End: true}\n',
  'other.json': '{"name": "package"}',
  'broken.json': '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}',
  'strange <&>.asl.json': '[]',
  '-': '{"StartAt":"A","States":{}}',
};

async function run(...args: readonly string[]) {
  let out = '';
  let err = '';
  const io: Io = {
    out: text => (out += text),
    err: text => (err += text),
    read: name => {
      const text = files[name];
      return text === undefined
        ? Promise.reject(new UsageError(`${name} cannot be read: there is no such file`))
        : Promise.resolve(text);
    },
    folder: () => Promise.reject(new UsageError('there are no folders')),
    isTerminal: false,
    now: () => 0,
    sleep: () => Promise.resolve(),
  };
  const code = await stepwise(['check', ...args], io);
  return { code, out, err };
}

describe('stepwise check', () => {
  test('is silent about what is right', async () => {
    expect(await run('good.asl.json')).toEqual({ code: 0, out: 'No findings in 1 file.\n', err: '' });
  });

  test('shows the line and a caret below the place', async () => {
    const { code, out } = await run('bad.asl.json');
    expect(code).toBe(1);
    expect(out).toBe(
      `bad.asl.json:4:32 error No state named 'Piad' in this scope. Did you mean 'Paid'? transition/next-unknown
  4 | "A": {"Type": "Pass", "Next": "Piad"},
    |                               ^^^^^^

1 error in 1 file.
`,
    );
  });

  test('cuts long lines around the place', async () => {
    const { out } = await run('long.asl.json');
    const [, line = '', carets = ''] = out.split('\n');
    expect(line.length).toBeLessThan(120);
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('"Piad"');
  });

  test('reports from the severity that is asked for', async () => {
    expect((await run('template.yaml')).out).toContain('express/wait-over-5-minutes');
    expect((await run('template.yaml', '--severity', 'error')).code).toBe(0);
  });

  test('finds definitions in templates, and passes over other files', async () => {
    const { code, err } = await run('other.json');
    expect({ code, err }).toEqual({ code: 0, err: 'other.json holds no state machine.\n' });
  });

  test('takes a broken definition for one', async () => {
    expect((await run('broken.json')).out).toContain('json/syntax');
  });

  test('reads standard input', async () => {
    expect((await run('-')).out).toContain('stdin.asl.json:1:16 error');
    expect((await run('-', '--stdin-name', 'a.asl.json')).out).toContain('a.asl.json:1:16 error');
  });

  test.each([
    [['missing.asl.json'], 'missing.asl.json cannot be read'],
    [['good.asl.json', '--format', 'xml'], "--format takes human, json, sarif, junit, github, not 'xml'."],
    [['good.asl.json', '--severity', 'fatal'], '--severity takes'],
    [['good.asl.json', '--frobnicate'], 'There is no option --frobnicate.'],
    [['nowhere/*.asl.json'], 'No file matches nowhere/*.asl.json'],
  ])('%s is refused with exit code 2', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });
});

test('one file that cannot be read does not hide what is wrong in the others', async () => {
  const { code, out, err } = await run('missing.asl.json', 'bad.asl.json');
  expect(code).toBe(2);
  expect(out).toContain('bad.asl.json:4:32 error');
  expect(err).toBe('stepwise check: missing.asl.json cannot be read: there is no such file\n');
});

test.each([
  [[0xff, 0xfe, 0x7b, 0x00], 'it is UTF-16. Save it as UTF-8.'],
  [[0x50, 0x4b, 0x03, 0x00], 'it is no text'],
])('bytes that are no UTF-8 text are refused as such', (bytes, reason) => {
  expect(() => textOf('a.json', Buffer.from(bytes))).toThrow(`a.json cannot be read: ${reason}`);
  expect(textOf('a.json', Buffer.from('\uFEFF{}'))).toBe('\uFEFF{}');
});

describe('formats', () => {
  test('json', async () => {
    const { out } = await run('bad.asl.json', 'good.asl.json', '--format', 'json');
    const report = JSON.parse(out) as { files: string[]; findings: object[]; counts: object };
    expect(report.files).toEqual(['bad.asl.json', 'good.asl.json']);
    expect(report.counts).toEqual({ error: 1, warning: 0, information: 0, hint: 0 });
    expect(report.findings).toMatchObject([
      {
        file: 'bad.asl.json',
        code: 'transition/next-unknown',
        severity: 'error',
        line: 4,
        column: 32,
        endLine: 4,
        endColumn: 38,
        aws: { code: 'MISSING_TRANSITION_TARGET', location: '/States/A/Next' },
      },
    ]);
  });

  test('sarif', async () => {
    const { out } = await run('bad.asl.json', '--format', 'sarif');
    const log = JSON.parse(out) as { version: string; runs: object[] };
    expect(log.version).toBe('2.1.0');
    expect(log.runs).toMatchObject([
      {
        tool: { driver: { name: 'Stepwise', rules: [{ id: 'transition/next-unknown' }] } },
        results: [{ ruleId: 'transition/next-unknown', ruleIndex: 0, level: 'error' }],
      },
    ]);
  });

  test('junit escapes what XML means something by', async () => {
    const { out } = await run('strange <&>.asl.json', 'good.asl.json', '--format', 'junit');
    expect(out).toContain('<testsuite name="strange &lt;&amp;&gt;.asl.json" tests="1" failures="1">');
    expect(out).toContain('<testcase classname="good.asl.json" name="check"/>');
    expect(out).toContain('{&quot;StartAt&quot;');
  });

  test('github', async () => {
    const { out } = await run('bad.asl.json', '--format', 'github');
    expect(out).toBe(
      "::error file=bad.asl.json,line=4,endLine=4,col=32,endColumn=38,title=transition/next-unknown::No state named 'Piad' in this scope. Did you mean 'Paid'?\n",
    );
  });
});

describe('files', () => {
  test.each([
    ['**/*.asl.json', 'a/b/c.asl.json', true],
    ['**/*.asl.json', 'c.asl.json', true],
    ['*.asl.json', 'a/c.asl.json', false],
    ['src/*.{json,yaml}', 'src/a.yaml', true],
    ['src/*.{json,yaml}', 'src/a.yml', false],
    ['cdk.out/**', 'cdk.out/x/y.json', true],
    ['./a?.json', 'ab.json', true],
    ['a+b.json', 'aab.json', false],
  ])('%s and %s: %s', (pattern, file, matches) => expect(matcher([pattern])(file)).toBe(matches));

  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stepwise-'));
    mkdirSync(path.join(folder, 'node_modules'));
    mkdirSync(path.join(folder, 'inner'));
    for (const name of ['a.asl.json', 'b.json', 'inner/c.asl.yaml', 'node_modules/d.asl.json']) {
      writeFileSync(path.join(folder, name), '{}');
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a folder stands for the definitions in it', async () => {
    const names = (found: readonly string[]): string[] => found.map(name => path.relative(folder, name));
    expect(names(await expandFiles([folder], []))).toEqual(['a.asl.json', 'inner/c.asl.yaml']);
    expect(names(await expandFiles([`${folder}/**/*.json`], ['**/a.*']))).toEqual(['b.json']);
  });

  test('a folder without definitions is told of', async () => {
    mkdirSync(path.join(folder, 'empty'));
    const { code, out, err } = await run(path.join(folder, 'empty'));
    expect([code, out]).toEqual([0, 'No findings in 0 files.\n']);
    expect(err).toMatch(/^There are no definitions \(.*\) in .*empty\.\n$/);
  });

  test('the nearest configuration holds', () => {
    writeFileSync(
      path.join(folder, 'stepwise.config.json'),
      '{"rules": {"task/no-timeout": "error", "legacy": "off"}, "type": "EXPRESS"}',
    );
    expect(loadConfiguration(path.join(folder, 'inner'), undefined)).toEqual({
      severity: { 'task/no-timeout': 'error', legacy: 'off' },
      ignore: [],
      workflowType: 'EXPRESS',
    });
  });

  test('a configuration with a mistake is refused, with what is wrong', () => {
    const file = path.join(folder, 'wrong.json');
    writeFileSync(file, '{"rules": {"task/no-timeuot": "error"}, "tpye": "EXPRESS"}');
    expect(() => loadConfiguration('.', file)).toThrow(
      "There is no setting 'tpye'. There are 'rules', 'ignore' and 'type'. There is no rule 'task/no-timeuot'.",
    );
  });

  test('a configuration that is no JSON is refused, with the place', () => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(file, '\uFEFF{\n  "rules": {,}\n}');
    expect(() => loadConfiguration('.', file)).toThrow(
      new UsageError(`${file}, line 2, column 13: Property expected.`),
    );
    expect(() => loadConfiguration('.', path.join(folder, 'none.json'))).toThrow('there is no such file');
    writeFileSync(file, '\uFEFF{"type": "EXPRESS"}');
    expect(loadConfiguration('.', file).workflowType).toBe('EXPRESS');
  });
});
