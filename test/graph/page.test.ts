import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExecutionView, StateStatus } from '#protocol/execution.ts';
import { drawingOf, examples, type Definition } from './harness/definitions.ts';
import { generatedMachine } from './harness/generated.ts';
import { GraphPage } from './harness/graphPage.ts';
import { themes } from './harness/themes.ts';

let graph: GraphPage;
beforeAll(async () => {
  graph = await GraphPage.open();
});
afterAll(() => graph.close());
beforeEach(async () => {
  await graph.forget();
  await graph.load('dark');
});

const definition = (states: Record<string, unknown>, startAt = Object.keys(states)[0]): Definition => ({
  name: 'test',
  format: 'json',
  text: JSON.stringify({ StartAt: startAt, States: states }),
});
const lambda = (name: string, rest: Record<string, unknown>): Record<string, unknown> => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: name },
  ...rest,
});
const pair = (first: string, second: string, name = 'first-function'): Definition =>
  definition({ [first]: lambda(name, { Next: second }), [second]: { Type: 'Pass', End: true } });
const example = (name: string): Definition => {
  const found = examples().find(candidate => candidate.name === name);
  if (!found) throw new Error(`no example ${name}`);
  return found;
};
const node = (id: string): string => `[data-node="${id}"]`;
/** Whether the element that was marked is still the one on the page: nothing was drawn anew. */
const markSvg = (): Promise<void> =>
  graph.page.evaluate(() => {
    document.querySelector('.frame:not(.is-building) svg')?.setAttribute('data-marked', '');
  });
const isMarked = (): Promise<boolean> =>
  graph.page.evaluate(
    () => document.querySelector('.frame:not(.is-building) svg')?.hasAttribute('data-marked') ?? false,
  );
const transform = (): Promise<string> =>
  graph.page.evaluate(() => document.querySelector<SVGSVGElement>('.frame svg')?.style.transform ?? '');

interface Touched {
  readonly node: string;
  /** In the middle of the window, and wholly outside of it; neither at its edge. */
  readonly isSeen: boolean;
  readonly isUnseen: boolean;
}

describe('while typing', () => {
  test('a changed text only changes the text', async () => {
    await graph.show(drawingOf(pair('Verify Payment', 'Done')));
    await markSvg();
    await graph.show(drawingOf(pair('Verify Payment', 'Done', 'third-function')));
    expect(await isMarked()).toBe(true);
    const text = graph.page.locator(`${node('/States/Verify Payment')} .nodeLabel i`);
    expect(await text.textContent()).toBe('Lambda: third-function');
  });

  test('a renamed state keeps the picture and gets its new id', async () => {
    await graph.show(drawingOf(pair('Verify Payment', 'Done')));
    await markSvg();
    await graph.show(drawingOf(pair('Check Payment', 'Done')));
    expect(await isMarked()).toBe(true);
    expect(await graph.page.locator(`${node('/States/Check Payment')} .nodeLabel b`).textContent()).toBe(
      'Check Payment',
    );
    expect(await graph.page.locator(node('/States/Verify Payment')).count()).toBe(0);
  });

  test('a text that no longer fits is laid out again', async () => {
    await graph.show(drawingOf(pair('Short', 'Done')));
    await markSvg();
    await graph.show(drawingOf(pair('A Much Longer Name Than Before', 'Done')));
    expect(await isMarked()).toBe(false);
    const { label, box } = await graph.page.evaluate(() => {
      const group = document.querySelector('[data-node="/States/A Much Longer Name Than Before"]');
      const rect = (selector: string): DOMRect | undefined =>
        group?.querySelector(selector)?.getBoundingClientRect();
      return { label: rect('.nodeLabel')?.right ?? 0, box: rect(':scope > rect')?.right ?? 0 };
    });
    expect(label).toBeLessThanOrEqual(box);
  });

  test('undo shows the picture that was there, and zoom and place stay', async () => {
    await graph.show(drawingOf(pair('One', 'Two')));
    await graph.page.keyboard.press('+');
    const before = await transform();
    await markSvg();
    await graph.show(
      drawingOf(
        definition({
          One: { Type: 'Pass', Next: 'New' },
          New: { Type: 'Pass', End: true },
          Two: { Type: 'Pass', End: true },
        }),
      ),
    );
    expect(await isMarked()).toBe(false);
    expect(await graph.page.locator('.frame').count()).toBe(1);
    await graph.show(drawingOf(pair('One', 'Two')));
    expect(await isMarked()).toBe(true);
    const scale = /scale\([^)]*\)/;
    expect(scale.exec(await transform())?.[0]).toBe(scale.exec(before)?.[0]);
  });

  test('broken text leaves the last graph, and says where and why', async () => {
    await graph.show(drawingOf(pair('One', 'Two')));
    await graph.post({ type: 'stale', line: 7, message: 'Comma expected.' });
    await graph.frame();
    expect(await graph.page.locator('.notice').textContent()).toContain('Line 7: Comma expected.');
    expect(await graph.page.locator(node('/States/One')).count()).toBe(1);
    await graph.show(drawingOf(pair('One', 'Two')));
    expect(await graph.page.locator('.notice').isVisible()).toBe(false);
  });

  test('of drawings that come faster than they are drawn only the last is shown', async () => {
    const large = drawingOf(generatedMachine(80), { collapsed: [] });
    const message = {
      uri: 'file:///a',
      title: 'a',
      machines: ['a'],
      note: '',
      layout: { machine: 0, direction: 'TB' },
    } as const;
    await graph.post({ type: 'drawing', sequence: 1001, drawing: large, ...message });
    await graph.post({
      type: 'drawing',
      sequence: 1002,
      drawing: drawingOf(pair('Skipped', 'B')),
      ...message,
    });
    await graph.post({ type: 'drawing', sequence: 1003, drawing: drawingOf(pair('Last', 'B')), ...message });
    await graph.page.locator(node('/States/Last')).waitFor();
    expect((await graph.sent('drawn')).map(({ sequence }) => sequence)).toEqual([1001, 1003]);
  });
});

