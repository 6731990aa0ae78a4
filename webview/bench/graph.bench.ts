/**
 * How long the graph's page takes in Chromium, beside Mermaid as it is published on the same text.
 *
 *   npx node webview/bench/graph.bench.ts [--quick]
 *
 * Prints each figure with its bar, then one JSON object. Times are medians in milliseconds on a warm page:
 * `wall` by the clock, the others CPU time of the page's thread alone, which other work on the machine
 * disturbs less. `block` is the longest task, in which the page could not answer. Containers are all open.
 */
import { drawingOf } from '#test/graph/harness/definitions.ts';
import { pageBundle, stockMermaid } from '#test/graph/harness/bundle.ts';
import { generatedMachine } from '#test/graph/harness/generated.ts';
import { drawingMessage, GraphPage } from '#test/graph/harness/graphPage.ts';
import { runMain } from '#test/host/cleanup.ts';
import { launchBrowser } from '#test/host/browser.ts';
import type { ExecutionView } from '#protocol/execution.ts';
import type { GraphDrawing } from '#protocol/graph.ts';
import type { FromPage, ToPage } from '#protocol/webview.ts';
import { mermaidSettings } from '#webview/mermaidSettings.ts';

const quick = process.argv.includes('--quick');
const sizes = quick ? [10, 100] : [10, 100, 500, 1000];
const roundsOf = (states: number): number => (states <= 100 ? 7 : 3);

/** How Chromium's traces name a task. */
const runTask = 'ThreadControllerImpl::RunTask';

/** What is promised, in milliseconds. */
const bars = {
  firstPictureOf20: 400,
  draw: { 10: 60, 100: 300, 500: 1900, 1000: 5000 } as Readonly<Record<number, number>>,
  block: 100,
  textEdit: 16,
  overlay: 16,
  bundleKilobytes: 1200,
};

await runMain(async () => {
  const { script, style } = await pageBundle();
  const first = await firstPicture();
  const report = {
    bundleKilobytes: Math.round(script.length / 1000),
    styleKilobytes: Math.round(style.length / 1000),
    firstPictureOf20: first,
    sizes: {} as Record<string, unknown>,
  };
  judge('bundle, kB', report.bundleKilobytes, bars.bundleKilobytes);
  judge('first picture of 20 states, wall', first.wall, bars.firstPictureOf20);
  for (const states of sizes) {
    const page = await measurePage(states);
    const stockMermaid = await measureStock(states);
    report.sizes[states] = { page, stockMermaid };
    judge(`${states} states drawn (stock Mermaid ${stockMermaid.cpu})`, page.cpu, bars.draw[states] ?? NaN);
    judge(`${states} states drawn: longest block`, page.block, bars.block);
    judge(`${states} states, one text edited`, page.textEdit, bars.textEdit);
    judge(`${states} states, all of them change: longest frame`, page.overlay.longestTask, bars.overlay);
    judge(`${states} states, all of them change and are seen`, page.overlayAllSeen.longestTask, bars.overlay);
    judge(`${states} states, one step`, page.overlayOfOneStep.longestTask, bars.overlay);
  }
  console.log(JSON.stringify(report, null, 2));
  return 0;
});

function judge(name: string, figure: number, bar: number): void {
  console.log(`${figure <= bar ? 'pass' : 'MISS'}  ${name}: ${figure} (bar ${bar})`);
}

/**
 * From the beginning of the page's load, as when the panel opens, to the painted picture; with nothing warm
 * but the browser, and a host that has the drawing when it is asked for it.
 */
async function firstPicture(): Promise<Figures> {
  const graph = await GraphPage.open();
  const { page } = graph;
  await page.addInitScript(
    message => {
      const host = window as unknown as { acquireVsCodeApi: () => { postMessage(message: FromPage): void } };
      const acquire = host.acquireVsCodeApi;
      host.acquireVsCodeApi = () => {
        const api = acquire();
        const post = api.postMessage.bind(api);
        api.postMessage = sent => {
          post(sent);
          // From a task of its own, as the host's answers come: else the page's stack is recorded for it.
          if (sent.type === 'ready') setTimeout(() => window.postMessage(message, '*'));
          if (sent.type !== 'drawn') return;
          requestAnimationFrame(() => {
            setTimeout(() => Object.assign(window, { painted: performance.now() }));
          });
        };
        return api;
      };
    },
    drawingMessage(drawingOf(generatedMachine(20)), 1),
  );
  const walls: number[] = [];
  const cpus: number[] = [];
  for (let round = 0; round < 7; round++) {
    const clock = await cpuClock(page);
    const before = await clock();
    await graph.load('dark');
    const painted = await page.waitForFunction(() => (window as unknown as { painted?: number }).painted);
    walls.push((await painted.jsonValue()) ?? Number.NaN);
    cpus.push((await clock()) - before);
  }
  await graph.close();
  return { wall: median(walls), cpu: median(cpus) };
}

