import { strandAt as searchStrand } from '#interpreter/advance.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { Snapshot, Strand, StrandPath } from '#interpreter/snapshot.ts';
import { at } from '#interpreter/table.ts';

/** The strand with a path. The top level has a place of its own; others are looked for. */
export function strandAt(snapshot: Snapshot, path: StrandPath): Strand | undefined {
  if (path !== '') return searchStrand(snapshot, path);
  const first = at(snapshot.strands, 0);
  return first?.path === '' ? first : undefined;
}

/** A strand that is ready, by its path; the one whose turn it is comes first. */
export function readyAt(snapshot: Snapshot, path: StrandPath): Strand | undefined {
  for (const id of snapshot.ready) {
    const strand = at(snapshot.strands, id);
    if (strand?.path === path) return strand;
  }
  return undefined;
}

/** What a strand runs in: a branch, an iteration, or an execution that a task has started. */
export interface Enclosure {
  readonly kind: 'branch' | 'iteration' | 'execution';
  /** Name of the state. */
  readonly name: string;
  readonly index: number;
  /** The state's pointer in its machine. */
  readonly state: Pointer;
  /** The strand that runs directly in it, and the one around that. */
  readonly path: StrandPath;
  readonly outer: StrandPath;
}

/** What a strand runs in, the outermost first; see `StrandPath`. */
export function enclosuresOf(path: StrandPath): readonly Enclosure[] {
  const enclosures: Enclosure[] = [];
  const [, ...members] = path.split('/');
  let outer = '';
  let scope = '';
  for (let at = 0; at + 2 < members.length;) {
    const [states = '', name = '', field = '', branch = ''] = members.slice(at, at + 4);
    const [, inner, index] = /^(\w+)\[(\d+)\]$/.exec(field) ?? [];
    const state = `${scope}/${states}/${name}`;
    const own = inner === undefined ? `${field}/${branch}` : field;
    const kind = inner === undefined ? 'branch' : inner === 'Execution' ? 'execution' : 'iteration';
    const inside = `${outer}/${states}/${name}/${own}`;
    enclosures.push({
      kind,
      name: name.replaceAll('~1', '/').replaceAll('~0', '~'),
      index: Number(index ?? branch),
      state,
      path: inside,
      outer,
    });
    scope = kind === 'execution' ? '' : `${state}/${inner ?? own}`;
    outer = inside;
    at += inner === undefined ? 4 : 3;
  }
  return enclosures;
}

/** The path of the strand around the one with this path; undefined for the top level. */
export function outerPath(path: StrandPath): StrandPath | undefined {
  return path === '' ? undefined : (enclosuresOf(path).at(-1)?.outer ?? '');
}
