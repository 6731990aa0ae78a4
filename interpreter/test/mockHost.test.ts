import { expect, test } from 'vitest';
import { inWords } from '#core/text/message.ts';
import { readMockFile } from '#core/mocking/mockFile.ts';
import { parseJson } from '#core/syntax/json.ts';
import type { Json } from '#core/json.ts';
import { runToEnd } from '#interpreter/execute.ts';
import { mockHost } from '#interpreter/mockHost.ts';
import { fn, programOf } from './running.ts';

const mocks = {
  StateMachines: {
    Machine: {
      TestCases: {
        Happy: { Pay: 'Paid' },
        Retried: { Pay: 'BusyOnce' },
        Invoke: { Pay: 'Invoked' },
        Nothing: { Pay: 'Null' },
        Empty: {},
      },
    },
  },
  MockedResponses: {
    Paid: { '0': { Return: { paid: true } } },
    BusyOnce: { '0': { Throw: { Error: 'Busy', Cause: 'later' } }, '1': { Return: 'ok' } },
    Invoked: { '0': { Return: { StatusCode: 200, Payload: { n: 1 } } } },
    Null: { '0': { Return: null } },
  },
};

const pay = {
  StartAt: 'Pay',
  States: { Pay: { Type: 'Task', Resource: fn, Retry: [{ ErrorEquals: ['Busy'] }], End: true } },
};

function check(caseName: string, expected: unknown, machine: Json = pay): void {
  const file = readMockFile(parseJson({ text: JSON.stringify(mocks) }).root);
  const mocked = mockHost(file, 'Machine', caseName);
  if (mocked.kind === 'refused') {
    expect(inWords(mocked.reason)).toBe(expected);
    return;
  }
  expect(runToEnd(programOf(machine), {}, mocked.host).outcome).toEqual(expected);
}

test('a state gets the response of the test case', () =>
  check('Happy', { status: 'SUCCEEDED', output: { paid: true } }));

test('retries count as calls', () => check('Retried', { status: 'SUCCEEDED', output: 'ok' }));

test('Return may be null', () => check('Nothing', { status: 'SUCCEEDED', output: null }));

test('a function gets the Payload of what is written as the answer of Invoke', () =>
  check('Invoke', { status: 'SUCCEEDED', output: { n: 1 } }));

test('the optimized integration gets all of it', () =>
  check(
    'Invoke',
    { status: 'SUCCEEDED', output: { StatusCode: 200, Payload: { n: 1 } } },
    {
      StartAt: 'Pay',
      States: { Pay: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
    },
  ));

test('a call without an answer ends the execution and says which', () =>
  check(
    'Happy',
    {
      status: 'FAILED',
      error: 'States.Runtime',
      cause: "The mocked response 'Paid' has no answer for call 1 of the state 'Pay'.",
    },
    {
      StartAt: 'Pay',
      States: { Pay: { Type: 'Task', Resource: fn, Next: 'Again' }, Again: { Type: 'Pass', Next: 'Pay' } },
    },
  ));

test('a state that is not mocked fails where nothing else can run it', () =>
  check('Empty', {
    status: 'FAILED',
    error: 'States.Runtime',
    cause: "The state 'Pay' is not mocked in this test case.",
  }));

test('an unknown test case is refused with the names there are', () =>
  check(
    'Hapy',
    "The mock file has no test case named 'Hapy'. It has 'Happy', 'Retried', 'Invoke', 'Nothing', 'Empty'.",
  ));

test('iterations of a Map count on, in the order of the items', () =>
  check(
    'Retried',
    { status: 'SUCCEEDED', output: ['ok', 'caught'] },
    {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Pass',
          Result: [1],
          Next: 'Map',
        },
        Map: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'Pay', States: pay.States },
          ResultSelector: { 'all.$': "States.Array($[0], 'caught')" },
          OutputPath: '$.all',
          End: true,
        },
      },
    },
  ));
