import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasData } from '#test/conformance/data.ts';
import { launchBrowser, type Browser } from '#test/host/browser.ts';
import { pageBundle, patchedMermaid, stockMermaid } from './harness/bundle.ts';
import { drawingOf, examples, validDefinitions } from './harness/definitions.ts';
import { generatedMachine } from './harness/generated.ts';
import { mermaidSettings } from '#webview/mermaidSettings.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser({ width: 900, height: 900 });
  // Labels are measured as the page's style sheet says; Mermaid's own is in its picture only.
  const { style } = await pageBundle();
  await browser.page.setContent(`<style>${style}</style><body class="stepwise"></body>`);
  await browser.page.addScriptTag({ content: stockMermaid() });
  await browser.page.addScriptTag({ content: await patchedMermaid() });
  await browser.page.evaluate(
    settings => {
      const { mermaid } = window as unknown as { mermaid: { initialize(settings: unknown): void } };
      mermaid.initialize(settings);
    },
    mermaidSettings as Record<string, unknown>,
  );
});
afterAll(() => browser.close());

/** All examples, one that is large enough for the worker, which then lays out the rest: every fourth of the data set. */
const sample = [
  ...examples(),
  generatedMachine(120),
  ...(hasData('definitions', 'index.json') ? validDefinitions().filter((_, index) => index % 4 === 0) : []),
];

test('the patches of Mermaid do not change the picture', async () => {
  for (const definition of sample) {
    const { text, nodes } = drawingOf(definition, { collapsed: [] });
    const { stock, patched } = await browser.page.evaluate(
      async ([source, size]) => {
        type Mermaid = {
          render(id: string, text: string, container?: Element): Promise<{ svg: string | SVGElement }>;
        };
        const { mermaid, patchedMermaid, expectLayouts } = window as unknown as {
          mermaid: Mermaid;
          patchedMermaid: Mermaid;
          expectLayouts: (nodes: number) => void;
        };
        expectLayouts(size);
        const frame = document.body.appendChild(document.createElement('div'));
        frame.className = 'frame';
        const asText = async (library: Mermaid): Promise<string> => {
          const { svg } = await library.render('picture', source, frame);
          // One is text that was purified, the other an element: both through the same parser and writer.
          const written = typeof svg === 'string' ? svg : svg.outerHTML;
          const parsed = new DOMParser().parseFromString(written, 'text/html').body;
          // The page has a style sheet of its own.
          for (const element of parsed.querySelectorAll('style')) element.remove();
          // There is nothing to see of them.
          for (const label of parsed.querySelectorAll('g.edgeLabel'))
            if (label.textContent === '') label.remove();
          for (const element of parsed.querySelectorAll('*')) {
            element.removeAttribute('xmlns');
            // The purifier takes blanks off the ends.
            for (const { name, value } of Array.from(element.attributes))
              element.setAttribute(name, value.trim());
          }
          return parsed.innerHTML.replaceAll('&nbsp;', '\u00A0');
        };
        const results = { stock: await asText(mermaid), patched: await asText(patchedMermaid) };
        frame.remove();
        return results;
      },
      [text, nodes.length] as const,
    );
    expect(patched.length, definition.name).toBeGreaterThan(1000);
    if (patched !== stock) expect(difference(patched, stock), definition.name).toBe('');
  }
  expect(browser.page.workers()).toHaveLength(1);
}, 600_000);

/** The place where two long texts part. */
function difference(left: string, right: string): string {
  let at = 0;
  while (left[at] === right[at]) at++;
  const from = Math.max(0, at - 80);
  return `${left.slice(from, at + 200)}\n<> ${right.slice(from, at + 200)}`;
}
