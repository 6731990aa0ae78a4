import { markEdgeId, markNodeId, transitionEdgeId } from '#core/graph/nodeId.ts';
import type { State } from '#core/model/stateMachine.ts';
import { stageOf } from '#interpreter/advance.ts';
import type { Program } from '#interpreter/program.ts';
import type { Snapshot, StrandPath } from '#interpreter/snapshot.ts';
import { at } from '#interpreter/table.ts';
import type { ExecutionView, StateStatus, StateView } from '#protocol/execution.ts';
import { raisedIn, type Raised } from './raised.ts';
import type { Entry, Recording } from './recording.ts';
import { readyAt, strandAt } from './strands.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What is known of a recording up to a moment. */
interface Drawn {
  readonly position: number;
  readonly states: Record<string, Writable<StateView>>;
  readonly taken: Record<string, number>;
  /** The state each strand has left last, and since when it is in the present one. */
  readonly left: Map<StrandPath, State>;
  readonly since: Map<StrandPath, number>;
}

/** An entry with the moments around it. */
interface Happened {
  readonly position: number;
  readonly entry: Entry;
  readonly program: Program;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly raised: readonly Raised[];
}

/** Such a step back is walked again from the beginning at most once; further ones begin at these marks. */
const markEvery = 2_000;

/**
 * What the graph shows of a recording at its present place: which states ran, how, and which edges were
 * taken. Going forward, only what is new is looked at.
 */
export class ExecutionViews {
  readonly #recording: Recording;
  #drawn: Drawn = nothing();
  #marks: Drawn[] = [];
  #sequence: number;

