import type { ExecutionView, StateStatus } from '#protocol/execution.ts';
import type { Scene } from './scene.ts';

/** What was last laid over a picture: only what differs from it is touched. */
export class ExecutionOverlay {
  readonly #scene: Scene;
  readonly #statuses = new Map<string, StateStatus>();
  readonly #taken = new Set<string>();
  #current: string | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
    const { svg } = scene.picture;
    // A picture that was kept may show another execution.
    svg.classList.remove('has-execution');
    for (const element of svg.querySelectorAll('.is-taken, .is-current, .has-status')) {
      element.classList.remove(
        'is-taken',
        'is-current',
        'has-status',
        ...[...element.classList].filter(name => name.startsWith('s-')),
      );
    }
  }

  /** Lays an execution over the picture by classes alone: nothing is laid out again. */
  show(view: ExecutionView | undefined): void {
    const { picture, parts, edges } = this.#scene;
    picture.svg.classList.toggle('has-execution', view !== undefined);
    for (const [id, { group }] of parts) {
      const before = this.#statuses.get(id);
      const now = view?.states[id]?.status;
      if (before === now) continue;
      if (before !== undefined) group.classList.remove(`s-${before}`);
      group.classList.toggle('has-status', now !== undefined);
      if (now === undefined) {
        this.#statuses.delete(id);
      } else {
        group.classList.add(`s-${now}`);
        this.#statuses.set(id, now);
      }
    }
    for (const [id, elements] of edges) {
      const isTaken = (view?.taken[id] ?? 0) > 0;
      if (isTaken === this.#taken.has(id)) continue;
      for (const element of elements) element.classList.toggle('is-taken', isTaken);
      if (isTaken) this.#taken.add(id);
      else this.#taken.delete(id);
    }
    const current = view?.current?.state;
    if (current === this.#current) return;
    if (this.#current !== undefined) parts.get(this.#current)?.group.classList.remove('is-current');
    if (current !== undefined) parts.get(current)?.group.classList.add('is-current');
    this.#current = current;
  }
}
