import type { ExecutionView, StateStatus } from '#protocol/execution.ts';
import type { DrawnEdge } from '#protocol/graph.ts';
import type { Picture } from './draw.ts';
import { toggle, type Part } from './scene.ts';

/**
 * The classes of an execution on the parts of one picture, known by their names in it. Only what differs
 * from before is touched.
 */
export class ExecutionOverlay {
  readonly #picture: Picture;
  readonly #statuses = new Map<string, StateStatus>();
  readonly #taken = new Set<string>();
  #current: Part | undefined;

  constructor(picture: Picture) {
    this.#picture = picture;
    const { frame, layers } = picture;
    // A picture that was kept may show another execution.
    layers.ground.classList.remove('has-execution');
    for (const element of frame.querySelectorAll('.is-taken, .is-current, [class*="s-"]')) {
      const ofStatuses = [...element.classList].filter(name => name.startsWith('s-'));
      element.classList.remove('is-taken', 'is-current', ...ofStatuses);
    }
    for (const shape of layers.shapes.values()) delete shape.dataset['status'];
  }

  /** What concerns the picture as a whole: whether there is an execution, and at which of its nodes it stands. */
  show(hasExecution: boolean, current: Part | undefined): void {
    this.#picture.layers.ground.classList.toggle('has-execution', hasExecution);
    if (current?.group === this.#current?.group) return;
    if (this.#current) toggle(this.#current, 'is-current', false);
    if (current) toggle(current, 'is-current', true);
    this.#current = current;
  }

  showPart({ node: { id, name }, group, shape }: Part, view: ExecutionView | undefined): void {
    const before = this.#statuses.get(name);
    const now = view?.states[id]?.status;
    if (before === now) return;
    // By the class it is found; what is painted has another name, so that no rule is tried on the drawing.
    if (before !== undefined) group.classList.remove(`s-${before}`);
    if (now === undefined) {
      delete shape.dataset['status'];
      this.#statuses.delete(name);
    } else {
      group.classList.add(`s-${now}`);
      shape.dataset['status'] = now;
      this.#statuses.set(name, now);
    }
  }

  /** Whether an edge is drawn otherwise than it was taken. */
  isOld({ id, name }: DrawnEdge, view: ExecutionView | undefined): boolean {
    return isTaken(view, id) !== this.#taken.has(name);
  }

  showEdge({ id, name }: DrawnEdge, view: ExecutionView | undefined): void {
    const now = isTaken(view, id);
    // Its line alone: the label looks the same.
    for (const element of this.#picture.edges.get(name) ?? [])
      if (element instanceof SVGPathElement) element.classList.toggle('is-taken', now);
    if (now) this.#taken.add(name);
    else this.#taken.delete(name);
  }
}

function isTaken(view: ExecutionView | undefined, edge: string): boolean {
  return (view?.taken[edge] ?? 0) > 0;
}
