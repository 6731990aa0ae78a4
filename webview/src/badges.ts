import type { StateStatus, StateView } from '#protocol/execution.ts';
import type { Marks } from './decoration.ts';
import { svgElement } from './elements.ts';
import type { Part } from './scene.ts';
import { stageTitle } from './spoken.ts';

/** A box in the picture's own units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The badges of all nodes, in a layer above the drawing: nothing in here takes part in the layout. */
export class Badges {
  readonly #layer: SVGElement;
  readonly #shown = new Map<string, readonly Shown[]>();

  constructor(layer: SVGElement) {
    this.#layer = layer;
    for (const old of layer.querySelectorAll(':scope > :not(.extent)')) old.remove();
  }

  /** Brings the badges of a node up to date; one that only says something else keeps its elements. */
  update(part: Part, marks: Marks): void {
    const { name } = part.node;
    const before = this.#shown.get(name) ?? [];
    const shown: readonly Shown[] = [...badgesOf(part, marks)].map(badge => {
      const old = before.find(candidate => kindOf(candidate.badge) === kindOf(badge));
      return old && rewritten(old, badge) ? { ...old, badge } : { badge, element: drawn(badge) };
    });
    for (const { element } of before) if (!shown.some(other => other.element === element)) element.remove();
    for (const { element } of shown) if (!element.isConnected) this.#layer.append(element);
    if (shown.length > 0 || before.length > 0) this.#shown.set(name, shown);
  }
}

interface Shown {
  readonly badge: Badge;
  readonly element: SVGElement;
}

interface Badge {
  readonly className: string;
  readonly status?: StateStatus;
  /** None for the dot of a breakpoint. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Which side of the badge `x` is. */
  readonly at: 'start' | 'middle' | 'end';
}

function kindOf({ className }: Badge): string {
  return className.split(' ')[0] ?? '';
}

/** Writes into a badge what it says now; not where it would be of another size or in another place. */
function rewritten({ badge, element }: Shown, now: Badge): boolean {
  if (badge.x !== now.x || badge.y !== now.y || badge.text.length !== now.text.length) return false;
  if (badge.className !== now.className) element.setAttribute('class', classOf(now));
  if (now.status !== undefined && badge.status !== now.status) element.dataset['status'] = now.status;
  const content = element.lastElementChild?.firstChild;
  if (badge.text !== now.text && content) content.nodeValue = now.text;
  return true;
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
  if (view) {
    const { status } = view;
    yield { className: 'status', status, text: statusText(view), x: x - 6, y, at: 'start' };
  }
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
  const retries = attempts > 1 ? `↻${attempts - 1}` : undefined;
  // A state that waits for its next attempt has the sign of retries already.
  const parts = [status === 'retrying' ? (retries ?? statusSigns[status]) : statusSigns[status]];
  if (iterations) parts.push(`${iterations.succeeded + iterations.failed}/${iterations.total}`);
  else if (entered > 1) parts.push(`${entered}×`);
  if (retries !== undefined && status !== 'retrying') parts.push(retries);
  return parts.join(' ');
}

/** A mark without words stands for itself, all others are pills. */
function classOf({ className, text }: Badge): string {
  return text === '' ? className : `badge ${className}`;
}

function drawn(badge: Badge): SVGElement {
  const { className, text, x, y, at } = badge;
  if (className === 'breakpoint') {
    const dot = svgElement('circle', className);
    set(dot, { cx: x, cy: y, r: 6 });
    return dot;
  }
  if (className === 'current') {
    const arrow = svgElement('path', className);
    arrow.setAttribute('d', `M${x - 14} ${y - 7}l14 7l-14 7z`);
    return arrow;
  }
  const group = svgElement('g', classOf(badge));
  if (badge.status !== undefined) group.dataset['status'] = badge.status;
  const width = Math.max(18, 9 + text.length * 6.6);
  const left = at === 'start' ? x : at === 'end' ? x - width : x - width / 2;
  const pill = svgElement('rect', 'pill');
  set(pill, { x: left, y: y - 9, width, height: 18, rx: 9 });
  const content = svgElement('text', 'sign');
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
