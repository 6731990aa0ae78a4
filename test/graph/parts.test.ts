import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphOf } from '#core/graph/fromMachine.ts';
import { hasData } from '#test/conformance/data.ts';
import { drawingOf, examples, machinesOf, validDefinitions } from './harness/definitions.ts';
import { GraphPage } from './harness/graphPage.ts';

let graph: GraphPage;
beforeAll(async () => {
  graph = await GraphPage.open();
});
afterAll(() => graph.close());

const definitions = hasData('definitions', 'index.json') ? validDefinitions() : [];

describe('the drawing has exactly the parts of the model', () => {
  test.skipIf(definitions.length === 0)(
    'for every valid definition of the data set',
    async () => {
      expect(definitions.length).toBeGreaterThan(50);
      for (const definition of definitions) await checkParts(definition);
      expect(graph.problems).toEqual([]);
    },
    600_000,
  );

  test.each(examples().map(example => [example.name, example] as const))('example %s', async (_, example) => {
    await checkParts(example);
  });
});

async function checkParts(definition: Parameters<typeof drawingOf>[0]): Promise<void> {
  const [machine] = machinesOf(definition);
  if (!machine) throw new Error(`${definition.name} holds no state machine`);
  const model = graphOf(machine, { collapsed: new Set() });
  await graph.show(drawingOf(definition, { collapsed: [] }));
  const drawn = await graph.page.evaluate(() => {
    const svg = document.querySelector('.frame');
    const nodes = [...(svg?.querySelectorAll<SVGGElement>('g.node') ?? [])];
    const containers = [...(svg?.querySelectorAll<SVGGElement>('g.cluster') ?? [])];
    const edges = [...(svg?.querySelectorAll<SVGPathElement>('path[data-id]') ?? [])];
    return {
      nodes: nodes.map(node => node.dataset['node'] ?? '(none)'),
      containers: containers.map(container => container.dataset['node'] ?? '(none)'),
      edges: edges.map(edge => edge.dataset['id'] ?? '(none)'),
      labels: Object.fromEntries(
        nodes.map(node => [node.dataset['node'], node.querySelector('.nodeLabel b')?.textContent ?? '']),
      ) as Record<string, string>,
    };
  });
  const sorted = (ids: readonly string[]): readonly string[] => ids.toSorted();
  expect(sorted(drawn.nodes), definition.name).toEqual(sorted(model.nodes.map(({ id }) => id)));
  expect(sorted(drawn.containers), definition.name).toEqual(sorted(model.containers.map(({ id }) => id)));
  expect(sorted(drawn.edges), definition.name).toEqual(sorted(model.edges.map((_, index) => `e${index}`)));
  for (const node of model.nodes)
    if (node.kind === 'state' && node.name.length <= 60)
      expect(drawn.labels[node.id], definition.name).toBe(node.name);
}
