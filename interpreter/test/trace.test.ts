import { expect, test } from 'vitest';
import type { Json } from '#core/json.ts';
import { begin } from '#interpreter/begin.ts';
import { runToEnd } from '#interpreter/execute.ts';
import type { Answer, SyncHost } from '#interpreter/host.ts';
import { trace } from '#interpreter/trace.ts';
import { answering, echo, fn, programOf } from './running.ts';

const task = (next: string | undefined, more: object = {}): Json => ({
  Type: 'Task',
  Resource: fn,
  ...(next === undefined ? { End: true } : { Next: next }),
  ...more,
});

const retried: { readonly [stateName: string]: readonly Answer[] } = {
  A: [
    { kind: 'failed', error: 'Busy', cause: undefined },
    { kind: 'succeeded', output: [3, 1, 2] },
  ],
  I: [1, 2, 3].map(output => ({ kind: 'succeeded', output })),
  B: [{ kind: 'silent' }],
  C: [{ kind: 'failed', error: 'Gone', cause: 'moved' }],
};

test.each<[string, SyncHost, { readonly [name: string]: Json }]>([
  [
    'retries, iterations and timeouts',
    answering(retried),
    {
      A: task('M', { Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }] }),
      M: { Type: 'Map', ItemProcessor: { StartAt: 'I', States: { I: task(undefined) } }, Next: 'B' },
      B: task('X', { TimeoutSeconds: 9, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'C' }] }),
      X: { Type: 'Succeed' },
      C: task('X'),
    },
  ],
  [
    'branches that wait',
    echo,
    {
      A: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, Next: 'T' }, T: task(undefined) } },
          { StartAt: 'S', States: { S: task('V'), V: { Type: 'Wait', Seconds: 30, End: true } } },
        ],
        End: true,
      },
    },
  ],
  ['a task that nobody answers', { call: () => ({ kind: 'silent' }) }, { A: task(undefined) }],
])('leaves the same events as an execution at full speed: %s', async (_what, host, states) => {
  const program = programOf({ StartAt: 'A', States: states });
  const start = begin(program, {});
  const execution = trace(program, start.snapshot, host);
  const yielded: unknown[] = [start.event];
  let turn = await execution.next();
  for (; !turn.done; turn = await execution.next())
    yielded.push(...(turn.value.kind === 'stage' ? turn.value.step.events : turn.value.events));
  const ran = runToEnd(program, {}, host);
  expect(yielded).toEqual(ran.events);
  expect(turn.value.outcome).toEqual(ran.outcome);
});
