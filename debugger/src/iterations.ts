import { markNodeId } from '#core/graph/nodeId.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { StrandPath } from '#interpreter/snapshot.ts';
import { enclosuresOf } from './strands.ts';

/** Which iterations of Map states the user looks at one by one; of other Maps all are shown together. */
export class ChosenIterations {
  readonly #chosen = new Map<Pointer, number>();

  get isEmpty(): boolean {
    return this.#chosen.size === 0;
  }

  of(map: Pointer): number | undefined {
    return this.#chosen.get(map);
  }

  choose(map: Pointer, index: number | undefined): void {
    if (index === undefined) this.#chosen.delete(map);
    else this.#chosen.set(map, index);
  }

  /** Whether a state or edge of the graph lies inside a Map of which one iteration is chosen. */
  covers(id: string): boolean {
    for (const map of this.#chosen.keys())
      if (id.startsWith(`${map}/`) || id.startsWith(`${markNodeId('start', map)}>${map}/`)) return true;
    return false;
  }

  /** Whether a strand runs in what is chosen, in an iteration that is not, or outside of all such Maps. */
  standingOf(path: StrandPath): 'chosen' | 'other' | 'outside' {
    let standing: 'chosen' | 'outside' = 'outside';
    for (const { kind, state, index } of enclosuresOf(path)) {
      // What another machine does is in a picture of its own.
      if (kind === 'execution') return 'outside';
      const chosen = kind === 'iteration' ? this.#chosen.get(state) : undefined;
      if (chosen === undefined) continue;
      if (chosen !== index) return 'other';
      standing = 'chosen';
    }
    return standing;
  }
}