test('a large graph is laid out in another thread, a small one without waiting for that to start', async () => {
  await graph.show(drawingOf(pair('One', 'Two')));
  expect(graph.page.workers()).toHaveLength(0);
  await graph.show(drawingOf(generatedMachine(80), { collapsed: [] }));
  expect(graph.page.workers()).toHaveLength(1);
});

describe('both ways', () => {
  test('a click reveals the state even if the picture is drawn anew while it is pressed', async () => {
    const states = { One: { Type: 'Pass', Next: 'Two' }, Two: { Type: 'Pass', End: true } };
    await graph.show(drawingOf(definition(states)));
    await graph.page.locator(node('/States/One')).hover();
    await graph.page.mouse.down();
    await markSvg();
    await graph.show(
      drawingOf(
        definition({ Zero: { Type: 'Pass', Next: 'One' }, ...states, Three: { Type: 'Fail' } }, 'Zero'),
      ),
    );
    expect(await isMarked()).toBe(false);
    await graph.page.mouse.up();
    expect(await graph.sent('reveal')).toEqual([{ type: 'reveal', state: '/States/One', beside: false }]);
  });

  test('a click reveals, a double click and Alt reveal beside, a drag pans', async () => {
    await graph.show(drawingOf(pair('One', 'Two')));
    const box = graph.page.locator(node('/States/One'));
    await box.click();
    await box.click({ modifiers: ['Alt'] });
    expect(await graph.sent('reveal')).toEqual([
      { type: 'reveal', state: '/States/One', beside: false },
      { type: 'reveal', state: '/States/One', beside: true },
    ]);
    await box.dblclick();
    expect((await graph.sent('reveal')).at(-1)?.beside).toBe(true);
    const count = (await graph.sent('reveal')).length;
    const before = await transform();
    const rect = await box.boundingBox();
    if (!rect) throw new Error('not visible');
    await graph.page.mouse.move(rect.x + 20, rect.y + 20);
    await graph.page.mouse.down();
    await graph.page.mouse.move(rect.x + 80, rect.y + 60, { steps: 4 });
    await graph.page.mouse.up();
    expect(await transform()).not.toBe(before);
    expect(await graph.sent('reveal')).toHaveLength(count);
  });

  test('the state of the cursor is outlined and scrolled to', async () => {
    const drawing = drawingOf(generatedMachine(60), { collapsed: [] });
    await graph.show(drawing);
    const last = drawing.nodes.filter(({ kind }) => kind === 'state').at(-1);
    if (!last) throw new Error('nothing drawn');
    const group = graph.page.locator(node(last.id));
    await graph.post({ type: 'cursor', state: last.id });
    await graph.frame();
    expect(await group.getAttribute('class')).toContain('is-cursor');
    const box = await group.boundingBox();
    expect(box && box.y >= 0 && box.y + box.height <= 1000).toBe(true);
  });

  test('arrows walk along transitions, Enter opens, F9 breaks, / searches', async () => {
    await graph.show(drawingOf(example('order-processing')));
    const focused = (): Promise<string> =>
      graph.page.evaluate(() => document.activeElement?.getAttribute('data-node') ?? '');
    await graph.page.locator('[role=treeitem][tabindex="0"]').focus();
    const { page } = graph;
    expect(await focused()).toBe('/States/Verify Payment');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('/States/Payment Approved?');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('/States/Verify Payment');
    await page.keyboard.press('Enter');
    await page.keyboard.press('F9');
    expect((await graph.sent('reveal')).at(-1)?.state).toBe('/States/Verify Payment');
    expect((await graph.sent('command')).at(-1)).toEqual({
      type: 'command',
      command: 'toggleBreakpoint',
      state: '/States/Verify Payment',
    });
    await page.keyboard.press('/');
    await page.keyboard.type('refund');
    expect(await page.locator('.search-count').textContent()).toBe('1 of 1');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('/States/Refund Payment');
  });

  test('the menu has the commands of the state, and closes by Escape', async () => {
    await graph.show(drawingOf(pair('One', 'Two')));
    await graph.page.locator(node('/States/One')).click({ button: 'right' });
    const items = await graph.page.locator('.menu-item span').allTextContents();
    expect(items).toEqual(['Go to State', 'Rename…', 'Copy Name', 'Set Breakpoint', 'Run from Here']);
    await graph.page.keyboard.press('Escape');
    expect(await graph.page.locator('.menu').count()).toBe(0);
  });

  test('hovering shows what a state does', async () => {
    await graph.show(drawingOf(example('order-processing')));
    await graph.page.locator(node('/States/Verify Payment')).hover();
    const card = graph.page.locator('.hover-card');
    await card.waitFor();
    const text = await card.textContent();
    expect(text).toContain('Verify Payment');
    expect(text).toContain('Retry');
    expect(text).toContain('Payment Approved?');
  });

  test('containers collapse by Space and open again', async () => {
    await graph.show(drawingOf(example('parallel-fan-out')));
    await graph.page.locator(node('/States/Prepare Trip')).first().focus();
    await graph.page.keyboard.press(' ');
    expect((await graph.sent('layout')).at(-1)?.layout.collapsed).toEqual(['/States/Prepare Trip']);
    await graph.show(drawingOf(example('parallel-fan-out'), { collapsed: ['/States/Prepare Trip'] }));
    expect(await graph.page.locator(node('/States/Prepare Trip')).getAttribute('aria-expanded')).toBe(
      'false',
    );
    await graph.page.keyboard.press(' ');
    expect((await graph.sent('layout')).at(-1)?.layout.collapsed).toEqual([]);
  });

  test('of several state machines one is chosen', async () => {
    await graph.show(drawingOf(pair('One', 'Two')), { machines: ['Orders', 'Refunds'] });
    await graph.page.locator('.machines').selectOption('Refunds');
    expect((await graph.sent('layout')).at(-1)?.layout).toEqual({ machine: 1, direction: 'TB' });
  });

  test('zoom and place outlive a reload', async () => {
    await graph.show(drawingOf(pair('One', 'Two')));
    await graph.page.keyboard.press('+');
    await graph.page.mouse.move(450, 500);
    await graph.page.mouse.wheel(30, 40);
    await graph.frame();
    const before = await transform();
    await graph.load('light');
    await graph.show(drawingOf(pair('One', 'Two')));
    expect(await transform()).toBe(before);
  });

  describe('in another size of the pane', () => {
    const outside = (): Promise<readonly string[]> =>
      graph.page.evaluate(() => {
        const stage = document.querySelector('.stage')?.getBoundingClientRect();
        return [...document.querySelectorAll<SVGElement>('.frame [data-node]')].flatMap(part => {
          const box = part.getBoundingClientRect();
          const isInside =
            stage !== undefined &&
            box.left >= stage.left &&
            box.right <= stage.right &&
            box.top >= stage.top &&
            box.bottom <= stage.bottom;
          return isInside ? [] : [part.dataset['node'] ?? ''];
        });
      });
    afterEach(() => graph.page.setViewportSize({ width: 900, height: 1000 }));

    test('the graph is fitted again', async () => {
      await graph.show(drawingOf(example('user-registration')));
      for (const size of [
        { width: 900, height: 480 },
        { width: 400, height: 900 },
        { width: 900, height: 1000 },
      ]) {
        await graph.page.setViewportSize(size);
        await graph.frame();
        expect(await outside(), `${size.width} x ${size.height}`).toEqual([]);
      }
      expect(await transform()).toContain('scale(1)');
    });

    test('the graph stays where the user has put it', async () => {
      await graph.show(drawingOf(example('user-registration')));
      await graph.page.keyboard.press('-');
      const before = await transform();
      await graph.page.setViewportSize({ width: 400, height: 480 });
      await graph.frame();
      expect(await transform()).toBe(before);
      await graph.page.keyboard.press('0');
      await graph.frame();
      expect(await outside()).toEqual([]);
    });

    test('the state of the cursor stays in sight', async () => {
      const drawing = drawingOf(example('order-processing'));
      await graph.show(drawing);
      const last = drawing.nodes.findLast(({ kind }) => kind === 'state')?.id ?? '';
      await graph.post({ type: 'cursor', state: last });
      await graph.page.setViewportSize({ width: 400, height: 250 });
      await graph.frame();
      expect(await outside()).not.toContain(last);
    });

    test('the time bar takes room and covers no state', async () => {
      await graph.page.setViewportSize({ width: 900, height: 560 });
      await graph.show(drawingOf(example('user-registration')));
      await graph.post({
        type: 'execution',
        source: 'live',
        view: {
          sequence: 1,
          status: 'stopped',
          states: { '/States/Create User': { status: 'running', entered: 1, attempts: 1 } },
          taken: {},
          time: { position: 1, length: 9 },
        },
      });
      await graph.frame();
      expect(await outside()).toEqual([]);
      const [stage, bar] = await graph.page.evaluate(() =>
        ['.stage', '.time-bar'].map(selector => document.querySelector(selector)?.getBoundingClientRect()),
      );
      expect(stage?.bottom).toBeLessThanOrEqual(bar?.top ?? 0);
    });
  });

  test('pinching zooms to the pointer', async () => {
    await graph.show(drawingOf(pair('One', 'Two')));
    const box = await graph.page.locator(node('/States/One')).boundingBox();
    if (!box) throw new Error('not visible');
    await graph.page.mouse.move(box.x, box.y);
    await graph.page.keyboard.down('Control');
    await graph.page.mouse.wheel(0, -60);
    await graph.page.keyboard.up('Control');
    const after = await graph.page.locator(node('/States/One')).boundingBox();
    expect(after?.width).toBeGreaterThan(box.width * 1.2);
    expect(Math.abs((after?.x ?? 0) - box.x)).toBeLessThan(3);
  });
});

