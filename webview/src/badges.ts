import type { ExecutionView, StateStatus, StateView } from '#protocol/execution.ts';
import type { DrawnNode, GraphDrawing } from '#protocol/graph.ts';
import type { Picture } from './draw.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** What is drawn over the picture: nothing in here takes part in the layout. */
export interface Marks {
  readonly drawing: GraphDrawing;
  readonly breakpoints: ReadonlySet<string>;
  readonly execution: ExecutionView | undefined;
}

/** Draws the badges of all nodes into a layer of their own, above the picture. */
export function drawBadges(picture: Picture, marks: Marks): void {
  picture.svg.querySelector(':scope > .badges')?.remove();
  const layer = make('g', 'badges');
  layer.setAttribute('aria-hidden', 'true');
  for (const node of marks.drawing.nodes) {
    const box = picture.boxes.get(node.id);
    if (box) layer.append(...badgesOf(node, box, marks));
  }
  picture.svg.append(layer);
}

/** A box in the picture's own units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function* badgesOf(node: DrawnNode, box: Box, { breakpoints, execution }: Marks): Generator<SVGElement> {
  if (breakpoints.has(node.id))
    yield circle('breakpoint', box.x, box.y + (node.kind === 'container' ? 14 : box.height / 2), 6);
  let right = box.x + box.width;
  if (node.finding) {
    yield label(`finding ${node.finding.severity}`, findingSigns[node.finding.severity], right, box.y);
    right -= 18;
  }
  if (node.retry !== undefined) yield label('retry', node.retry, right, box.y);
  const view = execution?.states[node.id];
  if (view) yield label(`status s-${view.status}`, statusText(view), box.x, box.y);
  if (node.hidden !== undefined)
    yield label('hidden', `+${node.hidden}`, box.x + box.width / 2, box.y + box.height);
}

const findingSigns = { error: '✗', warning: '!', information: 'i' } as const;

const statusSigns: Readonly<Record<StateStatus, string>> = {
  running: '▶',
  waiting: '⏸',
  retrying: '↻',
  succeeded: '✓',
  caught: '↷',
  failed: '✗',
  aborted: '⊘',
};

/** Sign, visits and iterations of a state: `✓ 3×`, `▶ 4/10`. */
export function statusText({ status, entered, attempts, iterations }: StateView): string {
  const parts = [statusSigns[status]];
  if (iterations) parts.push(`${iterations.succeeded + iterations.failed}/${iterations.total}`);
  else if (entered > 1) parts.push(`${entered}×`);
  if (attempts > 1) parts.push(`↻${attempts - 1}`);
  return parts.join(' ');
}

function circle(className: string, x: number, y: number, radius: number): SVGElement {
  const element = make('circle', className);
  element.setAttribute('cx', String(x));
  element.setAttribute('cy', String(y));
  element.setAttribute('r', String(radius));
  return element;
}

/** A pill with a few characters, centred on a corner or edge of the box. */
function label(className: string, text: string, x: number, y: number): SVGElement {
  const group = make('g', `badge ${className}`);
  const width = Math.max(16, 8 + text.length * 6.5);
  const pill = make('rect', 'pill');
  for (const [name, value] of [
    ['x', x - width / 2],
    ['y', y - 8],
    ['width', width],
    ['height', 16],
    ['rx', 8],
  ] as const) {
    pill.setAttribute(name, String(value));
  }
  const content = make('text', 'sign');
  content.setAttribute('x', String(x));
  content.setAttribute('y', String(y));
  content.setAttribute('text-anchor', 'middle');
  content.setAttribute('dominant-baseline', 'central');
  content.textContent = text;
  group.append(pill, content);
  return group;
}

function make(name: string, className: string): SVGElement {
  const element = document.createElementNS(svgNamespace, name);
  element.setAttribute('class', className);
  return element;
}
