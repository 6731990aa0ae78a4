import { advance, outcomeOf, requestsOf, type Step } from '#interpreter/advance.ts';
import { deliver } from '#interpreter/deliver.ts';
import type { EventRecord } from '#interpreter/history/eventRecord.ts';
import type { Program } from '#interpreter/program.ts';
import type { Reply, Request } from '#interpreter/request.ts';
import type { Outcome, Snapshot, StrandPath } from '#interpreter/snapshot.ts';
import { lengthOf } from '#interpreter/table.ts';
import type { Definition } from './definition.ts';

/** One thing that happened. */
export type Entry =
  | { readonly kind: 'begun'; readonly events: readonly EventRecord[] }
  | { readonly kind: 'stepped'; readonly events: readonly EventRecord[]; readonly step: Step }
  | { readonly kind: 'delivered'; readonly events: readonly EventRecord[]; readonly reply: Reply }
  | {
      readonly kind: 'edited';
      readonly events: readonly EventRecord[];
      readonly snapshot: Snapshot;
    };

/** What came of going forward. */
export type Forward =
  | { readonly kind: 'entry'; readonly entry: Entry }
  /** Nothing can go on before a reply is recorded. */
  | { readonly kind: 'awaiting'; readonly requests: readonly Request[] }
  | { readonly kind: 'ended'; readonly outcome: Outcome };

/**
 * An execution as a line of moments, with a place on it. Going back moves the place and calls nothing
 * again; going forward from the past takes what is recorded; a change made in the past cuts off what
 * came after it.
 *
 * Only every 64th snapshot of the past is kept, of large ones fewer: the others are made again from there when they are looked
 * at, which pure steps allow. That keeps a finished stage well below a kilobyte.
 */
export class Recording {
  readonly #entries: Entry[];
  /** Snapshots by position: those at multiples of their `spacingOf`, those that cannot be made again, and the newest. */
  readonly #kept = new Map<number, Snapshot>();
  /** The definition from a position on; a later one after each hot reload. */
  readonly #definitions: { readonly from: number; readonly definition: Definition }[];
  #newest: Definition;
  #position = 0;
  /** The snapshot at the present position. */
  #snapshot: Snapshot;
  /** Snapshots of the neighbourhood, made again: walking backwards asks for them one by one. */
  #remade: { readonly from: number; readonly snapshots: readonly Snapshot[] } | undefined;

  constructor(definition: Definition, snapshot: Snapshot, events: readonly EventRecord[]) {
    this.#definitions = [{ from: 0, definition }];
    this.#newest = definition;
    this.#entries = [{ kind: 'begun', events }];
    this.#snapshot = snapshot;
    this.#kept.set(0, snapshot);
  }

