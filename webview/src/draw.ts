import mermaid from 'mermaid';
import type { GraphDrawing } from '#protocol/graph.ts';
import type { Box } from './badges.ts';

/** A finished picture, not yet in the page, and the element of each of its parts. */
export interface Picture {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
  /** Boxes, circles and containers by graph id. */
  readonly nodes: ReadonlyMap<string, SVGGElement>;
  /** Where the nodes are, in the picture's own units; read once, when the picture is in the page. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** Paths and labels by edge id. */
  readonly edges: ReadonlyMap<string, readonly SVGElement[]>;
}

mermaid.initialize({
  startOnLoad: false,
  securityLevel: 'strict',
  layout: 'dagre',
  htmlLabels: true,
  look: 'classic',
  theme: 'base',
  suppressErrorRendering: true,
  logLevel: 'fatal',
  maxTextSize: 10_000_000,
  maxEdges: 100_000,
  fontFamily: 'var(--vscode-font-family)',
  themeVariables: { fontSize: '13px' },
  flowchart: {
    useMaxWidth: false,
    curve: 'basis',
    nodeSpacing: 40,
    rankSpacing: 40,
    padding: 10,
    wrappingWidth: 260,
    subGraphTitleMargin: { top: 4, bottom: 4 },
  },
});

let renders = 0;

/** Lays out and draws. Mermaid removes an older picture that has the same id, so ids alternate. */
export async function draw(drawing: GraphDrawing): Promise<Picture> {
  const id = `stepwise${renders++ % 2}`;
  const { svg: text } = await mermaid.render(id, drawing.text);
  const parsed = new DOMParser().parseFromString(text, 'text/html').querySelector('svg');
  if (!parsed) throw new Error('Mermaid drew nothing.');
  const svg = document.importNode(parsed, true);
  const { width, height } = svg.viewBox.baseVal;
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.removeAttribute('style');
  const parts = partsOf(svg, id, drawing);
  let boxes: ReadonlyMap<string, Box> | undefined;
  return {
    svg,
    width,
    height,
    ...parts,
    get boxes() {
      return (boxes ??= boxesOf(svg, parts.nodes));
    },
  };
}

function partsOf(svg: SVGSVGElement, id: string, drawing: GraphDrawing): Pick<Picture, 'nodes' | 'edges'> {
  const byName = new Map<string, SVGGElement>();
  for (const element of svg.querySelectorAll<SVGGElement>('g.node, g.cluster')) {
    const name = element.id.replace(`${id}-`, '').replace(/^flowchart-(.*)-\d+$/, '$1');
    byName.set(name, element);
  }
  const edgesByName = new Map<string, SVGElement[]>();
  for (const element of svg.querySelectorAll<SVGElement>('path[data-id], g.label[data-id]')) {
    const name = element.dataset['id'] ?? '';
    const known = edgesByName.get(name);
    if (known) known.push(element);
    else edgesByName.set(name, [element]);
  }
  const nodes = new Map<string, SVGGElement>();
  for (const node of drawing.nodes) {
    const element = byName.get(node.name);
    if (!element) continue;
    element.dataset['node'] = node.id;
    nodes.set(node.id, element);
  }
  const edges = new Map<string, readonly SVGElement[]>();
  for (const edge of drawing.edges) {
    const elements = edgesByName.get(edge.name) ?? [];
    for (const element of elements) element.classList.add('edge', `edge-${edge.kind}`);
    edges.set(edge.id, elements);
  }
  return { nodes, edges };
}

function boxesOf(svg: SVGSVGElement, nodes: ReadonlyMap<string, SVGGElement>): ReadonlyMap<string, Box> {
  const toPicture = svg.getScreenCTM()?.inverse();
  const boxes = new Map<string, Box>();
  if (!toPicture) return boxes;
  for (const [id, node] of nodes) {
    const shape =
      node.querySelector<SVGGraphicsElement>(':scope > :is(rect, circle, path, polygon, g)') ?? node;
    const { left, top, right, bottom } = shape.getBoundingClientRect();
    const from = new DOMPoint(left, top).matrixTransform(toPicture);
    const to = new DOMPoint(right, bottom).matrixTransform(toPicture);
    boxes.set(id, { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y });
  }
  return boxes;
}
