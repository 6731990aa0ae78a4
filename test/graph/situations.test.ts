import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outputRoot } from '#test/host/paths.ts';
import { examples } from './harness/definitions.ts';
import { GraphPage } from './harness/graphPage.ts';
import { drawn, meet, situations } from './harness/situations.ts';
import { themes } from './harness/themes.ts';

const folder = path.join(outputRoot, 'graph-pictures');

let graph: GraphPage;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  graph = await GraphPage.open();
});
afterAll(() => graph.close());

describe.each(
  [...situations, ...examples().map(drawn)].map(situation => [situation.name, situation] as const),
)('%s', (name, situation) => {
  test('nothing is cut off, and nothing covers what must be read', async () => {
    await meet(graph, situation);
    expect(await cutOff()).toEqual([]);
    expect(await covered()).toEqual([]);
  });

  test.each(themes)('axe finds nothing: %s', async theme => {
    await graph.setTheme(theme);
    await graph.frame();
    await graph.screenshot(path.join(folder, `${name}-${theme}.png`));
    expect(await graph.axe()).toEqual([]);
  });
});

test('the policy of the page blocked nothing, and nothing failed', () => {
  expect(graph.problems).toEqual([]);
});

/** Controls that reach out of the window, and labels that reach out of their box. */
function cutOff(): Promise<readonly string[]> {
  return graph.page.evaluate(() => {
    const found: string[] = [];
    for (const part of document.querySelectorAll(
      '.toolbar > *, .time-bar *, .notice, .search *, .menu, .hover-card',
    )) {
      const { left, top, right, bottom, width } = part.getBoundingClientRect();
      if (width > 0 && (left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5))
        found.push(`${part.className || part.tagName} is outside of the window`);
    }
    for (const group of document.querySelectorAll('.frame :is(g.node, g.cluster)')) {
      const box = group.querySelector(':scope > :is(rect, circle)')?.getBoundingClientRect();
      for (const line of group.querySelectorAll('.nodeLabel :is(b, i)')) {
        const text = line.getBoundingClientRect();
        if (box && (text.left < box.left || text.right > box.right + 0.5 || text.bottom > box.bottom + 0.5))
          found.push(`"${line.textContent}" is outside of its box`);
      }
    }
    return found;
  });
}

/** Boxes and labels of transitions that lie over others, and badges that lie over names. */
function covered(): Promise<readonly string[]> {
  return graph.page.evaluate(() => {
    type Named = readonly [name: string, box: DOMRect];
    const all = (selector: string): readonly Named[] =>
      [...document.querySelectorAll(`.frame ${selector}`)].map(found => [
        found.textContent ?? '',
        found.getBoundingClientRect(),
      ]);
    const meets = (a: DOMRect, b: DOMRect): boolean =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    const boxes = all('g.node');
    const labels = all('.edgeLabel p').filter(([, { width }]) => width > 0);
    const pairs: (readonly [string, Named, Named])[] = [
      ...boxes.flatMap((a, index) => boxes.slice(index + 1).map(b => ['box over box', a, b] as const)),
      ...labels.flatMap(a => boxes.map(b => ['label over box', a, b] as const)),
      ...labels.flatMap((a, index) => labels.slice(index + 1).map(b => ['label over label', a, b] as const)),
      ...all('.badge').flatMap(a => all('.nodeLabel b').map(b => ['badge over name', a, b] as const)),
    ];
    return pairs.filter(([, [, a], [, b]]) => meets(a, b)).map(([how, [a], [b]]) => `${how}: ${a}, ${b}`);
  });
}