  /** The definition as it was at the present moment. */
  get definition(): Definition {
    return this.definitionAt(this.#position);
  }

  get program(): Program {
    return this.definition.program;
  }

  /** The definition as it was read last, though the present moment may run by an older one. */
  get newestDefinition(): Definition {
    return this.#newest;
  }

  definitionAt(position: number): Definition {
    const found = this.#definitions.findLast(({ from }) => from <= position);
    if (!found) throw new Error('bug: a recording begins with a definition');
    return found.definition;
  }

  /** Entries up to the present place, that one included: 0 is the beginning. */
  get position(): number {
    return this.#position;
  }

  /** Place of the newest moment. */
  get end(): number {
    return this.#entries.length - 1;
  }

  get isAtEnd(): boolean {
    return this.#position === this.end;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** What led to the present moment. */
  get entry(): Entry {
    return this.at(this.#position);
  }

  get outcome(): Outcome | undefined {
    return outcomeOf(this.#snapshot);
  }

  at(position: number): Entry {
    const entry = this.#entries[position];
    if (!entry) throw new Error(`bug: no moment ${String(position)} of ${String(this.end)}`);
    return entry;
  }

  /** The snapshot of any moment. */
  snapshotAt(position: number): Snapshot {
    if (position === this.#position) return this.#snapshot;
    const kept = this.#kept.get(position);
    if (kept) return kept;
    const remade = this.#remade;
    const known = remade?.snapshots[position - remade.from];
    return known ?? this.#remake(position);
  }

  /** Everything that was recorded up to the present place. */
  *past(): Generator<Entry> {
    for (let position = 0; position <= this.#position; position++) yield this.at(position);
  }

  moveTo(position: number): void {
    const to = Math.max(0, Math.min(position, this.end));
    const snapshot = this.snapshotAt(to);
    this.#keepIfNewest();
    this.#position = to;
    this.#snapshot = snapshot;
  }

  /**
   * Performs the next stage, of `strand` if it is named and can go on; or takes what is recorded. In the
   * past, asking for another strand than the recorded one cuts the recording there.
   */
  forward(strand?: StrandPath): Forward {
    const recorded = this.#entries[this.#position + 1];
    if (
      recorded &&
      (strand === undefined || recorded.kind !== 'stepped' || recorded.step.strand === strand)
    ) {
      this.moveTo(this.#position + 1);
      return { kind: 'entry', entry: recorded };
    }
    const next = advance(this.program, this.#snapshot, strand);
    switch (next.kind) {
      case 'stepped':
        return {
          kind: 'entry',
          entry: this.#add({ kind: 'stepped', events: next.step.events, step: next.step }, next.snapshot),
        };
      case 'awaiting':
        return { kind: 'awaiting', requests: next.requests };
      case 'ended':
        return { kind: 'ended', outcome: next.outcome };
    }
  }

  /** Records the reply to a request, or a later time. */
  reply(reply: Reply): Entry {
    const { snapshot, events } = deliver(this.program, this.#snapshot, reply);
    return this.#add({ kind: 'delivered', events, reply }, snapshot);
  }

  /** Records a change that the user made; what came after this moment is forgotten. */
  edit(snapshot: Snapshot): Entry {
    return this.#add({ kind: 'edited', events: [], snapshot }, snapshot);
  }

  /** Goes on with another version of the definition, from a snapshot that fits it. */
  redefine(definition: Definition, snapshot: Snapshot): Entry {
    const entry = this.edit(snapshot);
    this.#definitions.push({ from: this.#position, definition });
    this.#newest = definition;
    return entry;
  }

  /** What the present moment waits for. */
  get pending(): readonly Request[] {
    return requestsOf(this.#snapshot);
  }

  #add(entry: Entry, snapshot: Snapshot): Entry {
    this.#cut();
    if (this.#position % spacingOf(this.#snapshot) === 0) this.#kept.set(this.#position, this.#snapshot);
    this.#entries.push(entry);
    this.#position++;
    this.#snapshot = snapshot;
    return entry;
  }

  /** Forgets what was recorded after the present moment. */
  #cut(): void {
    if (this.isAtEnd) return;
    this.#entries.length = this.#position + 1;
    for (const position of this.#kept.keys()) if (position > this.#position) this.#kept.delete(position);
    while ((this.#definitions.at(-1)?.from ?? 0) > this.#position) this.#definitions.pop();
    this.#remade = undefined;
  }

  /** The newest moment is the one that is gone back to most. */
  #keepIfNewest(): void {
    if (this.isAtEnd) this.#kept.set(this.#position, this.#snapshot);
  }

  #remake(position: number): Snapshot {
    let from = position;
    while (!this.#kept.has(from) && this.at(from).kind !== 'edited') from--;
    let snapshot = this.#kept.get(from) ?? editedSnapshot(this.at(from));
    const snapshots = [snapshot];
    const until = Math.min(this.end, from + spacingOf(snapshot));
    for (let next = from + 1; next <= Math.max(until, position); next++) {
      snapshot = this.#again(next, snapshot);
      snapshots.push(snapshot);
    }
    this.#remade = { from, snapshots };
    return snapshots[position - from] ?? snapshot;
  }

  #again(position: number, before: Snapshot): Snapshot {
    const entry = this.at(position);
    const { program } = this.definitionAt(position);
    switch (entry.kind) {
      case 'begun':
        return before;
      case 'edited':
        return entry.snapshot;
      case 'delivered':
        return deliver(program, before, entry.reply).snapshot;
      case 'stepped': {
        const next = advance(program, before, entry.step.strand);
        if (next.kind !== 'stepped') throw new Error('bug: a recorded step cannot be made again');
        return next.snapshot;
      }
    }
  }
}

/** So many moments lie between two snapshots that are kept: of thousands of strands each is large. */
function spacingOf({ strands }: Snapshot): number {
  const count = lengthOf(strands);
  return count > 5_000 ? 1_024 : count > 1_000 ? 256 : 64;
}

function editedSnapshot(entry: Entry): Snapshot {
  if (entry.kind !== 'edited') throw new Error('bug: the first snapshot is kept');
  return entry.snapshot;
}
