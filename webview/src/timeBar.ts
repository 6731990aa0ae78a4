import type { ExecutionView } from '#protocol/execution.ts';
import { element } from './elements.ts';

/** A slider through the recording of an execution, back and forward, and what the signs mean. */
export class TimeBar {
  readonly root: HTMLElement;
  readonly #slider: HTMLInputElement;
  readonly #text: HTMLElement;

  constructor(seek: (position: number) => void) {
    this.#slider = element('input', 'time-slider', {
      type: 'range',
      min: '0',
      step: '1',
      'aria-label': 'Time of the execution',
    });
    this.#text = element('span', 'time-text');
    const legend = element(
      'span',
      'legend',
      { 'aria-hidden': 'true' },
      ...[
        ['succeeded', '✓ succeeded'],
        ['running', '▶ running'],
        ['caught', '↷ caught'],
        ['failed', '✗ failed'],
      ].map(([status, text]) => element('span', `legend-item s-${status ?? ''}`, {}, text ?? '')),
    );
    this.root = element('div', 'time-bar', {}, this.#slider, this.#text, legend);
    this.root.hidden = true;
    this.#slider.addEventListener('input', () => {
      seek(Number(this.#slider.value));
    });
    this.#slider.addEventListener('keydown', event => {
      event.stopPropagation();
    });
  }

  show(view: ExecutionView | undefined): void {
    this.root.hidden = view === undefined;
    if (!view) return;
    const { position, length } = view.time ?? { position: 0, length: 0 };
    this.#slider.max = String(length);
    this.#slider.value = String(position);
    this.#slider.disabled = view.status === 'running' || length === 0;
    this.#text.textContent = length === 0 ? view.status : `${position} / ${length} · ${view.status}`;
  }
}
