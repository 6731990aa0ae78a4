import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type Browser } from '#test/host/browser.ts';
import { stockMermaid } from './harness/bundle.ts';
import { drawingOf, examples } from './harness/definitions.ts';
import { GraphPage } from './harness/graphPage.ts';
import { mermaidSettings } from '#webview/mermaidSettings.ts';

let graph: GraphPage;
let stock: Browser;
beforeAll(async () => {
  graph = await GraphPage.open();
  stock = await launchBrowser({ width: 900, height: 900 });
  await stock.page.setContent('<body></body>');
  await stock.page.addScriptTag({ content: stockMermaid() });
});
afterAll(async () => {
  await graph.close();
  await stock.close();
});

test('the page says all that the style sheet would say that Mermaid writes into a picture', async () => {
  for (const example of examples()) {
    const drawing = drawingOf(example, { collapsed: [] });
    const sheet = await sheetOf(drawing.text);
    expect(sheet, example.name).toContain('#picture .node rect');
    await graph.show(drawing);
    const changed = await graph.page.evaluate(css => {
      const painted = [
        ...document.querySelectorAll('.frame :is(rect, circle, path, foreignObject *)'),
      ].filter(
        element =>
          !element.closest('defs, marker') &&
          // Empty ones, which Mermaid puts into labels.
          !(element.localName === 'rect' && element.getAttribute('width') === null),
      );
      const look = (element: Element): readonly string[] => {
        const style = getComputedStyle(element);
        const properties =
          element instanceof SVGElement
            ? ['fill', 'stroke', 'opacity', 'filter', 'cursor']
            : ['font', 'text-align', 'margin', 'padding', 'white-space', 'display', 'background-color'];
        // Texts lie in paragraphs, the colour of what is around them is not seen.
        if (element.localName !== 'div') properties.push('color');
        if (style.stroke !== 'none') properties.push('stroke-width');
        return properties.map(property => `${property}: ${style.getPropertyValue(property)}`);
      };
      const before = painted.map(look);
      const style = document.createElement('style');
      const picture = document.querySelector('.frame svg.flowchart');
      style.textContent = css.replaceAll('#picture', `#${picture?.id ?? ''}`);
      picture?.prepend(style);
      const differences = painted.flatMap((element, index) =>
        look(element)
          .filter((value, at) => value !== before[index]?.[at])
          .map(value => `${element.localName}.${element.getAttribute('class') ?? ''} ${value}`),
      );
      style.remove();
      return { differences, elements: painted.length };
    }, sheet);
    expect(changed.elements, example.name).toBeGreaterThan(10);
    expect(changed.differences, example.name).toEqual([]);
  }
}, 60_000);

/** What published Mermaid writes into its picture of a text. */
function sheetOf(text: string): Promise<string> {
  return stock.page.evaluate(
    async ([source, settings]) => {
      const { mermaid } = window as unknown as {
        mermaid: {
          initialize(settings: unknown): void;
          render(id: string, text: string): Promise<{ svg: string }>;
        };
      };
      mermaid.initialize(settings);
      const { svg } = await mermaid.render('picture', source);
      return new DOMParser().parseFromString(svg, 'text/html').querySelector('style')?.textContent ?? '';
    },
    [text, mermaidSettings as Record<string, unknown>] as const,
  );
}
