import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawingOf, examples } from './harness/definitions.ts';
import { GraphPage } from './harness/graphPage.ts';

let graph: GraphPage;
beforeAll(async () => {
  graph = await GraphPage.open({ translate: text => `«${text}»` });
});
afterAll(() => graph.close());

test('every text of the page comes from the table that the extension hands over', async () => {
  const example = examples().find(({ name }) => name === 'data-pipeline');
  if (!example) throw new Error('no such example');
  const drawing = drawingOf(example);
  const map = drawing.nodes.find(({ kind }) => kind === 'container')?.id ?? '';
  await graph.show(drawing, { machines: ['', ''], note: '' });
  await graph.post({
    type: 'execution',
    source: 'live',
    view: {
      sequence: 1,
      status: 'stopped',
      states: {
        [map]: {
          status: 'caught',
          entered: 3,
          attempts: 3,
          duration: 20,
          error: 'E',
          iterations: { total: 3, running: 0, succeeded: 2, failed: 1 },
        },
      },
      taken: {},
      current: { state: map, stage: 'task' },
      time: { position: 1, length: 3 },
      chosenIterations: { [map]: null },
    },
  });
  await graph.post({ type: 'breakpoints', states: [map] });
  await graph.frame();
  expect(await untranslated(), 'at first').toEqual([]);
  const { page } = graph;
  await page.keyboard.press('/');
  await page.keyboard.type('zzz');
  expect(await untranslated(), 'searching').toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('.tool-more').click();
  expect(await untranslated(), 'menu of the graph').toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator(`[data-node="${map}"]`).focus();
  await page.keyboard.press('Shift+F10');
  expect(await untranslated(), 'menu of a state').toEqual([]);
  await page.keyboard.press('Escape');
  await graph.post({ type: 'stale', line: 1, message: '«m»' });
  await graph.frame();
  expect(await untranslated(), 'broken text').toEqual([]);
  const said = (await page.locator(`[data-node="${map}"]`).getAttribute('aria-label')) ?? '';
  for (const part of ['«breakpoint»', '««error caught»: E»', '«entered 3 times»', '«took 20 ms»'])
    expect(said).toContain(part);
  expect(graph.problems).toEqual([]);
});

/** Texts and names on the page that no translation has marked; the picture's own words are the definition's. */
function untranslated(): Promise<readonly string[]> {
  return graph.page.evaluate(() => {
    const found: string[] = [];
    const isMarked = (text: string): boolean =>
      text.trim() === '' || text.includes('«') || /^(F\d|[\d\s/·]*)$/.test(text);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest('script, style, .frame')) continue;
      if (!isMarked(node.textContent ?? '')) found.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) {
        const text = element.getAttribute(name);
        const isOfDefinition =
          element.closest('.frame, .menu, .iterations') !== null && name !== 'placeholder';
        if (text !== null && !isOfDefinition && !isMarked(text)) found.push(`${name}: ${text}`);
      }
    return found;
  });
}
