import type { Pointer } from '#core/model/pointer.ts';
import { stageOf } from '#interpreter/advance.ts';
import type { Outcome, Snapshot, StrandPath } from '#interpreter/snapshot.ts';
import { at } from '#interpreter/table.ts';
import type { ExecutionView, StateView } from '#protocol/execution.ts';
import { ChosenIterations } from './iterations.ts';
import { Picture } from './picture.ts';
import type { Raised } from './raised.ts';
import type { Entry, Recording } from './recording.ts';
import { strandAt } from './strands.ts';

/**
 * What the graph shows of a recording at its present place. Of a Map, either all iterations together, or
 * one that the user has chosen: then the states inside look as that one has left them.
 */
export class ExecutionViews {
  readonly #recording: Recording;
  readonly #all: Picture;
  readonly #chosen = new ChosenIterations();
  /** Only what runs in chosen iterations. */
  #within: Picture | undefined;
  #sequence: number;

  constructor(recording: Recording, sequence = 0) {
    this.#recording = recording;
    this.#all = new Picture(recording);
    this.#sequence = sequence;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** Looks at one iteration of a Map, counted from 0, or at all of them together. */
  chooseIteration(map: Pointer, index: number | undefined): void {
    this.#chosen.choose(map, index);
    this.#within = this.#chosen.isEmpty
      ? undefined
      : new Picture(this.#recording, path => this.#chosen.standingOf(path) === 'chosen');
  }

  /** What comes after the moment is no more what it was. */
  cutAfter(position: number): void {
    this.#all.cutAfter(position);
    this.#within?.cutAfter(position);
  }

  /** Takes in what has just happened, so that nothing has to be looked up for it later. */
  happened(entry: Entry, before: Snapshot, raised: readonly Raised[]): void {
    const { program, snapshot } = this.#recording;
    const happened = { entry, program, before, after: snapshot, raised };
    this.#all.happened(happened);
    this.#within?.happened(happened);
  }

  viewOf(focus: StrandPath, status: ExecutionView['status']): ExecutionView {
    const { program, position, end, snapshot, outcome } = this.#recording;
    this.#all.draw(position);
    this.#within?.draw(position);
    const states = this.#states(snapshot);
    const strand = strandAt(snapshot, focus);
    const isShown = strand && !outcome && this.#chosen.standingOf(strand.path) !== 'other';
    const stage = strand && stageOf(program, strand);
    return {
      sequence: ++this.#sequence,
      states,
      taken: this.#merged(this.#all.taken, this.#within?.taken),
      status: outcome ? statusOf(outcome) : status,
      time: { position, length: end },
      chosenIterations: this.#choices(states),
      ...(isShown && { current: { state: strand.state, ...(stage && { stage }) } }),
    };
  }

  #states(snapshot: Snapshot): Readonly<Record<Pointer, StateView>> {
    const waiting = this.#waitingStates(snapshot);
    const states: Record<Pointer, StateView> = {};
    const merged = this.#merged(this.#all.states, this.#within?.states);
    for (const [pointer, view] of Object.entries(merged))
      states[pointer] =
        view.status === 'running' && waiting.has(pointer) ? { ...view, status: 'waiting' } : { ...view };
    return states;
  }

  /** What was drawn of all strands, but inside a Map with a chosen iteration only that one. */
  #merged<T>(
    all: Readonly<Record<string, T>>,
    within: Readonly<Record<string, T>> = {},
  ): Readonly<Record<string, T>> {
    if (this.#chosen.isEmpty) return { ...all };
    const outside = Object.entries(all).filter(([id]) => !this.#chosen.covers(id));
    return { ...Object.fromEntries(outside), ...within };
  }

  /** The states whose strands wait, for a time or an answer. */
  #waitingStates(snapshot: Snapshot): ReadonlySet<Pointer> {
    const states = new Set<Pointer>();
    for (const row of snapshot.strands)
      for (const strand of row) if (strand?.waiting && this.#isShown(strand.path)) states.add(strand.state);
    for (const id of snapshot.ready) {
      const strand = at(snapshot.strands, id);
      if (strand && this.#isShown(strand.path)) states.delete(strand.state);
    }
    return states;
  }

  #isShown(path: StrandPath): boolean {
    return this.#chosen.isEmpty || this.#chosen.standingOf(path) !== 'other';
  }

  /** The Maps whose iterations can be told apart, and which of them are chosen. */
  #choices(states: Readonly<Record<Pointer, StateView>>): Readonly<Record<Pointer, number | null>> {
    const maps = Object.entries(states).filter(([, { iterations }]) => (iterations?.total ?? 0) > 0);
    return Object.fromEntries(maps.map(([map]) => [map, this.#chosen.of(map) ?? null]));
  }
}

/** How an execution that ended so is shown. */
export function statusOf({ status }: Outcome): ExecutionView['status'] {
  return endings[status];
}

const endings = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const;