interface Figures {
  readonly wall: number;
  readonly cpu: number;
}

/** What the page's thread did meanwhile. */
interface Work {
  readonly longestTask: number;
  readonly allTasks: number;
}

async function measurePage(states: number): Promise<
  Figures & {
    readonly block: number;
    readonly textEdit: number;
    readonly overlay: Work;
    readonly overlayAllSeen: Work;
    readonly overlayOfOneStep: Work;
  }
> {
  const graph = await GraphPage.open({ isFramed: true });
  const clock = await cpuClock(graph.page);
  await graph.show(drawingOf(generatedMachine(20)));
  const drawing = drawingOf(generatedMachine(states), { collapsed: [] });
  const walls: number[] = [];
  const cpus: number[] = [];
  for (let round = 0; round < roundsOf(states); round++) {
    const before = await clock();
    // A comment makes the text another, so that no kept picture is shown.
    walls.push(await graph.show({ ...drawing, text: `${drawing.text}\n%% ${round}` }));
    cpus.push((await clock()) - before);
  }
  const blocks: number[] = [];
  for (let round = 0; round < 3; round++) {
    const text = `${drawing.text}\n%% again ${round}`;
    const show = await graph.prepare({ ...drawing, text });
    blocks.push((await workDuring(graph, show)).longestTask);
  }
  const edits: number[] = [];
  for (let round = 0; round < 7; round++) edits.push(await graph.show(edited(drawing, round)));
  await graph.show(drawing);

  // What the drawings before left behind would be collected in the midst of frames.
  await collectGarbage(graph.page);
  const frames = 4 + Math.ceil((drawing.nodes.length + drawing.edges.length) / 20);
  const overlayOf = async (viewOfRound: (round: number) => ExecutionView): Promise<Work> => {
    const works: Work[] = [];
    for (let round = 0; round < 6; round++) works.push(await overlaid(graph, viewOfRound(round), frames));
    // The first one makes badges, which the others only change.
    const [, ...changes] = works;
    return {
      longestTask: median(changes.map(({ longestTask }) => longestTask)),
      allTasks: median(changes.map(({ allTasks }) => allTasks)),
    };
  };
  const overlay = await overlayOf(round => viewOf(drawing, round));
  const last = viewOf(drawing, 6);
  const stops = drawing.nodes.filter(({ kind }) => kind === 'state').map(({ id }) => id);
  const overlayOfOneStep = await overlayOf(round => {
    const current = stops[round % stops.length];
    return { ...last, sequence: 6 + round, ...(current !== undefined && { current: { state: current } }) };
  });
  await graph.content.locator('body').press('0');
  await graph.frame();
  const overlayAllSeen = await overlayOf(round => viewOf(drawing, 12 + round));
  await graph.close();
  return {
    wall: median(walls),
    cpu: median(cpus),
    block: median(blocks),
    textEdit: median(edits),
    overlay,
    overlayAllSeen,
    overlayOfOneStep,
  };
}

/** Sends a view that is in the page already, and lets it have so many frames. */
async function overlaid(graph: GraphPage, view: ExecutionView, frames: number): Promise<Work> {
  const { content } = graph;
  const message: ToPage = { type: 'execution', view, source: 'live' };
  await content.evaluate(message => Object.assign(window, { prepared: message }), message);
  await graph.frame();
  return await workDuring(graph, () =>
    content.evaluate(async count => {
      window.postMessage((window as unknown as { prepared: unknown }).prepared, '*');
      for (let frame = 0; frame < count; frame++)
        await new Promise(resolve => {
          requestAnimationFrame(resolve);
        });
    }, frames),
  );
}

/** CPU time of the tasks of the page's thread while something is done. */
async function workDuring(graph: GraphPage, act: () => Promise<unknown>): Promise<Work> {
  const session = await graph.page.context().newCDPSession(graph.page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] },
  });
  await graph.frame();
  // To begin to record is work, too, which does not count.
  await graph.content.evaluate(() => performance.mark('begun'));
  await act();
  const ended = new Promise<void>(resolve => {
    session.once('Tracing.tracingComplete', () => resolve());
  });
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const thread = events.find(({ name }) => name === 'UpdateLayoutTree' || name === 'Layout');
  const begun = events.find(({ name }) => name === 'begun')?.ts ?? Number.NaN;
  const tasks = events
    .filter(({ name, pid, tid, ts }) => {
      const isOfPage = pid === thread?.pid && tid === thread.tid;
      return isOfPage && name === runTask && ts >= begun;
    })
    .map(({ tdur }) => (tdur ?? 0) / 1000);
  return { longestTask: rounded(Math.max(0, ...tasks)), allTasks: rounded(tasks.reduce((a, b) => a + b, 0)) };
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Microseconds of CPU. */
  readonly tdur?: number;
}

async function measureStock(states: number): Promise<Figures> {
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

async function collectGarbage(page: GraphPage['page']): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
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
  return rounded(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
