import type { Program } from '#interpreter/program.ts';
import { say, type Words } from '#core/text/message.ts';
import type { Snapshot, Strand } from '#interpreter/snapshot.ts';

export type Transplanted =
  | { readonly kind: 'moved'; readonly snapshot: Snapshot }
  | { readonly kind: 'refused'; readonly reason: Words };

/**
 * A snapshot that goes on with another version of its definition. Every strand must find its state there;
 * one whose next stage is gone goes on with the first that comes after it.
 */
export function transplanted(snapshot: Snapshot, from: Program, to: Program): Transplanted {
  const missing: string[] = [];
  const moved = snapshot.strands.map(row =>
    row.map(strand => {
      const there = strand && movedStrand(strand, from, to);
      if (strand && !there) missing.push(from.states.get(strand.state)?.name ?? strand.state);
      return there ?? strand;
    }),
  );
  const [first] = missing;
  if (first !== undefined)
    return {
      kind: 'refused',
      reason: say`The state '${first}', in which the execution is, is not in the edited definition: restart to use it.`,
    };
  return { kind: 'moved', snapshot: { ...snapshot, strands: moved } };
}

/** A strand as another version of its definition has it; nothing where its state is gone. */
export function movedStrand(strand: Strand, from: Program, to: Program): Strand | undefined {
  const old = from.states.get(strand.state);
  const fresh = to.states.get(strand.state);
  if (!old || !fresh || fresh.state.type !== old.state.type) return undefined;
  const rest = old.stages.slice(strand.stage).map(({ name }) => name);
  for (const [index, name] of rest.entries()) {
    const nth = old.stages.slice(0, strand.stage + index).filter(stage => stage.name === name).length;
    const places = fresh.stages.flatMap((stage, place) => (stage.name === name ? [place] : []));
    const place = places[nth] ?? places.at(-1);
    if (place !== undefined) return { ...strand, stage: place };
  }
  return { ...strand, stage: Math.max(0, fresh.stages.length - 1) };
}
