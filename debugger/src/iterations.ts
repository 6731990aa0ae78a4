import { markNodeId } from '#core/graph/nodeId.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { StrandPath } from '#interpreter/snapshot.ts';

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
    for (const { map, index } of iterationsOn(path)) {
      const chosen = this.#chosen.get(map);
      if (chosen === undefined) continue;
      if (chosen !== index) return 'other';
      standing = 'chosen';
    }
    return standing;
  }
}

/** The iterations that a strand runs in, the outermost first: the pointer of each Map, and which. */
function iterationsOn(path: StrandPath): readonly { readonly map: Pointer; readonly index: number }[] {
  const iterations: { map: Pointer; index: number }[] = [];
  const [, ...members] = path.split('/');
  let pointer = '';
  // A scope is `/States/Each/ItemProcessor[3]` or `/States/Fan/Branches/1`.
  for (let at = 0; at < members.length;) {
    const map = `${pointer}/States/${members[at + 1] ?? ''}`;
    const [, field, index] = /^(\w+)\[(\d+)\]$/.exec(members[at + 2] ?? '') ?? [];
    if (field !== undefined) iterations.push({ map, index: Number(index) });
    pointer = `${map}/${field ?? `Branches/${members[at + 3] ?? ''}`}`;
    at += field === undefined ? 4 : 3;
  }
  return iterations;
}