describe('an execution', () => {
  const view = (extra: Partial<ExecutionView> = {}): ExecutionView => ({
    sequence: 1,
    status: 'stopped',
    states: {
      '/States/Verify Payment': { status: 'succeeded', entered: 1, attempts: 2, duration: 1500 },
      '/States/Payment Approved?': { status: 'succeeded', entered: 1, attempts: 1 },
      '/States/Update Inventory': { status: 'running', entered: 1, attempts: 1 },
    },
    taken: { '/States/Verify Payment#Next': 1 },
    current: { state: '/States/Update Inventory', stage: 'afterParameters' },
    time: { position: 7, length: 12 },
    ...extra,
  });

  test('is laid over without drawing, by signs as well as colours, and taken away again', async () => {
    await graph.show(drawingOf(example('order-processing')));
    await markSvg();
    await graph.post({ type: 'execution', source: 'live', view: view() });
    await graph.frame();
    expect(await isMarked()).toBe(true);
    expect(await graph.page.locator('.badge.status').allTextContents()).toEqual(['✓ ↻1', '✓', '▶']);
    expect(await graph.page.locator('path.is-taken').count()).toBe(1);
    expect(await graph.page.locator(node('/States/Update Inventory')).getAttribute('aria-current')).toBe(
      'step',
    );
    expect(await graph.page.locator('[aria-live=assertive]').textContent()).toBe(
      'Stopped at Parameters of Update Inventory',
    );
    expect(await graph.page.locator('.legend-item').allTextContents()).toEqual(['▶ running', '✓ succeeded']);
    await graph.post({ type: 'execution', source: 'live', view: undefined });
    await graph.frame();
    expect(
      await graph.page
        .locator('.box[data-status], .s-succeeded, .is-taken, .is-current, .badge.status')
        .count(),
    ).toBe(0);
  });

  test('shows the stage of a stopped state at its foot', async () => {
    await graph.show(drawingOf(example('order-processing')));
    await graph.post({ type: 'execution', source: 'live', view: view() });
    await graph.frame();
    expect(await graph.page.locator('.badge.stage').textContent()).toBe('Parameters');
    await graph.post({
      type: 'execution',
      source: 'live',
      view: view({ sequence: 2, current: { state: '/States/Update Inventory', stage: 'task' } }),
    });
    await graph.frame();
    expect(await graph.page.locator('.badge.stage').textContent()).toBe('its task');
  });

  test('is scrubbed through by slider and by steps', async () => {
    await graph.show(drawingOf(example('order-processing')));
    await graph.post({ type: 'execution', source: 'live', view: view() });
    await graph.page.getByLabel('One step back').click();
    await graph.page.getByLabel('One step forward').click();
    await graph.page.locator('.time-slider').fill('3');
    expect((await graph.sent('seek')).map(({ position }) => position)).toEqual([6, 8, 3]);
  });

  test('that is over is looked through while its recording is kept, and not when that is gone', async () => {
    await graph.show(drawingOf(example('order-processing')));
    const over = view({ status: 'succeeded', chosenIterations: { '/States/Verify Payment': null } });
    const controls = graph.page.locator('.time-slider, .tool-back, .tool-forward, .iterations select');
    const enabled = (): Promise<readonly boolean[]> =>
      controls.evaluateAll(all => all.map(control => !(control as HTMLInputElement).disabled));
    await graph.post({ type: 'execution', source: 'recorded', view: over });
    await graph.frame();
    expect(await enabled()).toEqual([true, true, true, true]);
    await graph.page.getByLabel('Hide the execution').click();
    expect(await graph.sent('clearExecution')).toHaveLength(1);
    await graph.post({ type: 'execution', source: 'gone', view: { ...over, sequence: 2 } });
    await graph.frame();
    expect(await enabled()).toEqual([false, false, false, false]);
  });

  test('that was left in its middle offers nothing that only a debugger can do', async () => {
    await graph.show(drawingOf(example('order-processing')));
    const items = async (): Promise<readonly string[]> => {
      await graph.page.locator(node('/States/Update Inventory')).click({ button: 'right' });
      const labels = await graph.page.locator('.menu-item span').allTextContents();
      await graph.page.keyboard.press('Escape');
      return labels;
    };
    await graph.post({ type: 'execution', source: 'live', view: view() });
    await graph.frame();
    expect(await items()).toContain('Set Next State');
    expect(await graph.page.getByLabel('Hide the execution').isVisible()).toBe(false);
    await graph.post({ type: 'execution', source: 'recorded', view: view() });
    await graph.frame();
    expect(await items()).not.toContain('Set Next State');
    expect(await graph.page.getByLabel('Hide the execution').isVisible()).toBe(true);
  });

  test('shows one iteration of a Map when that is chosen', async () => {
    await graph.show(drawingOf(example('data-pipeline')));
    const map = '/States/Enrich Records';
    const states = {
      [map]: {
        status: 'running',
        entered: 1,
        attempts: 1,
        iterations: { total: 3, running: 1, succeeded: 2, failed: 0 },
      },
    } as const;
    await graph.post({
      type: 'execution',
      source: 'live',
      view: view({ states, chosenIterations: { [map]: null } }),
    });
    await graph.frame();
    const choice = graph.page.getByLabel('Iteration of Enrich Records');
    expect(await choice.locator('option').allTextContents()).toEqual([
      'Enrich Records: all 3',
      'Enrich Records: 0',
      'Enrich Records: 1',
      'Enrich Records: 2',
    ]);
    await choice.selectOption('2');
    await choice.selectOption('');
    expect(await graph.sent('iteration')).toEqual([
      { type: 'iteration', state: map, index: 2 },
      { type: 'iteration', state: map, index: undefined },
    ]);
  });

  test('leaves the keys of the debugger to VS Code, which listens at the window', async () => {
    await graph.show(drawingOf(example('order-processing')));
    await graph.post({ type: 'execution', source: 'live', view: view() });
    await graph.frame();
    await graph.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      window.addEventListener('keydown', ({ key, defaultPrevented }) => {
        if (!defaultPrevented) heard.push(key);
      });
    });
    await graph.page.getByLabel('One step back').focus();
    await graph.page.keyboard.press('Shift+F5');
    await graph.page.locator('.time-slider').focus();
    await graph.page.keyboard.press('F10');
    await graph.page.keyboard.press('ArrowLeft');
    await graph.page.keyboard.press('/');
    await graph.page.locator('.tool-search').click();
    await graph.page.keyboard.press('F11');
    expect(await graph.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
      'Shift',
      'F5',
      'F10',
      'ArrowLeft',
      '/',
      'F11',
    ]);
    await graph.page.keyboard.press('Escape');
  });

  test('of which an older view comes late stays as it is', async () => {
    await graph.show(drawingOf(example('order-processing')));
    await graph.post({ type: 'execution', source: 'live', view: view({ sequence: 9 }) });
    await graph.post({ type: 'execution', source: 'live', view: view({ sequence: 8, states: {} }) });
    await graph.frame();
    expect(await graph.page.locator('.badge.status').count()).toBe(3);
  });

  test('survives a drawing with another structure', async () => {
    await graph.show(drawingOf(example('order-processing')));
    await graph.post({ type: 'execution', source: 'live', view: view() });
    await graph.show(drawingOf(example('order-processing'), { direction: 'LR' }), {
      layout: { direction: 'LR' },
    });
    expect(await graph.page.locator('.badge.status').count()).toBe(3);
  });

  test('the map has the colours of another theme at once', async () => {
    await graph.show(drawingOf(generatedMachine(60), { collapsed: [] }));
    const map = graph.page.locator('canvas.minimap');
    await map.waitFor();
    const picture = (): Promise<string> => map.evaluate(canvas => (canvas as HTMLCanvasElement).toDataURL());
    const before = await picture();
    await graph.setTheme('hcLight');
    await graph.frame();
    expect(await picture()).not.toBe(before);
    await graph.setTheme('dark');
    await graph.frame();
    expect(await picture()).toBe(before);
  });

  describe('over a large graph', () => {
    const large = drawingOf(generatedMachine(300), { collapsed: [] });
    const states = large.nodes.filter(({ kind }) => kind === 'state' || kind === 'container');
    const all = (status: StateStatus, sequence: number): ExecutionView => ({
      sequence,
      status: 'stopped',
      states: Object.fromEntries(states.map(({ id }) => [id, { status, entered: 1, attempts: 1 }])),
      taken: Object.fromEntries(large.edges.map(({ id }) => [id, 1])),
    });
    const lay = (view: ExecutionView): Promise<void> =>
      graph.post({ type: 'execution', view, source: 'live' });
    const haveAll = (status: StateStatus): Promise<unknown> =>
      graph.page.waitForFunction(
        ([selector, count]) => document.querySelectorAll(selector).length === count,
        [`[data-node].s-${status}`, states.length] as const,
      );
    /** Notes from now on which parts are touched, in their order, and whether anything is laid out anew. */
    const watch = (): Promise<void> =>
      graph.page.evaluate(() => {
        const touched: Touched[] = [];
        const others: string[] = [];
        Object.assign(window, { touched, others });
        const drawing = document.querySelector('.frame:not(.is-building)');
        if (!drawing) throw new Error('no picture');
        new MutationObserver(records => {
          for (const { target, type, attributeName } of records) {
            const element = target instanceof Element ? target : target.parentElement;
            const { node, boxOf } = element instanceof SVGElement ? element.dataset : {};
            const part = node ?? boxOf;
            const box = element?.getBoundingClientRect();
            if (part !== undefined && box) {
              const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
              const isSeen = x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight;
              const isUnseen = box.right < 0 || box.x > innerWidth || box.bottom < 0 || box.y > innerHeight;
              touched.push({ node: part, isSeen, isUnseen });
            } else if (!element?.closest('.badges') && attributeName !== 'class')
              others.push(`${type} ${attributeName ?? ''} of ${element?.tagName ?? ''}`);
          }
        }).observe(drawing, { subtree: true, childList: true, attributes: true, characterData: true });
      });
    const watched = (): Promise<{ touched: Touched[]; others: string[] }> =>
      graph.page.evaluate(() => {
        const { touched, others } = window as unknown as Awaited<ReturnType<typeof watched>>;
        return { touched, others };
      });

    test('a step touches the states that it changes and nothing else', async () => {
      await graph.show(large);
      await lay(all('succeeded', 1));
      await haveAll('succeeded');
      await watch();
      const [first] = states;
      if (!first) throw new Error('nothing drawn');
      const next = all('succeeded', 2);
      const step = { ...next.states, [first.id]: { status: 'failed', entered: 1, attempts: 1 } } as const;
      await lay({ ...next, states: step });
      await graph.page.locator(`${node(first.id)}.s-failed`).waitFor({ state: 'attached' });
      const { touched, others } = await watched();
      expect(new Set(touched.map(({ node }) => node))).toEqual(new Set([first.id]));
      expect(others).toEqual([]);
    });

    test('what is painted together has one extent, whatever is marked', async () => {
      await graph.show(large);
      await lay({ ...all('failed', 1), current: { state: states[0]?.id ?? '' } });
      await haveAll('failed');
      const beyond = await graph.page.evaluate(() => {
        const frame = document.querySelector('.frame:not(.is-building)');
        const found: string[] = [];
        let extent: DOMRect | undefined;
        const walk = (element: Element): void => {
          const isApart = element.hasAttribute('transform') || element.tagName === 'svg';
          const around = extent;
          if (isApart) extent = undefined;
          for (const child of element.children) {
            const { left, top, right, bottom } = child.getBoundingClientRect();
            if (child.classList.contains('extent')) extent = child.getBoundingClientRect();
            else if (child.children.length > 0) walk(child);
            else if (!extent) found.push(`${child.outerHTML} has none`);
            else if (
              left < extent.left + 5 ||
              top < extent.top + 5 ||
              right > extent.right - 5 ||
              bottom > extent.bottom - 5
            )
              found.push(`${child.outerHTML} is larger`);
          }
          // What comes after it is painted apart from what came before.
          extent = isApart ? undefined : (extent ?? around);
        };
        for (const layer of frame?.querySelectorAll('.ground, .badges') ?? []) walk(layer);
        return found;
      });
      expect(beyond).toEqual([]);
    });

    test('of many changes those that can be seen come first, and all of them come', async () => {
      await graph.show(large);
      await lay(all('running', 1));
      await haveAll('running');
      await watch();
      await lay(all('succeeded', 2));
      await haveAll('succeeded');
      const { touched, others } = await watched();
      expect(new Set(touched.map(({ node }) => node)).size).toBe(states.length);
      const lastSeen = touched.findLastIndex(({ isSeen }) => isSeen);
      expect(lastSeen).toBeGreaterThan(0);
      expect(touched.findIndex(({ isUnseen }) => isUnseen)).toBeGreaterThan(lastSeen);
      expect(others).toEqual([]);
      expect(await graph.page.locator('.badge.status').count()).toBe(states.length);
      expect(new Set(await graph.page.locator('.badge.status').allTextContents())).toEqual(new Set(['✓']));
      await graph.page.waitForFunction(() => !document.querySelector('path.edge:not(.is-taken)'));
    });

    test('no change of an execution touches what is painted of the drawing', async () => {
      await graph.show(large);
      await lay(all('succeeded', 1));
      await haveAll('succeeded');
      const painted = (): Promise<string> =>
        graph.page.evaluate(() =>
          [...document.querySelectorAll('.frame:not(.is-building) [role=tree] *')]
            .map(element => {
              const { fill, stroke, opacity, color, outline, display } = getComputedStyle(element);
              return [fill, stroke, opacity, color, outline, display, element.childElementCount].join();
            })
            .join('\n'),
        );
      const before = await painted();
      expect(before.split('\n').length).toBeGreaterThan(states.length);
      await lay({ ...all('failed', 2), current: { state: states[0]?.id ?? '' } });
      await haveAll('failed');
      expect(await painted()).toBe(before);
    });

    test('an export has all of an execution, even where it is not laid over all parts yet', async () => {
      await graph.show(large);
      await lay(all('succeeded', 1));
      await graph.post({ type: 'export', format: 'svg', scale: 1 });
      await graph.page.waitForFunction(() =>
        (window as unknown as { sent: { type: string }[] }).sent.some(({ type }) => type === 'export'),
      );
      const [saved] = await graph.sent('export');
      expect(saved?.content.split('>✓</text>')).toHaveLength(states.length + 1);
    });
  });

  test('coverage of tests is an overlay of the same kind', async () => {
    await graph.show(drawingOf(example('order-processing')));
    await graph.post({ type: 'coverage', coverage: { states: { '/States/Verify Payment': 2 }, taken: {} } });
    await graph.frame();
    expect(await graph.page.locator('.is-covered').count()).toBe(1);
    await graph.post({ type: 'coverage', coverage: undefined });
    await graph.frame();
    expect(await graph.page.locator('.is-covered, .has-coverage').count()).toBe(0);
  });
});

