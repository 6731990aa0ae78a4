import { strandAt as searchStrand } from '#interpreter/advance.ts';
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
