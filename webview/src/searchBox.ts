import { element } from './elements.ts';
import { filled, texts } from './texts.ts';

export interface Searching {
  /** Ids that the query finds, best first. */
  find(query: string): readonly string[];
  /** Shows what was found; `current` is the one to look at. */
  show(found: readonly string[], current: string | undefined): void;
  /** The search is over; the focus goes to what was found last. */
  done(current: string | undefined): void;
}

/** A field to find states by name: Enter goes to the next, Shift+Enter back, Escape ends. */
export class SearchBox {
  readonly root: HTMLElement;
  readonly #field: HTMLInputElement;
  readonly #count: HTMLElement;
  readonly #searching: Searching;
  #found: readonly string[] = [];
  #at = 0;

  constructor(searching: Searching) {
    this.#searching = searching;
    this.#field = element('input', 'search-field', {
      type: 'text',
      placeholder: texts.search.field,
      'aria-label': texts.search.field,
      spellcheck: 'false',
    });
    this.#count = element('span', 'search-count', { role: 'status' });
    this.root = element('div', 'search', { role: 'search' }, this.#field, this.#count);
    this.root.hidden = true;
    this.#field.addEventListener('input', () => {
      this.#search();
    });
    this.#field.addEventListener('keydown', event => {
      if (event.key === 'Enter') this.#move(event.shiftKey ? -1 : 1);
      if (event.key === 'Escape') this.close();
    });
  }

  open(): void {
    this.root.hidden = false;
    this.#field.focus();
    this.#field.select();
    this.#search();
  }

  close(): void {
    this.root.hidden = true;
    const current = this.#found[this.#at];
    this.#found = [];
    this.#searching.show([], undefined);
    this.#searching.done(current);
  }

  #search(): void {
    this.#found = this.#searching.find(this.#field.value);
    this.#at = 0;
    this.#show();
  }

  #move(by: number): void {
    if (this.#found.length === 0) return;
    this.#at = (this.#at + by + this.#found.length) % this.#found.length;
    this.#show();
  }

  #show(): void {
    const isAsked = this.#field.value.trim() !== '';
    this.#count.textContent = !isAsked
      ? ''
      : this.#found.length === 0
        ? texts.search.none
        : filled(texts.search.place, this.#at + 1, this.#found.length);
    this.#searching.show(this.#found, this.#found[this.#at]);
  }
}
