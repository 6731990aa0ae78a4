import type { StateView } from '#protocol/execution.ts';
import { element } from './elements.ts';
import type { Part, Scene } from './scene.ts';
import { spokenStatus } from './spoken.ts';
import { filled, texts } from './texts.ts';

/** Milliseconds that the pointer must rest, as for VS Code's own hovers. */
const rest = 300;

/** A summary of the state or transition under the pointer, for eyes: a screen reader gets it as the name. */
export class HoverCard {
  readonly root = element('div', 'hover-card', { 'aria-hidden': 'true' });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #target: Element | undefined;

  constructor() {
    this.root.hidden = true;
  }

  /** The pointer is over something with a summary; `null` where it is over nothing. */
  over(target: Element | null, content: () => readonly Node[]): void {
    if (target === this.#target) return;
    this.hide();
    if (!target) return;
    this.#target = target;
    this.#timer = setTimeout(() => {
      this.#show(target, content());
    }, rest);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#target = undefined;
    this.root.hidden = true;
  }

  #show(target: Element, content: readonly Node[]): void {
    if (!target.isConnected || content.length === 0) return;
    this.root.replaceChildren(...content);
    this.root.hidden = false;
    const box = target.getBoundingClientRect();
    const { innerWidth, innerHeight } = window;
    const { offsetWidth, offsetHeight } = this.root;
    const below = Math.min(box.bottom, innerHeight) + 8;
    const top = below + offsetHeight <= innerHeight - 4 ? below : Math.max(4, box.top - offsetHeight - 8);
    const left = Math.max(4, Math.min(Math.max(box.left, 4), innerWidth - offsetWidth - 4));
    this.root.style.left = `${left}px`;
    this.root.style.top = `${top}px`;
  }
}

/** Name, type, comment, transitions, retries, what ran and what is wrong. */
export function summaryOf(scene: Scene, { node }: Part, view: StateView | undefined): readonly Node[] {
  const [name, line] = node.label ?? [node.title, ''];
  const lines = [
    element('div', 'hover-name', {}, name),
    ...(line === '' ? [] : [element('div', 'hover-type', {}, line)]),
    ...node.details.map(detail => element('div', 'hover-detail', {}, detail)),
  ];
  for (const { kind, description, to } of scene.edgesFrom(node.id)) {
    if (kind === 'end' || kind === 'fork' || kind === 'start') continue;
    const why =
      kind === 'catch'
        ? filled(texts.hover.onError, description)
        : kind === 'choice'
          ? filled(texts.hover.ifTrue, description)
          : kind === 'default'
            ? texts.hover.otherwise
            : texts.hover.next;
    lines.push(
      element('div', 'hover-transition', {}, element('span', 'hover-why', {}, why), ` → ${scene.nameOf(to)}`),
    );
  }
  if (view) lines.push(element('div', 'hover-status', { 'data-status': view.status }, spokenStatus(view)));
  if (node.finding)
    lines.push(element('div', `hover-finding ${node.finding.severity}`, {}, node.finding.message));
  return lines;
}
