import { describe, expect, test } from 'vitest';
import { unhurried, type Unhurried } from '#server/unhurried.ts';

/** Work whose steps take the given times, on a clock that only work moves. */
function stage(steps: readonly number[]): {
  readonly runner: Unhurried;
  readonly log: string[];
  readonly work: () => Generator<undefined, string>;
} {
  const log: string[] = [];
  let clock = 0;
  return {
    log,
    runner: unhurried(
      {
        yieldOnce: () => Promise.resolve(void log.push('yield')),
        pause: milliseconds => Promise.resolve(void log.push(`pause ${milliseconds}`)),
      },
      () => clock,
    ),
    *work() {
      for (const [index, time] of steps.entries()) {
        log.push(`step ${index + 1}`);
        clock += time;
        yield;
      }
      return 'done';
    },
  };
}

const always = (): boolean => true;

describe('unhurried work', () => {
  test('lets messages in after 10 ms, and does short steps in one turn', async () => {
    const { runner, log, work } = stage([4, 4, 4, 30, 1]);
    expect(await runner.run('a', work, always)).toBe('done');
    expect(log).toEqual(['step 1', 'step 2', 'step 3', 'yield', 'step 4', 'yield', 'step 5']);
  });

  test('drops what is superseded while messages are let in', async () => {
    const { runner, log, work } = stage([20, 20, 20]);
    const isWanted = (): boolean => log.filter(entry => entry === 'yield').length < 2;
    expect(await runner.run('a', work, isWanted)).toBeUndefined();
    expect(log).toEqual(['step 1', 'yield', 'step 2', 'yield']);
  });

  test('starts late where the last run took long, and not at all where it is superseded by then', async () => {
    const { runner, log, work } = stage([400, 200]);
    await runner.run('a', work, always);
    log.length = 0;
    await runner.run('b', work, always);
    expect(log[0]).toBe('step 1');
    log.length = 0;
    const isWanted = (): boolean => !log.includes('pause 600');
    expect(await runner.run('a', work, isWanted)).toBeUndefined();
    expect(log).toEqual(['pause 600']);
  });

  test('remembers what was dropped half-way as no cheaper than before, and waits a second at most', async () => {
    const { runner, log, work } = stage([5000, 1]);
    await runner.run('a', work, () => false);
    await runner.run('a', work, () => log.length === 0);
    expect(log).toEqual(['step 1', 'yield']);
    log.length = 0;
    await runner.run('a', work, always);
    expect(log[0]).toBe('pause 1000');
  });

  test('starts at once again when the document was closed', async () => {
    const { runner, log, work } = stage([400]);
    await runner.run('a', work, always);
    runner.forget('a');
    log.length = 0;
    await runner.run('a', work, always);
    expect(log[0]).toBe('step 1');
  });
});
