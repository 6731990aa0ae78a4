import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawingOf } from './harness/definitions.ts';
import { GraphPage } from './harness/graphPage.ts';

const rounds = 100;

let graph: GraphPage;
let browser: CDPSession;
beforeAll(async () => {
  graph = await GraphPage.open();
  browser = await graph.page.context().newCDPSession(graph.page);
});
afterAll(() => graph.close());

test(`${rounds} drawings, executions, menus and searches leave no element, listener or memory behind`, async () => {
  // The pictures shown last are kept, and there must be as many before as after.
  for (let round = 0; round < 30; round++) await useOnce(round);
  const before = await counts();
  for (let round = 0; round < rounds; round++) await useOnce(round);
  const after = await counts();
  expect(after.jsEventListeners).toBeLessThanOrEqual(before.jsEventListeners);
  expect(after.documents).toBeLessThanOrEqual(before.documents);
  // A picture has some 150 nodes: one that stays in each round would be seen.
  expect(after.nodes - before.nodes).toBeLessThan(rounds * 10);
  expect((after.heap - before.heap) / rounds / 1024, 'KiB a round').toBeLessThan(20);
});

/** Draws what was never drawn before, lays an execution over it, and opens and closes what can be opened. */
async function useOnce(round: number): Promise<void> {
  const second = `Step ${round} of ${'many '.repeat(round % 7)}`;
  await graph.show(
    drawingOf({
      name: 'leaks',
      format: 'json',
      text: JSON.stringify({
        StartAt: 'First',
        States: {
          First: { Type: 'Pass', Next: second },
          [second]: { Type: 'Wait', Seconds: 1, Next: 'Last' },
          Last: { Type: 'Succeed' },
        },
      }),
    }),
  );
  await graph.post({
    type: 'execution',
    source: 'live',
    view: {
      sequence: 1,
      status: 'stopped',
      states: { '/States/First': { status: 'succeeded', entered: 1 + round, attempts: 1 } },
      taken: { '/States/First#Next': 1 },
      current: { state: '/States/Last' },
      time: { position: 1, length: 2 },
    },
  });
  await graph.page.keyboard.press('/');
  await graph.page.keyboard.type('step');
  await graph.page.keyboard.press('Escape');
  await graph.page.keyboard.press('Shift+F10');
  await graph.page.keyboard.press('Escape');
  await graph.post({ type: 'execution', source: 'gone', view: undefined });
}

interface Counts {
  readonly documents: number;
  readonly nodes: number;
  readonly jsEventListeners: number;
  /** Bytes. */
  readonly heap: number;
}

async function counts(): Promise<Counts> {
  // What the test itself has noted down is no leak of the page.
  await graph.page.evaluate(() => {
    (window as unknown as { sent: unknown[] }).sent.length = 0;
  });
  await graph.frame();
  for (let times = 0; times < 3; times++) await browser.send('HeapProfiler.collectGarbage');
  const { usedSize } = await browser.send('Runtime.getHeapUsage');
  return { ...(await browser.send('Memory.getDOMCounters')), heap: usedSize };
}
