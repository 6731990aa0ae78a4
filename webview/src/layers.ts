import type { Box } from './badges.ts';
import { element, svgElement, svgNamespace } from './elements.ts';

/**
 * What changes while a picture is looked at, in light layers of its own: the browser paints a layer anew as a
 * whole, and the drawing with its many labels takes long.
 */
export interface Layers {
  /** Under the drawing: the lines of transitions, and the boxes of states and containers. */
  readonly ground: SVGSVGElement;
  /** Over the drawing. */
  readonly badges: SVGSVGElement;
  /** The boxes in the ground, by the names of their nodes. */
  readonly shapes: ReadonlyMap<string, SVGElement>;
}

/** Lays both layers around a drawing. The lines of its transitions move, its boxes stay as what can be clicked. */
export function lay(
  frame: HTMLElement,
  drawing: SVGSVGElement,
  nodes: ReadonlyMap<string, SVGGElement>,
  boxes: ReadonlyMap<string, Box>,
): Layers {
  const ground = layerLike(drawing, 'ground');
  const badges = layerLike(drawing, 'badges');
  const shapes = new Map<string, SVGElement>();
  for (const [name, group] of nodes) {
    const box = boxes.get(name);
    // Start, End and forks have no boxes, and nothing about them changes.
    if (!box || !group.querySelector(':scope > rect')) continue;
    const shape = svgElement('rect', `box ${group.getAttribute('class') ?? ''}`);
    for (const side of ['x', 'y', 'width', 'height'] as const) shape.setAttribute(side, String(box[side]));
    shapes.set(name, shape);
  }
  const all = [...shapes.values()];
  const isContainer = (shape: SVGElement): boolean => shape.classList.contains('cluster');
  const lines = [...drawing.querySelectorAll<SVGGElement>('g.edgePaths')];
  // Most transitions have no label, and each costs the browser whatever it does.
  for (const label of drawing.querySelectorAll<SVGGElement>('g.edgeLabel'))
    if (label.textContent.trim() === '') label.style.display = 'none';
  const { x, y, width, height } = drawing.viewBox.baseVal;
  const everything = { x: x - beyond, y: y - beyond, width: width + 2 * beyond, height: height + 2 * beyond };
  ground.append(
    extent(everything),
    ...all.filter(isContainer),
    ...lines.map(paths => inGround(paths, everything)),
    extent(everything),
    ...all.filter(shape => !isContainer(shape)),
  );
  badges.append(extent(everything));
  frame.classList.toggle('is-large', nodes.size > mostInSmall);
  // Each in a place of its own: the browser lays out siblings together.
  frame.prepend(element('div', '', {}, ground));
  frame.append(element('div', '', {}, badges));
  return { ground, badges, shapes };
}

/** So many nodes and containers are painted fast enough without surfaces of their own. */
const mostInSmall = 200;

/** Strokes, arrows and badges reach at most so far beyond the picture. */
const beyond = 50;

/**
 * Nothing to be seen, of the size of everything. What comes after it, until something with another transform,
 * the browser paints together; and whenever the extent of that changes, if only by the width of a line, it
 * sorts all surfaces of the page anew. With this, the extent stays.
 */
function extent({ x, y, width, height }: Box): SVGElement {
  const shape = svgElement('path', 'extent');
  shape.setAttribute('d', `M${x} ${y}h${width}v${height}h${-width}z`);
  return shape;
}

function layerLike(drawing: SVGSVGElement, name: string): SVGSVGElement {
  const layer = svgElement('svg', name);
  for (const attribute of ['viewBox', 'width', 'height'])
    layer.setAttribute(attribute, drawing.getAttribute(attribute) ?? '');
  layer.setAttribute('aria-hidden', 'true');
  return layer;
}

/** The lines of a container lie where they lay: groups around them move what is inside. */
function inGround(lines: SVGGElement, everything: Box): SVGGElement {
  const group = document.createElementNS(svgNamespace, 'g');
  let [x, y] = [0, 0];
  for (let around = lines.parentNode; around instanceof SVGGElement; around = around.parentNode) {
    for (const { matrix } of around.transform.baseVal) [x, y] = [x + matrix.e, y + matrix.f];
  }
  group.setAttribute('transform', `translate(${x} ${y})`);
  group.append(extent({ ...everything, x: everything.x - x, y: everything.y - y }), lines);
  return group;
}
