import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { examples, stepwiseIn } from './fakeIo.ts';

const machine =
  '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}}}';
const mocks =
  '{"StateMachines":{"m":{"TestCases":{"Ok":{"A":"R"}}}},"MockedResponses":{"R":{"0":{"Return":{"b":1,"a":[null]}}}}}';

/** Runs one test file that has this test. */
const runTest = (body: string, extra = '"mockFile":"MockConfigFile.json"') =>
  stepwiseIn(
    {
      files: {
        'x/m.asltest.json': `{"definition":"m.asl.json",${extra},\n"tests":{"it works":${body}}}`,
        'x/m.asl.json': machine,
        'x/MockConfigFile.json': mocks,
        'x/in.json': '{"i":1}',
      },
    },
    ['test', 'x/m.asltest.json'],
  );

describe('stepwise test', () => {
  const names = readdirSync(examples, { withFileTypes: true }).filter(
    entry => entry.isDirectory() && !entry.name.startsWith('.'),
  );
  test.each(names.map(({ name }) => name))('passes the tests of example %s', async name => {
    const { code, out } = await stepwiseIn({}, ['test', `${name}/${name}.asltest.json`]);
    expect(out).toMatch(/\n[1-9]\d* passed, 0 failed\n$/);
    expect(code).toBe(0);
  });

  test('compares outputs as JSON, whatever the order of members', async () => {
    const { code, out } = await runTest(
      '{"testCase":"Ok","expect":{"status":"SUCCEEDED","output":{"a":[null],"b":1},"states":["A"]}}',
    );
    expect({ code, out }).toEqual({ code: 0, out: 'x/m.asltest.json\n  ✓ it works\n1 passed, 0 failed\n' });
  });

  test('tells each difference, and ends with 1', async () => {
    const { code, out } = await runTest(
      '{"testCase":"Ok","inputFile":"in.json","expect":{"status":"FAILED","error":"E","output":{"a":[null]},"states":["B"]}}',
    );
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'x/m.asltest.json',
        '  ✗ it works',
        '      status: expected "FAILED", got "SUCCEEDED"',
        '      error: expected "E", got none',
        '      output: expected {"a":[null]}, got {"b":1,"a":[null]}',
        '      states: expected ["B"], got ["A"]',
        '0 passed, 1 failed',
        '',
      ].join('\n'),
    );
  });

  test('a task that nothing answers fails, and the cause says what is missing', async () => {
    const { out } = await runTest('{"expect":{"status":"SUCCEEDED","cause":""}}');
    expect(out).toContain(`The test 'it works' names no test case that answers the task 'A'.`);
  });

  test('calls the only machine of a template by its name there', async () => {
    const Definition: unknown = JSON.parse(machine);
    const Resources = { Payments: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition } } };
    const { out } = await stepwiseIn(
      {
        files: {
          't.asltest.json':
            '{"definition":"template.json","mockFile":"mocks.json","tests":{"pays":{"testCase":"Ok","expect":{"status":"SUCCEEDED"}}}}',
          'template.json': JSON.stringify({ Resources }),
          'mocks.json': mocks.replace('"m"', '"Payments"'),
        },
      },
      ['test', 't.asltest.json'],
    );
    expect(out).toContain('1 passed, 0 failed');
  });

  test('runs the machines that tasks start, whose states are their own', async () => {
    const starting = {
      StartAt: 'Call',
      States: {
        Call: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Parameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' },
          OutputPath: '$.Output',
          End: true,
        },
      },
    };
    const file = {
      definition: 'caller.asl.json',
      mockFile: 'MockConfigFile.json',
      tests: {
        runs: { testCase: 'Ok', expect: { output: { a: [null], b: 1 }, states: ['Call'] } },
        'is mocked': { testCase: 'Mocked', expect: { output: 5 } },
        'has no mocks': { expect: { error: 'States.TaskFailed' } },
      },
    };
    const { code, out } = await stepwiseIn(
      {
        files: {
          'x/caller.asltest.json': JSON.stringify(file),
          'x/caller.asl.json': JSON.stringify(starting),
          'x/m.asl.json': machine,
          'x/MockConfigFile.json': JSON.stringify({
            StateMachines: { caller: { TestCases: { Ok: { A: 'R' }, Mocked: { Call: 'Five' } } } },
            MockedResponses: {
              R: { 0: { Return: { b: 1, a: [null] } } },
              Five: { 0: { Return: { Output: 5 } } },
            },
          }),
        },
      },
      ['test', 'x/caller.asltest.json'],
    );
    expect(out).toBe(
      'x/caller.asltest.json\n  ✓ runs\n  ✓ is mocked\n  ✓ has no mocks\n3 passed, 0 failed\n',
    );
    expect(code).toBe(0);
  });

  test.each([
    [
      'a test that expects nothing',
      '{"testCase":"Ok"}',
      `line 2: The test 'it works' must say what to expect.`,
    ],
    ['a misspelt field', '{"expect":{"state":"X"}}', `line 2: There is no field 'state' here.`],
    ['a status there is not', '{"expect":{"status":"OK"}}', `line 2: 'status' must be one of`],
    [
      'two inputs',
      '{"input":1,"inputFile":"in.json","expect":{"status":"FAILED"}}',
      `line 2: Give either 'input' or 'inputFile'.`,
    ],
    ['states that are no names', '{"expect":{"states":[1]}}', `line 2: 'states' must be a list`],
    [
      'a case that is not there',
      '{"testCase":"Nope","expect":{"status":"FAILED"}}',
      `has no test case named 'Nope'`,
    ],
    [
      'an input file that is not there',
      '{"testCase":"Ok","inputFile":"no.json","expect":{"status":"FAILED"}}',
      'x/no.json cannot be read',
    ],
    ['what is no object', '7', `line 2: The test 'it works' must be an object.`],
  ])('refuses %s with its line', async (_what, body, message) => {
    const { code, err } = await runTest(body);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test('a file that cannot be used does not keep the tests of the others from being run', async () => {
    const good = '{"definition":"m.asl.json","tests":{"works":{"expect":{"output":{}}}}}';
    const files = {
      'a.asltest.json': good.replace('m.asl', 'none.asl'),
      'b.asltest.json': good,
      'm.asl.json': '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
    };
    const { code, out, err } = await stepwiseIn({ files }, ['test', 'a.asltest.json', 'b.asltest.json']);
    expect(err).toBe('stepwise test: a.asltest.json: none.asl.json cannot be read: there is no such file\n');
    expect(out).toBe('b.asltest.json\n  ✓ works\n1 passed, 0 failed\n');
    expect(code).toBe(2);
  });

  test('a folder stands for the test files in it', async () => {
    const { code, out } = await stepwiseIn({}, ['test', path.join(examples, 'hello-world')]);
    expect(out).toContain('hello-world.asltest.json\n  ✓ Ada is greeted\n');
    expect(code).toBe(0);
    const none = await stepwiseIn({}, ['test', import.meta.dirname]);
    expect(none.err).toContain('There are no test files (*.asltest.json) in ');
    expect(none.code).toBe(2);
  });

  test('refuses a test case without a mock file, and no file at all', async () => {
    expect((await runTest('{"testCase":"Ok","expect":{"status":"FAILED"}}', '"stateMachine":"m"')).code).toBe(
      2,
    );
    expect((await stepwiseIn({}, ['test'])).err).toContain('Name a FILE');
    expect(
      (await stepwiseIn({ files: { 'e.asltest.json': '[]' } }, ['test', 'e.asltest.json'])).err,
    ).toContain('A test file is an object');
  });
});
