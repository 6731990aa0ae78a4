import type { ExecutionView, StateStatus, StateView } from '#protocol/execution.ts';
import type { Part } from './scene.ts';
import { stageTitle } from './spoken.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** A box in the picture's own units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the badges tell, beyond what the drawing itself says. */
export interface Marks {
  readonly breakpoints: ReadonlySet<string>;
  readonly execution: ExecutionView | undefined;
}

/** The badges of all nodes, in a layer above the picture: nothing in here takes part in the layout. */
export class Badges {
  readonly #layer: SVGElement = make('g', 'badges');
  readonly #shown = new Map<string, { readonly says: string; readonly elements: readonly SVGElement[] }>();

  constructor(svg: SVGSVGElement) {
    svg.querySelector(':scope > .badges')?.remove();
    this.#layer.setAttribute('aria-hidden', 'true');
    svg.append(this.#layer);
  }

  /** Brings the badges up to date; touches only nodes that have something else to say. */
  update(parts: Iterable<Part>, marks: Marks): void {
    for (const part of parts) {
      const badges = [...badgesOf(part, marks)];
      const says = badges.map(({ className, text }) => `${className} ${text}`).join('\n');
      const { id } = part.node;
      const known = this.#shown.get(id);
      if ((known?.says ?? '') === says) continue;
      for (const old of known?.elements ?? []) old.remove();
      const elements = badges.map(drawn);
      this.#shown.set(id, { says, elements });
      this.#layer.append(...elements);
    }
  }
}

interface Badge {
  readonly className: string;
  /** None for the dot of a breakpoint. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Which side of the badge `x` is. */
  readonly at: 'start' | 'middle' | 'end';
}

function* badgesOf({ node, box }: Part, { breakpoints, execution }: Marks): Generator<Badge> {
  const { x, y, width, height } = box;
  if (breakpoints.has(node.id))
    yield {
      className: 'breakpoint',
      text: '',
      x,
      y: y + (node.kind === 'container' ? 22 : height / 2),
      at: 'middle',
    };
  let right = x + width + 6;
  if (node.finding) {
    const { severity } = node.finding;
    yield { className: `finding ${severity}`, text: findingSigns[severity], x: right, y, at: 'end' };
    right -= 20;
  }
  if (node.retry !== undefined) yield { className: 'retry', text: node.retry, x: right, y, at: 'end' };
  const view = execution?.states[node.id];
  if (view) yield { className: `status s-${view.status}`, text: statusText(view), x: x - 6, y, at: 'start' };
  const current = execution?.current?.state === node.id ? execution.current : undefined;
  if (current)
    yield {
      className: 'current',
      text: '',
      x: x - 9,
      y: y + (node.kind === 'container' ? 22 : height / 2),
      at: 'end',
    };
  const stage = current && stageTitle(current);
  if (stage !== undefined) yield { className: 'stage', text: stage, x: x + 10, y: y + height, at: 'start' };
  if (node.hidden !== undefined)
    yield {
      className: 'hidden-states',
      text: `+${node.hidden}`,
      x: x + width / 2,
      y: y + height,
      at: 'middle',
    };
}

const findingSigns = { error: '✕', warning: '!', information: 'i' } as const;

/** A sign for each status, so that none is told by its colour alone. */
export const statusSigns: Readonly<Record<StateStatus, string>> = {
  running: '▶',
  waiting: '◷',
  retrying: '↻',
  succeeded: '✓',
  caught: '↷',
  failed: '✕',
  aborted: '⊘',
};

/** Sign, visits, iterations and retries of a state: `✓ 3×`, `▶ 4/10`, `✕ ↻2`. */
export function statusText({ status, entered, attempts, iterations }: StateView): string {
  const parts = [statusSigns[status]];
  if (iterations) parts.push(`${iterations.succeeded + iterations.failed}/${iterations.total}`);
  else if (entered > 1) parts.push(`${entered}×`);
  if (attempts > 1 && status !== 'retrying') parts.push(`↻${attempts - 1}`);
  else if (attempts > 1) parts.push(String(attempts - 1));
  return parts.join(' ');
}

function drawn({ className, text, x, y, at }: Badge): SVGElement {
  if (className === 'breakpoint') {
    const dot = make('circle', className);
    set(dot, { cx: x, cy: y, r: 6 });
    return dot;
  }
  if (className === 'current') {
    const arrow = make('path', className);
    arrow.setAttribute('d', `M${x - 14} ${y - 7}l14 7l-14 7z`);
    return arrow;
  }
  const group = make('g', `badge ${className}`);
  const width = Math.max(18, 9 + text.length * 6.6);
  const left = at === 'start' ? x : at === 'end' ? x - width : x - width / 2;
  const pill = make('rect', 'pill');
  set(pill, { x: left, y: y - 9, width, height: 18, rx: 9 });
  const content = make('text', 'sign');
  set(content, { x: left + width / 2, y });
  content.setAttribute('text-anchor', 'middle');
  content.setAttribute('dominant-baseline', 'central');
  content.textContent = text;
  group.append(pill, content);
  return group;
}

function set(element: SVGElement, attributes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

function make(name: string, className: string): SVGElement {
  const element = document.createElementNS(svgNamespace, name);
  element.setAttribute('class', className);
  return element;
}
