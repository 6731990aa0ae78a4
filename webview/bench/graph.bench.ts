/**
 * How long the graph's page takes in Chromium, beside Mermaid as it is published on the same text.
 *
 *   npx node webview/bench/graph.bench.ts [--quick]
 *
 * Prints one JSON object. Times are medians in milliseconds on a warm page: `wall` by the clock, and `cpu`
 * of the page's thread alone, which other work on the machine disturbs less. `block` is the longest time
 * in which the page could not answer. Containers are all open.
 */
import { drawingOf } from '#test/graph/harness/definitions.ts';
import { pageBundle, stockMermaid } from '#test/graph/harness/bundle.ts';
import { generatedMachine } from '#test/graph/harness/generated.ts';
import { GraphPage } from '#test/graph/harness/graphPage.ts';
import { runMain } from '#test/host/cleanup.ts';
import { launchBrowser } from '#test/host/browser.ts';
import type { ExecutionView } from '#protocol/execution.ts';
import type { GraphDrawing } from '#protocol/graph.ts';
import { mermaidSettings } from '#webview/mermaidSettings.ts';

const quick = process.argv.includes('--quick');
const sizes = quick ? [10, 100] : [10, 100, 500, 1000];
const roundsOf = (states: number): number => (states <= 100 ? 7 : 3);

await runMain(async () => {
  const { script, style } = await pageBundle();
  const report = {
    bundleKilobytes: Math.round(script.length / 1000),
    styleKilobytes: Math.round(style.length / 1000),
    firstPictureOf20: await firstPicture(),
    sizes: {} as Record<string, unknown>,
  };
  for (const states of sizes) {
    report.sizes[states] = { page: await measurePage(states), stockMermaid: await measureStock(states) };
    console.error(`${states} states done`);
  }
  console.log(JSON.stringify(report, null, 2));
  return 0;
});

/** From the opening of the page, as when the panel opens, to the picture; with nothing warm but the browser. */
async function firstPicture(): Promise<number> {
  const graph = await GraphPage.open();
  const drawing = drawingOf(generatedMachine(20));
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const started = performance.now();
    await graph.load('dark');
    await graph.show(drawing);
    times.push(performance.now() - started);
  }
  await graph.close();
  return median(times);
}

async function measurePage(states: number): Promise<unknown> {
  const graph = await GraphPage.open();
  const { page } = graph;
  const clock = await cpuClock(page);
  await graph.show(drawingOf(generatedMachine(20)));
  await page.evaluate(() => {
    const blocks: number[] = [];
    Object.assign(window, { blocks });
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) blocks.push(duration);
    }).observe({ type: 'longtask' });
  });
  const open = { collapsed: [] };
  const drawing = drawingOf(generatedMachine(states), open);
  const walls: number[] = [];
  const cpus: number[] = [];
  const blocks: number[] = [];
  for (let round = 0; round < roundsOf(states); round++) {
    await page.evaluate(() => {
      (window as unknown as { blocks: number[] }).blocks.length = 0;
    });
    const before = await clock();
    // A comment makes the text another, so that no kept picture is shown.
    walls.push(await graph.show({ ...drawing, text: `${drawing.text}\n%% ${round}` }));
    cpus.push((await clock()) - before);
    blocks.push(
      await page.evaluate(() => Math.max(0, ...(window as unknown as { blocks: number[] }).blocks)),
    );
  }
  const edits: number[] = [];
  for (let round = 0; round < 7; round++) edits.push(await graph.show(edited(drawing, round)));
  const overlays: number[] = [];
  for (let round = 0; round < 7; round++) {
    const view = viewOf(drawing, round);
    const before = await clock();
    await graph.post({ type: 'execution', source: 'live', view });
    await graph.frame();
    overlays.push((await clock()) - before);
  }
  const step: number[] = [];
  const last = viewOf(drawing, 7);
  const stops = drawing.nodes.filter(({ kind }) => kind === 'state').map(({ id }) => id);
  for (let round = 0; round < 7; round++) {
    const before = await clock();
    const current = stops[round % stops.length];
    await graph.post({
      type: 'execution',
      source: 'live',
      view: {
        ...last,
        sequence: last.sequence + round,
        ...(current !== undefined && { current: { state: current } }),
      },
    });
    await graph.frame();
    step.push((await clock()) - before);
  }
  await graph.close();
  return {
    wall: median(walls),
    cpu: median(cpus),
    block: median(blocks),
    textEdit: median(edits),
    overlayOfAllStatesCpu: median(overlays),
    overlayOfOneStepCpu: median(step),
  };
}

async function measureStock(states: number): Promise<unknown> {
  const browser = await launchBrowser({ width: 900, height: 1000 });
  const { page } = browser;
  const { style } = await pageBundle();
  await page.setContent(`<style>${style}</style><body class="stepwise"><div id="place"></div></body>`);
  await page.addScriptTag({ content: stockMermaid() });
  const render = (text: string): Promise<number> =>
    page.evaluate(
      async ([source, settings]) => {
        const { mermaid } = window as unknown as {
          mermaid: {
            initialize(settings: unknown): void;
            render(id: string, text: string): Promise<{ svg: string }>;
          };
        };
        mermaid.initialize(settings);
        const started = performance.now();
        const { svg } = await mermaid.render('stock', source as string);
        const place = document.querySelector('#place');
        if (place) place.innerHTML = svg;
        place?.getBoundingClientRect();
        return performance.now() - started;
      },
      [text, mermaidSettings as Record<string, unknown>] as const,
    );
  await render(drawingOf(generatedMachine(20)).text);
  const clock = await cpuClock(page);
  const { text } = drawingOf(generatedMachine(states), { collapsed: [] });
  const walls: number[] = [];
  const cpus: number[] = [];
  for (let round = 0; round < (states > 100 ? 1 : roundsOf(states)); round++) {
    const before = await clock();
    walls.push(await render(text));
    cpus.push((await clock()) - before);
  }
  await browser.close();
  return { wall: median(walls), cpu: median(cpus) };
}

/** Milliseconds of CPU that the page's thread has used. */
async function cpuClock(page: GraphPage['page']): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
}

/** One label is another of the same length, as when a letter is overtyped. */
function edited(drawing: GraphDrawing, round: number): GraphDrawing {
  const at = drawing.nodes.findIndex(
    ({ kind, label }) => kind === 'state' && label?.[1].startsWith('Lambda') === true,
  );
  const letter = 'abcdefg'[round] ?? 'z';
  const nodes = drawing.nodes.map((node, index) =>
    index === at && node.label
      ? { ...node, label: [node.label[0], `Lambda: ${letter}rocess`] as const }
      : node,
  );
  return { ...drawing, nodes, text: drawing.text.replace('Lambda: process', `Lambda: ${letter}rocess`) };
}

/** Every state has another status in every round, which is the most that an update can change. */
function viewOf({ nodes, edges }: GraphDrawing, round: number): ExecutionView {
  const statuses = ['running', 'succeeded', 'failed', 'caught'] as const;
  const states = nodes.filter(({ kind }) => kind === 'state' || kind === 'container');
  return {
    sequence: round + 1,
    status: 'stopped',
    states: Object.fromEntries(
      states.map(({ id }, index) => [
        id,
        { status: statuses[(index + round) % statuses.length] ?? 'running', entered: 1, attempts: 1 },
      ]),
    ),
    taken: Object.fromEntries(edges.map(({ id }, index) => [id, (index + round) % 2])),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(1));
}
