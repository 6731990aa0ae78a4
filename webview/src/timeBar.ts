import type { ExecutionView, StateStatus } from '#protocol/execution.ts';
import { statusSigns } from './badges.ts';
import { button, element } from './elements.ts';
import { filled, texts } from './texts.ts';

export interface TimeBarActions {
  /** Goes to another moment of the recording. */
  seek(position: number): void;
  /** Looks at one iteration of a Map state; at all of them together without an index. */
  chooseIteration(state: string, index: number | undefined): void;
  /** Takes the overlay of a finished execution away. */
  clear(): void;
  nameOf(state: string): string;
}

/** A slider through the recording of an execution, back and forward, the iterations of its Maps, and what the signs mean. */
export class TimeBar {
  readonly root: HTMLElement;
  readonly #actions: TimeBarActions;
  readonly #slider: HTMLInputElement;
  readonly #back: HTMLButtonElement;
  readonly #forward: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  readonly #text = element('span', 'time-text');
  readonly #iterations = element('span', 'iterations');
  readonly #legend = element('ul', 'legend', { 'aria-label': texts.time.legend });
  /** The statuses in the legend: it stays as long as they do. */
  #explained: string | undefined;

  constructor(actions: TimeBarActions) {
    this.#actions = actions;
    this.#slider = element('input', 'time-slider', {
      type: 'range',
      min: '0',
      step: '1',
      'aria-label': texts.time.slider,
    });
    this.#back = button('back', texts.time.back, () => {
      actions.seek(Number(this.#slider.value) - 1);
    });
    this.#forward = button('forward', texts.time.forward, () => {
      actions.seek(Number(this.#slider.value) + 1);
    });
    this.#clear = button('close', texts.time.clear, () => {
      actions.clear();
    });
    this.root = element(
      'section',
      'time-bar',
      { 'aria-label': texts.time.name },
      element(
        'div',
        'time-row',
        {},
        this.#back,
        this.#slider,
        this.#forward,
        this.#text,
        this.#clear,
        this.#iterations,
      ),
      this.#legend,
    );
    this.root.hidden = true;
    this.#slider.addEventListener('input', () => {
      actions.seek(Number(this.#slider.value));
    });
  }

  show(view: ExecutionView | undefined, source: 'live' | 'recorded' | 'gone'): void {
    this.root.hidden = view === undefined;
    if (!view) return;
    const { position, length } = view.time ?? { position: 0, length: 0 };
    const isLive = source === 'live';
    const canSeek = source !== 'gone' && !(isLive && view.status === 'running') && length > 0;
    this.#slider.max = String(length);
    this.#slider.value = String(position);
    this.#slider.style.setProperty('--passed', `${length === 0 ? 0 : (100 * position) / length}%`);
    this.#slider.disabled = !canSeek;
    const status = texts.executions[view.status];
    this.#slider.ariaValueText = filled(texts.time.step, position, length, status);
    this.#back.disabled = !canSeek || position === 0;
    this.#forward.disabled = !canSeek || position === length;
    this.#clear.hidden = isLive && (view.status === 'running' || view.status === 'stopped');
    const text = length === 0 ? status : `${position} / ${length} · ${status}`;
    if (this.#text.textContent !== text) this.#text.textContent = text;
    this.#showLegend(view);
    this.#showIterations(view, source !== 'gone');
  }

  /** Only the statuses that occur are explained. */
  #showLegend(view: ExecutionView): void {
    const present = new Set(Object.values(view.states).map(({ status }) => status));
    const statuses = (Object.keys(texts.statuses) as StateStatus[]).filter(status => present.has(status));
    const explained = statuses.join();
    if (explained === this.#explained) return;
    this.#explained = explained;
    this.#legend.replaceChildren(
      ...statuses.map(status =>
        element(
          'li',
          'legend-item',
          { 'data-status': status },
          `${statusSigns[status]} ${texts.statuses[status]}`,
        ),
      ),
    );
    this.#legend.hidden = statuses.length === 0;
  }

  /** A field for each Map whose iterations the debugger can tell apart. */
  #showIterations(view: ExecutionView, canChoose: boolean): void {
    const maps = Object.entries(view.chosenIterations ?? {});
    if (maps.length === 0 && this.#iterations.childElementCount === 0) return;
    this.#iterations.replaceChildren(
      ...maps.map(([state, chosen]) => {
        const total = view.states[state]?.iterations?.total ?? 0;
        const name = this.#actions.nameOf(state);
        const choice = element('select', 'machines', {
          'aria-label': filled(texts.time.iterationOf, name),
          title: name,
        });
        choice.append(element('option', '', { value: '' }, filled(texts.time.allIterations, name, total)));
        for (let index = 0; index < Math.min(total, mostChoices); index++)
          choice.append(
            element('option', '', { value: String(index) }, filled(texts.time.iteration, name, index)),
          );
        choice.disabled = !canChoose;
        choice.value = chosen === null ? '' : String(chosen);
        choice.addEventListener('change', () => {
          this.#actions.chooseIteration(state, choice.value === '' ? undefined : Number(choice.value));
        });
        return choice;
      }),
    );
  }
}

/** A list to choose from is not longer than this. */
const mostChoices = 1000;
