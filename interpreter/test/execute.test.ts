import { expect, test } from 'vitest';
import { begin } from '#interpreter/begin.ts';
import { execute, runToEnd, type ExecuteOptions, type Progress, type Ran } from '#interpreter/execute.ts';
import type { Host } from '#interpreter/host.ts';
import { echo, fn, programOf } from './running.ts';

const two = programOf({
  StartAt: 'P',
  States: {
    P: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'A',
          States: {
            A: { Type: 'Task', Resource: fn, Next: 'W' },
            W: { Type: 'Wait', Seconds: 60, End: true },
          },
        },
        { StartAt: 'B', States: { B: { Type: 'Task', Resource: fn, End: true } } },
      ],
      End: true,
    },
  },
});

async function runAll(
  host: Host,
  program = two,
  options: ExecuteOptions = {},
): Promise<{ ran: Ran; progress: Progress[] }> {
  const execution = execute(program, begin(program, { input: { n: 1 } }).snapshot, host, options);
  const progress: Progress[] = [];
  for (;;) {
    const step = await execution.next();
    if (step.done) return { ran: step.value, progress };
    progress.push(step.value);
  }
}

/** Answers when it is told to. */
function patientHost(): Host & { answer(stateName: string): Promise<void> } {
  const open = new Map<string, () => void>();
  return {
    call: request =>
      new Promise(resolve => {
        open.set(request.stateName, () => resolve({ kind: 'succeeded', output: request.stateName }));
      }),
    async answer(stateName) {
      while (!open.has(stateName)) await Promise.resolve();
      open.get(stateName)?.();
    },
  };
}

test('a host that answers at once gives the same history as the synchronous driver', async () => {
  const { ran } = await runAll(echo);
  const direct = runToEnd(two, { input: { n: 1 } }, echo);
  expect(ran.outcome).toEqual(direct.outcome);
  expect(ran.events.map(e => e.type).toSorted()).toEqual(
    direct.events
      .slice(1)
      .map(e => e.type)
      .toSorted(),
  );
});

test('several tasks are under way at once, and end in any order', async () => {
  const host = patientHost();
  const running = runAll(host);
  await host.answer('B');
  await host.answer('A');
  const { ran } = await running;
  expect(ran.outcome).toEqual({ status: 'SUCCEEDED', output: ['A', 'B'] });
  const ends = ran.events.filter(({ type }) => type === 'LambdaFunctionSucceeded');
  expect(ends.map(({ details }) => details?.['output'])).toEqual(['B', 'A']);
});

test('with a host that sleeps, waits take the time it takes them', async () => {
  const slept: number[] = [];
  const { ran } = await runAll({
    ...echo,
    sleep: until => {
      slept.push(until - Date.UTC(2025, 0, 1));
      return Promise.resolve();
    },
  });
  expect(slept).toEqual([60_000]);
  expect(ran.outcome?.status).toBe('SUCCEEDED');
});

test('an execution that is to stop ends as StopExecution ends it', async () => {
  let looks = 0;
  const { ran } = await runAll({ call: () => new Promise(() => undefined) }, two, {
    shouldStop: () => ++looks > 0,
  });
  expect(ran.outcome).toEqual({ status: 'ABORTED', error: undefined, cause: undefined });
});

test('what a function throws is the error of its task', async () => {
  const host = {
    call: (): never => {
      throw new RangeError('too far');
    },
  };
  const expected = {
    status: 'FAILED',
    error: 'RangeError',
    cause: '{"errorMessage":"too far","errorType":"RangeError"}',
  };
  const program = programOf({ StartAt: 'A', States: { A: { Type: 'Task', Resource: fn, End: true } } });
  expect(runToEnd(program, {}, host).outcome).toEqual(expected);
  expect((await runAll(host, program)).ran.outcome).toEqual(expected);
});

test('what a write throws fails the Map Run', async () => {
  const host = {
    ...echo,
    write: (): never => {
      throw new Error('the disk is full');
    },
  };
  const program = programOf({
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'P',
          States: { P: { Type: 'Pass', End: true } },
        },
        ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b', Prefix: 'p' } },
        ItemsPath: '$.items',
        Catch: [{ ErrorEquals: ['States.ResultWriterFailed'], Next: 'C' }],
        End: true,
      },
      C: { Type: 'Pass', End: true },
    },
  });
  const output = { Error: 'States.ResultWriterFailed', Cause: 'the disk is full' };
  const ran = runToEnd(program, { input: { items: [1] } }, host);
  expect(ran.outcome).toEqual({ status: 'SUCCEEDED', output });
  expect(ran.events.map(({ type }) => type)).toContain('MapRunFailed');
  const execution = execute(program, begin(program, { input: { items: [1] } }).snapshot, host);
  let step = await execution.next();
  while (!step.done) step = await execution.next();
  expect(step.value.outcome).toEqual({ status: 'SUCCEEDED', output });
});

test('an execution can be stopped while a task is under way', async () => {
  let stop = (): void => undefined;
  const stopped = new Promise<void>(resolve => {
    stop = resolve;
  });
  const { ran } = await runAll(
    {
      call: () => {
        stop();
        return new Promise(() => undefined);
      },
    },
    two,
    { stopped },
  );
  expect(ran.outcome?.status).toBe('ABORTED');
});

test('a loop without end stops after the stages it may have', async () => {
  const program = programOf({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } });
  const { ran } = await runAll(echo, program, { maxStages: 1_000 });
  expect(ran.outcome).toBeUndefined();
});

test('a task that nobody answers ends with the year that AWS gives', async () => {
  const program = programOf({ StartAt: 'A', States: { A: { Type: 'Task', Resource: fn, End: true } } });
  const { ran } = await runAll({ call: () => ({ kind: 'silent' }) }, program);
  expect(ran.outcome?.status).toBe('TIMED_OUT');
});
