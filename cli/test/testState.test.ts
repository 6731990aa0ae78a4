import { describe, expect, test } from 'vitest';
import { stepwiseIn } from './fakeIo.ts';

const machine = JSON.stringify({
  StartAt: 'Pay',
  States: {
    Pay: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'pay', 'Payload.$': '$.order' },
      ResultSelector: { 'receipt.$': '$.Payload' },
      ResultPath: '$.paid',
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 2, BackoffRate: 3 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Give Up' }],
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Inner',
        States: { Inner: { Type: 'Pass', Parameters: { 'index.$': '$$.Map.Item.Index' }, End: true } },
      },
      End: true,
    },
    'Give Up': { Type: 'Fail', Error: 'Unpaid' },
  },
});
const files = {
  'shop.asl.json': machine,
  'shop.asl.yaml':
    'StartAt: Sum\nQueryLanguage: JSONata\nStates:\n  Sum:\n    Type: Pass\n    Output: "{% $a + $states.input.b %}"\n    End: true\n',
  'state.json': '{"Type":"Pass","Result":{"x":1},"End":true}',
  'input.json': '{"order":7}',
};

const run = (...args: readonly string[]) => stepwiseIn({ files }, ['test-state', ...args]);

async function check(args: readonly string[], code: number, answer: unknown): Promise<void> {
  const tested = await run(...args);
  expect(tested.err).toBe('');
  expect(JSON.parse(tested.out)).toEqual(answer);
  expect(tested.code).toBe(code);
}

const pay = ['shop.asl.json', '--state', 'Pay', '--input', '@input.json'];

describe('stepwise test-state', () => {
  test('prints output and next state of a mocked task', () =>
    check([...pay, '--mock', '{"Payload":"r1"}', '--validation', 'none'], 0, {
      status: 'SUCCEEDED',
      output: { order: 7, paid: { receipt: 'r1' } },
      nextState: 'Each',
    }));

  test('shows the data at each stage', () =>
    check([...pay, '--mock', '{"Payload":"r1"}', '--validation', 'none', '--level', 'debug'], 0, {
      status: 'SUCCEEDED',
      output: { order: 7, paid: { receipt: 'r1' } },
      nextState: 'Each',
      inspectionData: {
        input: { order: 7 },
        afterInputPath: { order: 7 },
        afterParameters: { FunctionName: 'pay', Payload: 7 },
        result: { Payload: 'r1' },
        afterResultSelector: { receipt: 'r1' },
        afterResultPath: { order: 7, paid: { receipt: 'r1' } },
      },
    }));

  test('says that a Retrier would retry', () =>
    check([...pay, '--error', 'Busy', '--cause', 'later', '--retry-count', '1'], 1, {
      status: 'RETRIABLE',
      error: 'Busy',
      cause: 'later',
    }));

  test('and how the Catcher goes on when its retries are used up', () =>
    check([...pay, '--error', 'Busy', '--retry-count', '2'], 1, {
      status: 'CAUGHT_ERROR',
      output: { Error: 'Busy', Cause: null },
      error: 'Busy',
      nextState: 'Give Up',
    }));

  test('takes variables, YAML and JSONata', () =>
    check(['shop.asl.yaml', '--state', 'Sum', '--variables', '{"a":1}', '--input', '{"b":2}'], 0, {
      status: 'SUCCEEDED',
      output: 3,
    }));

  test('takes a Context Object, for a state inside a Map', () =>
    check(['shop.asl.json', '--state', 'Inner', '--context', '{"Map":{"Item":{"Index":5}}}'], 0, {
      status: 'SUCCEEDED',
      output: { index: 5 },
    }));

  test('takes a file that is a state', () =>
    check(['state.json'], 0, { status: 'SUCCEEDED', output: { x: 1 } }));

  test('calls nothing: a task needs a mock', () =>
    check([...pay, '--retry-count', '0'], 1, {
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        'Nothing here calls arn:aws:states:::lambda:invoke. Say what it comes to with --mock or --error.',
    }));

  test('ends with 1 when the state fails', () =>
    check(['shop.asl.json', '--state', 'Give Up'], 1, { status: 'FAILED', error: 'Unpaid' }));

  test.each([
    ['no file', [], 'Name one FILE'],
    ['no state', ['shop.asl.json'], "Say with --state which state: 'Pay', 'Each', 'Give Up', 'Inner'."],
    [
      'a state that is not there',
      ['shop.asl.json', '--state', 'Pai'],
      "shop.asl.json has no state named 'Pai'. It has 'Pay', 'Each', 'Give Up', 'Inner'.",
    ],
    ['a state by itself with a name', ['state.json', '--state', 'A'], 'leave --state out'],
    ['a Map without a mock', ['shop.asl.json', '--state', 'Each'], 'does not support Map or Parallel states'],
    [
      'a mock and an error',
      [...pay, '--mock', '{}', '--error', 'A'],
      'Choose --mock or --error: they exclude each other.',
    ],
    ['a cause without an error', [...pay, '--cause', 'A'], '--cause belongs to an --error.'],
    ['variables that are no object', [...pay, '--variables', '[]'], '--variables must be a JSON object.'],
    ['a count that is none', [...pay, '--retry-count', '-1'], 'ambiguous'],
    ['half a retry', [...pay, '--retry-count', '1.5'], "--retry-count must be a whole number, not '1.5'."],
    ['an unknown level', [...pay, '--level', 'all'], "--level takes info, debug, trace, not 'all'."],
    [
      'a Context Object with unknown fields',
      ['state.json', '--context', '{"Stat":{}}'],
      "Field 'Stat' is not allowed",
    ],
  ])('refuses %s with a clear message', async (_what, args, message) => {
    const { code, err, out } = await run(...args);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  test('tells about itself', async () => {
    const { out, code } = await run('--help');
    expect(out).toContain('--retry-count N');
    expect(code).toBe(0);
  });
});
