import type { ExecutionView, StateStatus } from '#protocol/execution.ts';
import type { DrawnEdge } from '#protocol/graph.ts';
import type { Picture } from './draw.ts';
import type { Part } from './scene.ts';

/**
 * The classes of an execution on the parts of one picture, known by their names in it. Only what differs
 * from before is touched.
 */
export class ExecutionOverlay {
  readonly #picture: Picture;
  readonly #statuses = new Map<string, StateStatus>();
  readonly #taken = new Set<string>();
  #current: string | undefined;

  constructor(picture: Picture) {
    this.#picture = picture;
    const { svg } = picture;
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

  /** What concerns the picture as a whole: whether there is an execution, and at which of its nodes it stands. */
  show(hasExecution: boolean, current: string | undefined): void {
    const { svg, nodes } = this.#picture;
    svg.classList.toggle('has-execution', hasExecution);
    if (current === this.#current) return;
    if (this.#current !== undefined) nodes.get(this.#current)?.classList.remove('is-current');
    if (current !== undefined) nodes.get(current)?.classList.add('is-current');
    this.#current = current;
  }

  showPart({ node: { id, name }, group }: Part, view: ExecutionView | undefined): void {
    const before = this.#statuses.get(name);
    const now = view?.states[id]?.status;
    if (before === now) return;
    if (before !== undefined) group.classList.remove(`s-${before}`);
    if (now === undefined) {
      group.classList.remove('has-status');
      this.#statuses.delete(name);
    } else {
      group.classList.add('has-status', `s-${now}`);
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
