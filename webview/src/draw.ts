import mermaid from 'mermaid';
import type { GraphDrawing } from '#protocol/graph.ts';
import type { Box } from './badges.ts';
import { element } from './elements.ts';
import { breathe, painted } from './layout/breathe.ts';
import { expectLayouts } from './layout/layout.ts';
import { lay, type Layers } from './layers.ts';
import { mermaidSettings } from './mermaidSettings.ts';
import { drawIcon } from './nodeIcons.ts';

/** A finished picture and the element of each of its parts, by their names in Mermaid's text (`n3`, `e7`). */
export interface Picture {
  /** Holds the picture; Mermaid built it in here, and it stays in here. */
  readonly frame: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
  /** Boxes, circles and containers. */
  readonly nodes: ReadonlyMap<string, SVGGElement>;
  /** Paths and labels of edges. */
  readonly edges: ReadonlyMap<string, readonly SVGElement[]>;
  /** Where the nodes are, in the picture's own units. */
  readonly boxes: ReadonlyMap<string, Box>;
  readonly layers: Layers;
}

mermaid.initialize(mermaidSettings);

let renders = 0;

/**
 * Lays out and draws, out of sight inside `stage`. It pauses often enough that the page goes on answering.
 * What is drawn there stays there: putting it elsewhere would make the browser lay it out once more.
 */
export async function draw(drawing: GraphDrawing, stage: HTMLElement): Promise<Picture> {
  const frame = element('div', 'frame is-building');
  stage.append(frame);
  expectLayouts(drawing.nodes.length);
  try {
    const id = `stepwise${renders++}`;
    const svg = await render(id, drawing.text, frame);
    const { width, height } = svg.viewBox.baseVal;
    svg.setAttribute('width', String(width));
    svg.setAttribute('height', String(height));
    svg.removeAttribute('style');
    const nodes = nodesOf(svg, id);
    const edges = edgesOf(svg);
    await breathe();
    const boxes = boxesOf(svg, nodes);
    await breathe();
    for (const some of bunches(drawing.nodes)) {
      for (const node of some) {
        const group = nodes.get(node.name);
        const box = boxes.get(node.name);
        if (group && box) drawIcon(group, node, box);
      }
      await settled(svg);
    }
    const layers = lay(frame, svg, nodes, boxes);
    await settled(svg);
    for (const some of bunches(drawing.edges)) {
      for (const edge of some)
        for (const part of edges.get(edge.name) ?? []) part.classList.add('edge', `edge-${edge.kind}`);
      await settled(svg);
    }
    if (drawing.nodes.length > bunch) await painted();
    return { frame, svg, width, height, nodes, edges, boxes, layers };
  } catch (error) {
    frame.remove();
    throw error;
  }
}

/** So many parts are changed before the browser applies styles to them: of all at once it takes long. */
const bunch = 150;

function* bunches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += bunch) yield items.slice(from, from + bunch);
}

async function settled(svg: SVGSVGElement): Promise<void> {
  svg.getBoundingClientRect();
  await breathe();
}

/** As patched for this page (see `scripts/mermaidPatches.mts`), Mermaid gives the element instead of text. */
async function render(id: string, text: string, frame: HTMLElement): Promise<SVGSVGElement> {
  const { svg }: { readonly svg: unknown } = await mermaid.render(id, text, frame);
  if (svg instanceof SVGSVGElement) return svg;
  throw new Error('bug: Mermaid gave no element');
}

function nodesOf(svg: SVGSVGElement, id: string): ReadonlyMap<string, SVGGElement> {
  const nodes = new Map<string, SVGGElement>();
  for (const group of svg.querySelectorAll<SVGGElement>('g.node, g.cluster')) {
    const name = group.id.replace(`${id}-`, '').replace(/^flowchart-(.*)-\d+$/, '$1');
    nodes.set(name, group);
  }
  return nodes;
}

function edgesOf(svg: SVGSVGElement): ReadonlyMap<string, readonly SVGElement[]> {
  const edges = new Map<string, SVGElement[]>();
  for (const part of svg.querySelectorAll<SVGElement>('path[data-id], g.label[data-id]')) {
    const name = part.dataset['id'] ?? '';
    const known = edges.get(name);
    if (known) known.push(part);
    else edges.set(name, [part]);
  }
  return edges;
}

/** All boxes in one go: the first question makes the browser lay out, the others are answered from that. */
function boxesOf(svg: SVGSVGElement, nodes: ReadonlyMap<string, SVGGElement>): ReadonlyMap<string, Box> {
  const toPicture = svg.getScreenCTM()?.inverse();
  const boxes = new Map<string, Box>();
  if (!toPicture) return boxes;
  for (const [name, node] of nodes) {
    const shape =
      node.querySelector<SVGGraphicsElement>(':scope > :is(rect, circle, path, polygon, g)') ?? node;
    const { left, top, right, bottom } = shape.getBoundingClientRect();
    const from = new DOMPoint(left, top).matrixTransform(toPicture);
    const to = new DOMPoint(right, bottom).matrixTransform(toPicture);
    boxes.set(name, { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y });
  }
  return boxes;
}
