import type { Pointer } from '#core/model/pointer.ts';
import { stageOf } from '#interpreter/advance.ts';
import type { Outcome, Snapshot, Strand, StrandPath } from '#interpreter/snapshot.ts';
import { at } from '#interpreter/table.ts';
import type { ExecutionView, StateView } from '#protocol/execution.ts';
import type { WrittenMachine } from './definition.ts';
import { parentOf } from './frames.ts';
import { ChosenIterations } from './iterations.ts';
import { Picture } from './picture.ts';
import { presentStage } from './places.ts';
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

  /** The picture of each machine that has run: that of the main one first. */
  viewsOf(
    focus: StrandPath,
    status: ExecutionView['status'],
  ): readonly { readonly path: string; readonly view: ExecutionView }[] {
    const { definition, position, snapshot } = this.#recording;
    this.#all.draw(position);
    this.#within?.draw(position);
    const states = this.#states(snapshot);
    const taken = this.#merged(this.#all.taken, this.#within?.taken);
    const current = this.#placesOf(focus, snapshot);
    const [main, ...others] = definition.machines;
    const started = others.filter(({ pointer }) => isAnyIn(states, pointer));
    return (main ? [main, ...started] : []).map(machine => ({
      path: machine.path,
      view: this.#viewOf(machine, { states, taken, current, status }),
    }));
  }

  #viewOf({ pointer }: WrittenMachine, { states, taken, current, status }: Pictured): ExecutionView {
    const { program, position, end, outcome } = this.#recording;
    const own = ownOf(states, pointer);
    const strand = current.find(({ state }) => isOf(state, pointer));
    const stage = strand && stageOf(program, { ...strand, stage: presentStage(strand) });
    return {
      sequence: ++this.#sequence,
      states: own,
      taken: ownOf(taken, pointer),
      status: outcome ? statusOf(outcome) : status,
      time: { position, length: end },
      chosenIterations: this.#choices(own),
      ...(strand && { current: { state: strand.state.slice(pointer.length), ...(stage && { stage }) } }),
    };
  }

  /** Where it has stopped, and where the tasks stand that have led there from machine to machine. */
  #placesOf(focus: StrandPath, snapshot: Snapshot): readonly Strand[] {
    const places: Strand[] = [];
    if (this.#recording.outcome) return places;
    for (let strand = strandAt(snapshot, focus); strand; strand = parentOf(snapshot, strand))
      if (this.#isShown(strand.path)) places.push(strand);
    return places;
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

interface Pictured {
  readonly states: Readonly<Record<Pointer, StateView>>;
  readonly taken: Readonly<Record<string, number>>;
  readonly current: readonly Strand[];
  readonly status: ExecutionView['status'];
}

/** Whether a state or edge belongs to the machine whose pointers begin so; those of the main one do not. */
function isOf(id: string, machine: Pointer): boolean {
  return machine === '' ? !id.startsWith('/Machines/') : id.startsWith(machine);
}

function isAnyIn(states: Readonly<Record<Pointer, StateView>>, machine: Pointer): boolean {
  for (const state in states) if (isOf(state, machine)) return true;
  return false;
}

/** What belongs to a machine, by the ids that it has alone. */
function ownOf<T>(all: Readonly<Record<string, T>>, machine: Pointer): Readonly<Record<string, T>> {
  const own = Object.entries(all).filter(([id]) => isOf(id, machine));
  return Object.fromEntries(
    machine === '' ? own : own.map(([id, value]) => [id.replaceAll(machine, ''), value]),
  );
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
