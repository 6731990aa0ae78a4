import { advance, outcomeOf, requestsOf, type Step } from '#interpreter/advance.ts';
import { deliver } from '#interpreter/deliver.ts';
import type { EventRecord } from '#interpreter/history/eventRecord.ts';
import type { Program } from '#interpreter/program.ts';
import type { Reply, Request } from '#interpreter/request.ts';
import type { Outcome, Snapshot, StrandPath } from '#interpreter/snapshot.ts';

/** One thing that happened, and the moment behind it. */
export type Entry =
  | { readonly kind: 'begun'; readonly snapshot: Snapshot; readonly events: readonly EventRecord[] }
  | {
      readonly kind: 'stepped';
      readonly snapshot: Snapshot;
      readonly events: readonly EventRecord[];
      readonly step: Step;
    }
  | {
      readonly kind: 'delivered';
      readonly snapshot: Snapshot;
      readonly events: readonly EventRecord[];
      readonly reply: Reply;
    }
  | {
      readonly kind: 'edited';
      readonly snapshot: Snapshot;
      readonly events: readonly EventRecord[];
      readonly what: string;
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
 */
export class Recording {
  readonly program: Program;
  readonly #entries: Entry[];
  #position = 0;

  constructor(program: Program, snapshot: Snapshot, events: readonly EventRecord[]) {
    this.program = program;
    this.#entries = [{ kind: 'begun', snapshot, events }];
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
    return this.entry.snapshot;
  }

  /** What led to the present moment. */
  get entry(): Entry {
    return this.at(this.#position);
  }

  get outcome(): Outcome | undefined {
    return outcomeOf(this.snapshot);
  }

  at(position: number): Entry {
    const entry = this.#entries[position];
    if (!entry) throw new Error(`bug: no moment ${String(position)} of ${String(this.end)}`);
    return entry;
  }

  /** Everything that was recorded up to the present place. */
  *past(): Generator<Entry> {
    for (let position = 0; position <= this.#position; position++) yield this.at(position);
  }

  /** The events of the execution's history up to the present place. */
  *events(): Generator<EventRecord> {
    for (const entry of this.past()) yield* entry.events;
  }

  moveTo(position: number): void {
    this.#position = Math.max(0, Math.min(position, this.end));
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
      this.#position++;
      return { kind: 'entry', entry: recorded };
    }
    const next = advance(this.program, this.snapshot, strand);
    switch (next.kind) {
      case 'stepped':
        return {
          kind: 'entry',
          entry: this.#add({
            kind: 'stepped',
            snapshot: next.snapshot,
            events: next.step.events,
            step: next.step,
          }),
        };
      case 'awaiting':
        return { kind: 'awaiting', requests: next.requests };
      case 'ended':
        return { kind: 'ended', outcome: next.outcome };
    }
  }

  /** Records the reply to a request, or a later time. */
  reply(reply: Reply): Entry {
    const { snapshot, events } = deliver(this.program, this.snapshot, reply);
    return this.#add({ kind: 'delivered', snapshot, events, reply });
  }

  /** Records a change that the user made; what came after this moment is forgotten. */
  edit(snapshot: Snapshot, what: string): Entry {
    return this.#add({ kind: 'edited', snapshot, events: [], what });
  }

  /** What the present moment waits for. */
  get pending(): readonly Request[] {
    return requestsOf(this.snapshot);
  }

  #add(entry: Entry): Entry {
    this.#entries.length = this.#position + 1;
    this.#entries.push(entry);
    this.#position++;
    return entry;
  }
}