  constructor(recording: Recording, sequence = 0) {
    this.#recording = recording;
    this.#sequence = sequence;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** What comes after the moment is no more what it was. */
  cutAfter(position: number): void {
    this.#marks = this.#marks.filter(mark => mark.position <= position);
    if (this.#drawn.position > position) this.#drawn = copyOf(this.#marks.at(-1) ?? nothing());
  }

  /** Takes in what has just happened, so that nothing has to be looked up for it later. */
  happened(entry: Entry, before: Snapshot, raised: readonly Raised[]): void {
    const { position, snapshot, program } = this.#recording;
    if (this.#drawn.position === position - 1)
      this.#add({ position, entry, program, before, after: snapshot, raised });
  }

  viewOf(focus: StrandPath, status: 'running' | 'stopped'): ExecutionView {
    const recording = this.#recording;
    this.#draw(recording.position);
    const { program, snapshot, outcome } = recording;
    const strand = strandAt(snapshot, focus);
    const stage = strand && stageOf(program, strand);
    const waiting = waitingStates(snapshot);
    const states: Record<string, StateView> = {};
    for (const [pointer, view] of Object.entries(this.#drawn.states)) {
      const now = waiting.get(pointer);
      states[pointer] = now && view.status === 'running' ? { ...view, ...now } : { ...view };
    }
    return {
      sequence: ++this.#sequence,
      states,
      taken: { ...this.#drawn.taken },
      status: outcome ? endings[outcome.status] : status,
      time: { position: recording.position, length: recording.end },
      ...(strand && !outcome && { current: { state: strand.state, ...(stage && { stage }) } }),
    };
  }

  #draw(position: number): void {
    if (position < this.#drawn.position)
      this.#drawn = copyOf(this.#marks.findLast(mark => mark.position <= position) ?? nothing());
    for (let next = this.#drawn.position + 1; next <= position; next++) {
      const entry = this.#recording.at(next);
      const { program } = this.#recording.definitionAt(next);
      const before = this.#recording.snapshotAt(next - 1);
      const after = this.#recording.snapshotAt(next);
      const raised = raisedIn(program, before, entry, after);
      this.#add({ position: next, entry, program, before, after, raised });
    }
  }

  #add({ position, entry, program, before, after, raised }: Happened): void {
    this.#drawn = { ...this.#drawn, position };
    if (position % markEvery === 0 && (this.#marks.at(-1)?.position ?? 0) < position) this.#mark();
    if (entry.kind === 'edited') return;
    if (entry.kind === 'stepped' && entry.step.stage === 'input') this.#enter(entry, program);
    for (const event of entry.events) {
      if (
        event.type.endsWith('StateExited') &&
        entry.kind === 'stepped' &&
        event.name === entry.step.stateName
      )
        this.#leave(entry, program, event.time);
      else if (event.type.endsWith('StateAborted')) this.#abort(entry, program);
    }
    for (const each of raised) this.#raise(each);
    if (entry.kind === 'stepped' && !isQuiet(entry)) this.#fork(entry.step.strand, before, after);
  }

  /** A mark is what was known before its entry. */
  #mark(): void {
    this.#marks.push({ ...copyOf(this.#drawn), position: this.#drawn.position - 1 });
  }

  #enter({ step, events }: Entry & { readonly kind: 'stepped' }, program: Program): void {
    const { states, left, since } = this.#drawn;
    const state = program.states.get(step.state)?.state;
    if (!state) return;
    const view = (states[step.state] ??= { status: 'running', entered: 0, attempts: 1 });
    view.entered++;
    view.status = 'running';
    view.attempts = 1;
    delete view.error;
    delete view.duration;
    since.set(step.strand, events[0]?.time ?? 0);
    const from = left.get(step.strand);
    left.delete(step.strand);
    this.#count(from ? edgeBetween(from, state, states[from.pointer]) : startEdge(state));
  }

  #leave({ step }: Entry & { readonly kind: 'stepped' }, program: Program, time: number): void {
    const view = this.#drawn.states[step.state];
    const state = program.states.get(step.state)?.state;
    if (!view || !state) return;
    view.status = step.stage === 'catch' ? 'caught' : 'succeeded';
    view.duration = time - (this.#drawn.since.get(step.strand) ?? time);
    if (state.isTerminal && step.stage !== 'catch') {
      if (state.scope.kind === 'stateMachine')
        this.#count(markEdgeId(state.pointer, markNodeId('end', state.scope.pointer)));
    } else this.#drawn.left.set(step.strand, state);
  }

  #abort(entry: Entry, program: Program): void {
    if (entry.kind === 'edited') return;
    for (const [pointer, view] of Object.entries(this.#drawn.states)) {
      const scope = program.states.get(pointer)?.state.scope;
      if (view.status === 'running' && scope && scope.kind !== 'stateMachine') view.status = 'aborted';
    }
  }

  #raise({ state, error, handling, retries }: Raised): void {
    const views = this.#drawn.states;
    const own = views[state];
    if (own) {
      own.error = error.error ?? '';
      own.status = 'failed';
    }
    if (handling.kind === 'uncaught') return;
    const handler = views[handling.state];
    if (!handler) return;
    handler.error = error.error ?? '';
    handler.status = handling.kind === 'retried' ? 'retrying' : 'caught';
    if (handling.kind === 'retried') handler.attempts = (handling.state === state ? retries : 0) + 2;
  }

  /** Counts the iterations of the Map around a strand that has moved. */
  #fork(path: StrandPath, before: Snapshot, after: Snapshot): void {
    const was = readyAt(before, path);
    if (!was) return;
    for (const id of [was.parent, was.id]) {
      const strand = id === undefined ? undefined : at(after.strands, id);
      const fork = strand?.fork;
      const view = strand && this.#drawn.states[strand.state];
      if (!fork || !view || fork.kind === 'parallel') continue;
      const failed = fork.run?.failed ?? 0;
      view.iterations = {
        total: fork.length,
        running: fork.running,
        succeeded: fork.ended - failed,
        failed,
      };
    }
  }

  #count(edge: string): void {
    const { taken } = this.#drawn;
    taken[edge] = (taken[edge] ?? 0) + 1;
  }
}

/** Whether a step did nothing but compute: no strand can have ended or begun. */
function isQuiet({ step, events }: Entry & { readonly kind: 'stepped' }): boolean {
  return step.error === undefined && events.length === 0 && step.stage !== 'output';
}

function nothing(): Drawn {
  return { position: 0, states: {}, taken: {}, left: new Map(), since: new Map() };
}

function copyOf({ position, states, taken, left, since }: Drawn): Drawn {
  const copied: Record<string, Writable<StateView>> = {};
  for (const [pointer, view] of Object.entries(states)) copied[pointer] = { ...view };
  return { position, states: copied, taken: { ...taken }, left: new Map(left), since: new Map(since) };
}

/** The states whose strands wait, for a time or an answer. */
function waitingStates(snapshot: Snapshot): ReadonlyMap<string, { readonly status: StateStatus }> {
  const states = new Map<string, { readonly status: StateStatus }>();
  for (const row of snapshot.strands) {
    for (const strand of row) if (strand?.waiting) states.set(strand.state, { status: 'waiting' });
  }
  for (const id of snapshot.ready) {
    const strand = at(snapshot.strands, id);
    if (strand) states.delete(strand.state);
  }
  return states;
}

const endings = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const;

function startEdge(state: State): string {
  const { kind, owner, pointer } = state.scope;
  const mark = markNodeId(kind === 'branch' ? 'fork' : 'start', owner?.pointer ?? pointer);
  return markEdgeId(mark, state.pointer);
}

/** The edge by which a strand went on: of a caught error the Catcher's, else that of Choice, Default or Next. */
function edgeBetween(from: State, to: State, view: { readonly status: StateStatus } | undefined): string {
  const wasCaught = view?.status === 'caught';
  const candidates = from.transitions.filter(({ target }) => target.value === to.name);
  const transition = candidates.find(({ kind }) => (kind === 'Catch') === wasCaught) ?? candidates[0];
  return transition ? transitionEdgeId(from.pointer, transition) : `${from.pointer}#Next`;
}
