import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawingOf } from './harness/definitions.ts';
import { GraphPage } from './harness/graphPage.ts';

let graph: GraphPage;
beforeAll(async () => {
  graph = await GraphPage.open();
});
afterAll(() => graph.close());

/** Names that mean something to Mermaid, to HTML or to a reader of text. */
const hostile = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  'end',
  'END',
  'subgraph',
  'direction TB',
  'graph LR',
  '"]-->x',
  "it's",
  '#quot;',
  '&amp; &lt;b&gt;',
  '#35;',
  'ﬂ°35¶ß',
  '$$x^2$$',
  '`code`',
  '"`**bold**`"',
  '**bold** _it_',
  'fa:fa-car',
  'fab:fa-github now',
  '\\n\\t\\u0041',
  '%%{init: {"theme":"dark"}}%%',
  '%% comment',
  '---',
  '--> x --- y ==> z',
  '- item',
  '1. item',
  '1) item',
  '# heading',
  'a|b{c}d[e](f)',
  '@{ shape: diamond }',
  ':::class',
  'click a href "javascript:alert(1)"',
  'https://example.com/?a=1&b=2#c',
  'javascript:alert(1)',
  '🚀'.repeat(25),
  '👩‍👩‍👧‍👦 family',
  'مرحبا بالعالم',
  'שלום end',
  '日本語の状態',
  'e\u0301 combining',
  '\u202Ereversed',
  'x'.repeat(60),
  'constructor',
  '__proto__',
  'toString',
];

const name = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...hostile) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 50, unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 50, unit: 'binary-ascii' }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...hostile), { minLength: 2, maxLength: 3 })
      .map(parts => parts.join(' ').slice(0, 60)),
  },
);

/** What a name looks like: line breaks and controls are drawn as one blank each run, half a pair as �. */
const shown = (text: string): string =>
  text.trim() === ''
    ? '(blank)'
    : text.replaceAll(/\p{Surrogate}/gu, '\uFFFD').replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** Characters that are not seen and that escaping may add, and blanks that HTML draws as one. */
const visible = (text: string): string => text.replaceAll('\u2060', '').replaceAll(/\s+/g, ' ').trim();

test('every name is drawn as that name: in boxes, on containers and on edges', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(name, { minLength: 12, maxLength: 12, selector: text => shown(text) }),
      async names => {
        await checkNames(names);
      },
    ),
    { numRuns: 12 },
  );
  for (let from = 0; from < hostile.length; from += 12) await checkNames(hostile.slice(from, from + 12));
  expect(graph.problems).toEqual([]);
});

async function checkNames(names: readonly string[]): Promise<void> {
  const [outer = 'outer', ...inner] = names;
  const states = Object.fromEntries(
    inner.map((state, index) => [
      state,
      index + 1 < inner.length
        ? {
            Type: 'Task',
            Resource: 'x',
            Next: inner[index + 1],
            Catch: [{ ErrorEquals: [state.slice(0, 30)], Next: inner.at(-1) }],
          }
        : { Type: 'Pass', End: true },
    ]),
  );
  const definition = {
    StartAt: outer,
    States: {
      [outer]: { Type: 'Map', ItemProcessor: { StartAt: inner[0], States: states }, End: true },
    },
  };
  const drawing = drawingOf({ name: 'names', format: 'json', text: JSON.stringify(definition) });
  await graph.show(drawing);
  const drawn = await graph.page.evaluate(() => {
    const svg = document.querySelector('.frame svg[role=tree]');
    const textOf = (element: Element | undefined): string => element?.textContent ?? '(none)';
    return {
      nodes: Object.fromEntries(
        [...(svg?.querySelectorAll<SVGGElement>('g.node, g.cluster') ?? [])].map(group => [
          group.dataset['node'] ?? '',
          textOf(group.querySelector('.nodeLabel b') ?? undefined),
        ]),
      ),
      edges: Object.fromEntries(
        [...(svg?.querySelectorAll<SVGGElement>('g.label[data-id]') ?? [])].map(label => [
          label.dataset['id'] ?? '',
          textOf(label),
        ]),
      ),
      foreign: document.querySelectorAll('script:not([src]), img, a, iframe').length,
    };
  });
  for (const { id, kind, label } of drawing.nodes) {
    if (kind !== 'state' && kind !== 'container') continue;
    expect(visible(drawn.nodes[id] ?? ''), JSON.stringify(names)).toBe(visible(label?.[0] ?? ''));
  }
  const boxed = drawing.nodes.filter(({ kind }) => kind === 'state' || kind === 'container');
  expect(boxed.map(({ label }) => visible(label?.[0] ?? '')).toSorted()).toEqual(
    names.map(text => visible(clipped(shown(text)))).toSorted(),
  );
  for (const { name: edge, label } of drawing.edges)
    if (visible(label) !== '')
      expect(visible(drawn.edges[edge] ?? ''), JSON.stringify(label)).toBe(visible(shown(label)));
  expect(drawn.foreign).toBe(0);
}

function clipped(text: string): string {
  return text.length <= 60 ? text : Array.from(text).slice(0, 59).join('');
}