describe('the layers around a drawing', () => {
  const nested = example('parallel-fan-out');

  test('boxes lie where the drawing has them, and lines begin and end at them', async () => {
    const drawing = drawingOf(nested, { collapsed: [] });
    await graph.show(drawing);
    const apart = await graph.page.evaluate(
      edges => {
        const boxOf = (id: string): DOMRect | undefined =>
          (
            document.querySelector(`.box[data-box-of="${id}"]`) ??
            document.querySelector(`[data-node="${id}"]`)
          )?.getBoundingClientRect();
        const found: string[] = [];
        for (const group of document.querySelectorAll<SVGElement>('[role=tree] :is(g.node, g.cluster)')) {
          const drawn = group.querySelector(':scope > rect')?.getBoundingClientRect();
          const box = boxOf(group.dataset['node'] ?? '');
          if (drawn && (!box || Math.hypot(drawn.x - box.x, drawn.y - box.y, drawn.width - box.width) > 1))
            found.push(`box of ${group.dataset['node'] ?? ''}`);
        }
        for (const { name, from, to } of edges) {
          const line = document.querySelector<SVGPathElement>(`.ground path[data-id="${name}"]`);
          const toScreen = line?.getScreenCTM();
          if (!line || !toScreen) throw new Error(`no line ${name}`);
          for (const [at, id] of [[0, from] as const, [line.getTotalLength(), to] as const]) {
            const { x, y } = line.getPointAtLength(at).matrixTransform(toScreen);
            const { left, top, right, bottom } = boxOf(id) ?? new DOMRect();
            // A line ends before its head does.
            if (x < left - 12 || x > right + 12 || y < top - 12 || y > bottom + 12)
              found.push(`${name} at ${id}`);
          }
        }
        return found;
      },
      drawing.edges.map(({ name, from, to }) => ({ name, from, to })),
    );
    expect(apart).toEqual([]);
    expect(await graph.page.locator('.box').count()).toBeGreaterThan(5);
  });

  test('the empty inside of a container belongs to it, a line in there to its transition', async () => {
    await graph.show(drawingOf(nested, { collapsed: [] }));
    const container = '/States/Prepare Trip';
    const box = await graph.page.locator(`.box[data-box-of="${container}"]`).boundingBox();
    if (!box) throw new Error('no container');
    await graph.page.mouse.click(box.x + 20, box.y + box.height - 20);
    expect(await graph.sent('reveal')).toContainEqual({ type: 'reveal', state: container, beside: false });
    const hit = await graph.page.evaluate(() => {
      const lines = [...document.querySelectorAll<SVGPathElement>('.ground path.edge')];
      return lines.map(line => {
        const { x, y } = line
          .getPointAtLength(line.getTotalLength() / 3)
          .matrixTransform(line.getScreenCTM() ?? undefined);
        return document.elementFromPoint(x, y) === line;
      });
    });
    expect(hit.filter(Boolean).length).toBeGreaterThan(hit.length / 2);
  });

  test('the keyboard is seen to be at a state, and the pointer over it', async () => {
    await graph.show(drawingOf(nested, { collapsed: [] }));
    await graph.page.mouse.move(0, 0);
    await graph.page.keyboard.press('/');
    await graph.page.keyboard.press('Escape');
    await graph.page.keyboard.press('ArrowDown');
    const focused = await graph.page.evaluate(
      () => (document.activeElement as SVGElement | null)?.dataset['node'] ?? '',
    );
    expect(await graph.page.locator('.box.is-focused').getAttribute('data-box-of')).toBe(focused);
    await graph.page.locator(node('/States/Trip Prepared')).hover();
    expect(await graph.page.locator('.box.is-pointed-at').getAttribute('data-box-of')).toBe(
      '/States/Trip Prepared',
    );
    await graph.page.mouse.move(0, 0);
    expect(await graph.page.locator('.box.is-pointed-at').count()).toBe(0);
  });

  test('heads of lines have the colours of their lines in an export', async () => {
    await graph.show(drawingOf(nested, { collapsed: [] }));
    await graph.post({ type: 'export', format: 'svg', scale: 1 });
    await graph.page.waitForFunction(() =>
      (window as unknown as { sent: { type: string }[] }).sent.some(({ type }) => type === 'export'),
    );
    const [saved] = (await graph.sent('export')).slice(-1);
    const pairs = await graph.page.evaluate(text => {
      const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
      return [...picture.querySelectorAll('[marker-end]')].map(line => {
        const id = /#(.+)\)/.exec(line.getAttribute('marker-end') ?? '')?.[1] ?? '';
        return [
          line.getAttribute('stroke'),
          picture.getElementById(id)?.firstElementChild?.getAttribute('fill'),
        ];
      });
    }, saved?.content ?? '');
    expect(new Set(pairs.map(([stroke]) => stroke)).size).toBeGreaterThan(1);
    for (const [stroke, fill] of pairs) expect(fill).toBe(stroke);
  });
});

