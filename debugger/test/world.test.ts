import { expect, test } from 'vitest';
import { begin } from '#interpreter/begin.ts';
import type { Request } from '#interpreter/request.ts';
import { prepareMachine } from '#interpreter/prepare.ts';
import { World } from '#debugger/world.ts';

const wait = JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 10, End: true } } });

test('a wait that is interrupted goes on with what is left of it', async () => {
  const prepared = prepareMachine({ path: '/w.asl.json', text: wait }, undefined);
  if (prepared.kind === 'refused') throw new Error('the machine must run');
  const { snapshot } = begin(prepared.value.program, { input: {} });
  let slept = 0;
  const world = new World({
    mocks: undefined,
    recorded: undefined,
    unmocked: 'fail',
    pace: { kind: 'scaled', factor: 2 },
    buckets: {},
    files: { read: () => Promise.reject(new Error('none')), list: () => Promise.resolve([]) },
    sleep: milliseconds => {
      slept += milliseconds;
      return Promise.resolve();
    },
  });
  const due = snapshot.now + 10_000;
  const timer = { kind: 'timer', id: 1, strand: '', state: '/States/W', stateName: 'W', reason: 'wait', due };
  const letPass = (from: number, until: number) =>
    world.turn(
      [timer as unknown as Request],
      { ...snapshot, now: from },
      {
        beginning: () => undefined,
        stopAtAnswer: () => undefined,
        isPausing: () => slept >= until,
        passing: () => undefined,
      },
    );
  const paused = await letPass(snapshot.now, 3_000);
  expect(paused).toEqual({ kind: 'replies', replies: [{ kind: 'time', now: snapshot.now + 6_000 }] });
  expect(await letPass(snapshot.now + 6_000, Infinity)).toEqual({
    kind: 'replies',
    replies: [{ kind: 'time', now: due }],
  });
  expect(slept).toBe(5_000);
  expect(await letPass(snapshot.now, 0)).toEqual({ kind: 'replies', replies: [] });
});
