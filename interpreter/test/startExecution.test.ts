import { describe, expect, test } from 'vitest';
import type { Json } from '#core/json.ts';
import { advance } from '#interpreter/advance.ts';
import { begin } from '#interpreter/begin.ts';
import { deliver } from '#interpreter/deliver.ts';
import { linked } from '#interpreter/link.ts';
import { inWords } from '#core/text/message.ts';
import { prepareMachine } from '#interpreter/prepare.ts';
import type { Program } from '#interpreter/program.ts';
import type { Outcome } from '#interpreter/snapshot.ts';

const child = { StartAt: 'Double', States: { Double: { Type: 'Pass', OutputPath: '$.n', End: true } } };
const failing = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Nope', Cause: 'because' } } };

function compiled(definition: object, pointer = ''): Program {
  const prepared = prepareMachine(
    { path: '/m.asl.json', text: JSON.stringify(definition) },
    undefined,
    pointer,
  );
  if (prepared.kind === 'refused') throw new Error(inWords(prepared.reason));
  return prepared.value.program;
}

/** Runs a task that starts the machine; every task is answered by an execution of it. */
function run(started: object, pattern: string, parameters: object = {}, more: object = {}): Outcome {
  const caller = {
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: `arn:aws:states:::states:startExecution${pattern}`,
        Parameters: { StateMachineArn: 'arn', Name: 'c', Input: { n: 2 }, ...parameters },
        End: true,
        ...more,
      },
    },
  };
  const program = linked(compiled(caller), [compiled(started, '/Machines/child')]);
  let { snapshot } = begin(program, { startTime: 0 });
  for (;;) {
    const next = advance(program, snapshot);
    if (next.kind === 'ended') return next.outcome;
    if (next.kind === 'stepped') {
      ({ snapshot } = next);
      continue;
    }
    const [request] = next.requests;
    if (!request) throw new Error('nothing goes on');
    ({ snapshot } = deliver(
      program,
      snapshot,
      request.kind === 'timer'
        ? { kind: 'time', now: request.due }
        : {
            kind: 'execution',
            request: request.id,
            machine: '/Machines/child',
            stateMachineName: 'Child',
            type: 'STANDARD',
          },
    ));
  }
}

const described = {
  ExecutionArn: 'arn:aws:states:us-east-1:123456789012:execution:Child:c',
  InputDetails: { Included: true },
  Name: 'c',
  OutputDetails: { Included: true },
  StartDate: 0,
  StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Child',
  Status: 'SUCCEEDED',
  StopDate: 0,
};

describe('a task that starts an execution', () => {
  test('gets texts from .sync', () => {
    const output: Json = { ...described, Input: '{"n":2}', Output: '2' };
    expect(run(child, '.sync')).toEqual({ status: 'SUCCEEDED', output });
  });

  test('gets JSON from .sync:2', () => {
    const output: Json = { ...described, Input: { n: 2 }, Output: 2 };
    expect(run(child, '.sync:2')).toEqual({ status: 'SUCCEEDED', output });
  });

  test('goes on at once without .sync', () => {
    const { ExecutionArn, StartDate } = described;
    expect(run(child, '')).toEqual({ status: 'SUCCEEDED', output: { ExecutionArn, StartDate } });
  });

  test('fails with what is known of the execution that has failed', () => {
    const outcome = run(failing, '.sync:2');
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse('cause' in outcome ? (outcome.cause ?? '') : '')).toMatchObject({
      Error: 'Nope',
      Cause: 'because',
      Input: '{"n":2}',
      Status: 'FAILED',
    });
  });

  test('starts another execution when it is tried again', () => {
    const Retry = [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 5, MaxAttempts: 1 }];
    const outcome = run(failing, '.sync', {}, { Retry });
    expect(JSON.parse('cause' in outcome ? (outcome.cause ?? '') : '')).toMatchObject({ StartDate: 5000 });
  });

  test('fails where the input is no JSON', () =>
    expect(run(child, '.sync', { Input: '{' })).toMatchObject({
      status: 'FAILED',
      error: 'StepFunctions.InvalidExecutionInputException',
    }));
});