describe('accessibility', () => {
  test('a screen reader hears a tree of states with their relations', async () => {
    await graph.show(drawingOf(example('order-processing')));
    const item = graph.page.locator(node('/States/Verify Payment'));
    expect(await graph.page.locator('.frame svg:not([aria-hidden])').getAttribute('role')).toBe('tree');
    expect(await item.getAttribute('aria-label')).toBe(
      'Verify Payment, Lambda: verify-payment, Task, 1 of 9, next Payment Approved?, on States.ALL Tell Payment Failed, retries: 3',
    );
  });

  test.each(themes)('axe finds nothing: %s', async theme => {
    await graph.load(theme);
    await graph.show(drawingOf(example('parallel-fan-out')), { machines: ['One', 'Two'], note: 'A note.' });
    await graph.post({
      type: 'execution',
      source: 'live',
      view: {
        sequence: 1,
        status: 'failed',
        states: {
          '/States/Prepare Trip': { status: 'failed', entered: 1, attempts: 1, error: 'SoldOut' },
          '/States/Trip Not Possible': { status: 'caught', entered: 1, attempts: 1 },
        },
        taken: {},
        time: { position: 3, length: 3 },
      },
    });
    await graph.frame();
    expect(await graph.axe()).toEqual([]);
    await graph.page.keyboard.press('/');
    await graph.page.locator(node('/States/Trip Prepared')).click({ button: 'right' });
    expect(await graph.axe()).toEqual([]);
  });

  test('nothing moves by itself where motion is reduced', async () => {
    await graph.show(drawingOf(pair('One', 'Two')));
    await graph.post({
      type: 'execution',
      source: 'live',
      view: {
        sequence: 1,
        status: 'running',
        states: { '/States/One': { status: 'running', entered: 1, attempts: 1 } },
        taken: {},
      },
    });
    await graph.frame();
    expect(await graph.page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  test('at 200 % zoom in a narrow panel nothing is cut off', async () => {
    await graph.page.setViewportSize({ width: 450, height: 500 });
    await graph.show(drawingOf(example('order-processing')), {
      machines: ['A state machine with a long name', 'B'],
      note: 'A note.',
    });
    const cut = await graph.page.evaluate(() =>
      ['.toolbar', '.notice'].filter(selector => {
        const box = document.querySelector(selector)?.getBoundingClientRect();
        return !box || box.left < 0 || box.right > innerWidth || box.bottom > innerHeight;
      }),
    );
    expect(cut).toEqual([]);
    await graph.page.setViewportSize({ width: 900, height: 1000 });
  });
});

describe('exports', () => {
  test('SVG stands by itself: no HTML, no variables, every name as text', async () => {
    await graph.show(drawingOf(example('order-processing')));
    await graph.page.getByLabel('More').click();
    await graph.page.getByText('Save as SVG…').click();
    await graph.page.waitForFunction(() =>
      (window as unknown as { sent: { type: string }[] }).sent.some(({ type }) => type === 'export'),
    );
    const [saved] = await graph.sent('export');
    const content = saved?.content ?? '';
    expect(content).not.toMatch(/foreignObject|var\(--|<style|<script|class=/);
    for (const name of ['Verify Payment', 'Payment Approved?', 'Lambda: verify-payment', 'States.ALL'])
      expect(content).toContain(`>${name}</text>`);
    const parsed = await graph.page.evaluate(
      text =>
        new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ??
        '',
      content,
    );
    expect(parsed).toBe('');
  });

  test.each(['dark', 'hcDark', 'hcLight'] as const)('is printed in light colours: %s', async theme => {
    const exported = async (item: string): Promise<string> => {
      await graph.page.getByLabel('More').click();
      await graph.page.getByText(item).click();
      await graph.frame();
      return (await graph.sent('export')).at(-1)?.content ?? '';
    };
    await graph.setTheme(theme);
    await graph.show(drawingOf(example('parallel-fan-out')));
    await graph.post({
      type: 'execution',
      source: 'recorded',
      view: {
        sequence: 1,
        status: 'failed',
        states: {
          '/States/Prepare Trip': { status: 'failed', entered: 1, attempts: 1 },
          '/States/Trip Not Possible': { status: 'running', entered: 1, attempts: 1 },
        },
        taken: { '#start>/States/Prepare Trip': 1 },
        current: { state: '/States/Trip Not Possible' },
      },
    });
    await graph.frame();
    const saved = await exported('Save as SVG…');
    const printed = await exported('Print…');
    expect(await exported('Save as SVG…')).toBe(saved);
    await graph.setTheme('light');
    await graph.frame();
    expect(printed).toBe(await exported('Save as SVG…'));
    expect(printed).not.toBe(saved);
    await graph.setTheme('dark');
    await graph.post({ type: 'execution', source: 'recorded', view: undefined });
  });

  test('PNG is the same picture, as much enlarged as the extension says', async () => {
    await graph.show(drawingOf(pair('One', 'Two')));
    const { width, height } = await graph.page.evaluate(() => {
      const box = document.querySelector<SVGSVGElement>('.frame svg')?.viewBox.baseVal;
      return { width: box?.width ?? Number.NaN, height: box?.height ?? Number.NaN };
    });
    await choose('Save as PNG…');
    const [wanted] = await graph.sent('savePng');
    expect(wanted).toEqual({ type: 'savePng', width: width + 32, height: height + 32 });
    await graph.post({ type: 'export', format: 'png', scale: 3 });
    await graph.page.waitForFunction(() =>
      (window as unknown as { sent: { type: string }[] }).sent.some(({ type }) => type === 'export'),
    );
    const [saved] = await graph.sent('export');
    const bytes = Buffer.from(saved?.content ?? '', 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBe(Math.ceil((width + 32) * 3));
    expect(bytes.readUInt32BE(20)).toBe(Math.ceil((height + 32) * 3));
  });

  test('the copied SVG is the saved one', async () => {
    await graph.show(drawingOf(pair('One', 'Two')));
    await choose('Save as SVG…');
    await choose('Copy as SVG');
    const [saved] = await graph.sent('export');
    const [copied] = await graph.sent('copy');
    expect(saved?.content).toMatch(/^<svg /);
    expect(copied).toEqual({ type: 'copy', format: 'svg', content: saved?.content });
  });

  describe('a copied picture', () => {
    /** Stands for the clipboard; a page that nobody looks at has none. */
    const stand = (isRefusing: boolean): Promise<void> =>
      graph.page.evaluate(isRefusing => {
        const write = async ([item]: readonly ClipboardItem[]): Promise<void> => {
          if (isRefusing) throw new Error('Write permission denied.');
          const blob = await item?.getType('image/png');
          Object.assign(window, { copied: [...new Uint8Array((await blob?.arrayBuffer()) ?? [])] });
        };
        Object.defineProperty(navigator, 'clipboard', { value: { write }, configurable: true });
      }, isRefusing);

    test('is a PNG on the clipboard', async () => {
      await graph.show(drawingOf(pair('One', 'Two')));
      await stand(false);
      await choose('Copy as PNG');
      const copied = await graph.page.waitForFunction(
        () => (window as unknown as { copied?: number[] }).copied,
      );
      expect(
        Buffer.from((await copied.jsonValue()) ?? [])
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG');
      expect(await graph.sent('copy')).toEqual([{ type: 'copy', format: 'png', content: '' }]);
    });

    test('that the clipboard refuses leaves a notice', async () => {
      await graph.show(drawingOf(pair('One', 'Two')));
      await stand(true);
      await choose('Copy as PNG');
      await graph.page.getByText('The picture could not be copied: Write permission denied.').waitFor();
      expect(await graph.sent('copy')).toEqual([]);
    });
  });

  async function choose(item: string): Promise<void> {
    await graph.page.getByLabel('More').click();
    await graph.page.getByText(item).click();
    await graph.frame();
  }
});

test('the policy of the page blocked nothing, and nothing failed', () => {
  expect(graph.problems).toEqual([]);
});
