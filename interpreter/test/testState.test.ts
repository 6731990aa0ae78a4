import { describe, expect, test } from 'vitest';
import { testState, type TestStateAnswer, type TestStateRequest } from '#interpreter/testState/testState.ts';

const invoke = 'arn:aws:states:::lambda:invoke';

function checkTested(request: TestStateRequest, response: unknown): void {
  expect(testState(request)).toEqual({ kind: 'tested', response });
}

function checkRefused(request: TestStateRequest, message: string): void {
  const answer: TestStateAnswer = testState(request);
  expect(answer.kind === 'refused' ? answer.message : answer).toBe(message);
}

test('a Pass state shows its data stage by stage', () =>
  checkTested(
    {
      definition: {
        Type: 'Pass',
        InputPath: '$.a',
        Parameters: { 'x.$': '$.b' },
        ResultPath: '$.r',
        Next: 'N',
      },
      input: { a: { b: 1 } },
      inspectionLevel: 'DEBUG',
    },
    {
      status: 'SUCCEEDED',
      output: { a: { b: 1 }, r: { x: 1 } },
      nextState: 'N',
      inspectionData: {
        input: { a: { b: 1 } },
        afterInputPath: { b: 1 },
        afterParameters: { x: 1 },
        afterResultSelector: { x: 1 },
        afterResultPath: { a: { b: 1 }, r: { x: 1 } },
      },
    },
  ));

test('null is a value like any other', () =>
  checkTested(
    {
      definition: { Type: 'Task', Resource: invoke, End: true },
      input: null,
      mock: { result: null, fieldValidationMode: 'NONE' },
      inspectionLevel: 'DEBUG',
    },
    {
      status: 'SUCCEEDED',
      output: null,
      inspectionData: {
        input: null,
        afterInputPath: null,
        afterParameters: null,
        result: null,
        afterResultSelector: null,
        afterResultPath: null,
      },
    },
  ));

describe('errors of a mock', () => {
  const task = {
    Type: 'Task',
    Resource: invoke,
    Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 3, MaxAttempts: 2 }],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Sorry' }],
    End: true,
  };
  const mock = { errorOutput: { error: 'Busy', cause: 'later' } };

  test('are retried', () =>
    checkTested(
      { definition: task, mock, inspectionLevel: 'DEBUG', stateConfiguration: { retrierRetryCount: 1 } },
      {
        status: 'RETRIABLE',
        error: 'Busy',
        cause: 'later',
        inspectionData: {
          input: {},
          afterInputPath: {},
          afterParameters: {},
          errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 6 },
        },
      },
    ));

  test('are caught when the Retrier is exhausted', () =>
    checkTested(
      { definition: task, mock, stateConfiguration: { retrierRetryCount: 2 } },
      {
        status: 'CAUGHT_ERROR',
        error: 'Busy',
        cause: 'later',
        nextState: 'Sorry',
        output: { error: { Error: 'Busy', Cause: 'later' } },
      },
    ));
});

test('an error of the engine is told without the state it happened in', () =>
  checkTested(
    { definition: { Type: 'Pass', Parameters: { 'x.$': '$.nope' }, End: true } },
    {
      status: 'FAILED',
      error: 'States.Runtime',
      cause: "The JSONPath '$.nope' specified for the field 'x.$' could not be found in the input '{}'",
    },
  ));

test('a Map comes to its mock, and shows what its iterations would have got', () =>
  checkTested(
    {
      definition: {
        Type: 'Map',
        MaxConcurrency: 3,
        ItemSelector: { 'v.$': '$$.Map.Item.Value' },
        ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } },
        End: true,
      },
      input: [1, 2],
      mock: { result: ['one', 'two'] },
      inspectionLevel: 'DEBUG',
    },
    {
      status: 'SUCCEEDED',
      output: ['one', 'two'],
      inspectionData: {
        input: [1, 2],
        afterInputPath: [1, 2],
        afterItemsPath: [1, 2],
        afterItemSelector: [{ v: 1 }, { v: 2 }],
        maxConcurrency: 3,
        afterResultSelector: ['one', 'two'],
        afterResultPath: ['one', 'two'],
      },
    },
  ));

test('a state inside a Map has an item, and variables can be given', () =>
  checkTested(
    {
      definition: {
        StartAt: 'M',
        States: {
          M: {
            Type: 'Map',
            ItemProcessor: {
              StartAt: 'A',
              States: {
                A: { Type: 'Pass', Parameters: { 'i.$': '$$.Map.Item.Index', 'v.$': '$v' }, End: true },
              },
            },
            End: true,
          },
        },
      },
      stateName: 'A',
      variables: { v: 7 },
    },
    { status: 'SUCCEEDED', output: { i: 0, v: 7 } },
  ));

describe('refuses', () => {
  const pass = { Type: 'Pass', End: true };
  test('a mock for what is never called', () =>
    checkRefused(
      { definition: pass, mock: { result: 1 } },
      "State type 'Pass' is not supported when a mock is specified",
    ));
  test('a Parallel without a mock', () =>
    checkRefused(
      { definition: { Type: 'Parallel', Branches: [], End: true } },
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    ));
  test('a state that is not there', () =>
    checkRefused(
      { definition: { StartAt: 'A', States: { A: pass } }, stateName: 'B' },
      'State not found in definition',
    ));
  test('a context with fields that there are not', () =>
    checkRefused(
      {
        definition: { Type: 'Task', Resource: invoke, End: true },
        mock: { result: {} },
        context: { Nope: {} },
      },
      "Invalid Context object provided: Field 'Nope' is not allowed",
    ));
  test('a result and an error at once', () =>
    checkRefused(
      { definition: { Type: 'Task', Resource: invoke, End: true }, mock: { result: {}, errorOutput: {} } },
      'A test mock should have only one of the following fields: [result, errorOutput].',
    ));
});

test('an unmocked task is called, or fails and says why', () => {
  const definition = { Type: 'Task', Resource: invoke, End: true };
  expect(testState({ definition }, { call: () => ({ kind: 'succeeded', output: 'called' }) })).toEqual({
    kind: 'tested',
    response: { status: 'SUCCEEDED', output: 'called' },
  });
  checkTested(
    { definition },
    {
      status: 'FAILED',
      error: 'States.Runtime',
      cause: `The task 'StateName' needs a mock: nothing here can call ${invoke}`,
    },
  );
});
