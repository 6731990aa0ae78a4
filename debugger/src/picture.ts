import { markEdgeId, markNodeId, transitionEdgeId } from '#core/graph/nodeId.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { Writable } from '#core/writable.ts';
import type { Program } from '#interpreter/program.ts';
import type { Fork, Snapshot, Strand, StrandPath } from '#interpreter/snapshot.ts';
import { at } from '#interpreter/table.ts';
import type { StateView } from '#protocol/execution.ts';
import { raisedIn, type Raised } from './raised.ts';
import type { Entry, Recording } from './recording.ts';
import { readyAt, strandAt } from './strands.ts';

type Stepped = Entry & { readonly kind: 'stepped' };

/** What is known of a recording up to a moment. */
interface Drawn {
  position: number;
  readonly states: Record<Pointer, Writable<StateView>>;
  /** How often each edge was taken. */
  readonly taken: Record<string, number>;
  /** Strands between two states; one that is not begins at a start. */
  readonly left: Set<StrandPath>;
  /** Since when each strand is in its state. */
  readonly since: Map<StrandPath, number>;
}

/** An entry with the moments around it. */
export interface Happened {
  readonly entry: Entry;
  readonly program: Program;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly raised: readonly Raised[];
}

/** Such a step back is walked again from the beginning at most once; further ones begin at these marks. */
const markEvery = 2_000;

/**
 * Which states of a recording ran up to a moment, how, and which edges were taken; of all its strands or
 * of those that are meant. Going forward, only what is new is looked at.
 */
export class Picture {
  readonly #recording: Recording;
  readonly #isMeant: ((strand: StrandPath) => boolean) | undefined;
  #drawn: Drawn = nothing();
  #marks: Drawn[] = [];
  /** Who made a request, where only some strands are meant. */
  readonly #askers = new Map<number, StrandPath>();

  constructor(recording: Recording, isMeant?: (strand: StrandPath) => boolean) {
    this.#recording = recording;
    this.#isMeant = isMeant;
  }

  get states(): Readonly<Record<Pointer, StateView>> {
    return this.#drawn.states;
  }

  get taken(): Readonly<Record<string, number>> {
    return this.#drawn.taken;
  }

  /** What comes after the moment is no more what it was. */
  cutAfter(position: number): void {
    this.#marks = this.#marks.filter(mark => mark.position <= position);
    if (this.#drawn.position > position) this.#drawn = copyOf(this.#marks.at(-1) ?? nothing());
  }

  /** Takes in what has just happened, so that nothing has to be looked up for it later. */
  happened(happened: Happened): void {
    const { position } = this.#recording;
    if (this.#drawn.position === position - 1) this.#add(position, happened.entry, () => happened);
  }

  draw(position: number): void {
    if (position < this.#drawn.position)
      this.#drawn = copyOf(this.#marks.findLast(mark => mark.position <= position) ?? nothing());
    const recording = this.#recording;
    for (let next = this.#drawn.position + 1; next <= position; next++) {
      const entry = recording.at(next);
      this.#add(next, entry, () => {
        const { program } = recording.definitionAt(next);
        const before = recording.snapshotAt(next - 1);
        const after = recording.snapshotAt(next);
        return { entry, program, before, after, raised: raisedIn(program, before, entry, after) };
      });
    }
  }

  #add(position: number, entry: Entry, look: () => Happened): void {
    this.#drawn.position = position;
    if (position % markEvery === 0 && (this.#marks.at(-1)?.position ?? 0) < position) this.#mark();
    if (!this.#mayBeMeant(entry)) return;
    const { program, before, after, raised } = look();
    if (entry.kind === 'edited') return;
    const was = entry.kind === 'stepped' && !isQuiet(entry) ? readyAt(before, entry.step.strand) : undefined;
    if (entry.kind === 'stepped' && this.#means(entry.step.strand))
      this.#step(entry, program, was && same(was, after));
    if (entry.events.some(({ type }) => type.endsWith('StateAborted'))) this.#abort(program);
    for (const each of raised) {
      if (this.#means(each.strand)) this.#raise(each);
      const failed = strandAt(before, each.strand);
      if (failed) this.#fork(failed, true, before, after);
    }
    if (was && raised.length === 0) this.#fork(was, false, before, after);
  }

  #means(strand: StrandPath): boolean {
    return this.#isMeant?.(strand) ?? true;
  }

  /** Whether the entry has to be looked at: of those of other strands only what ends more than them. */
  #mayBeMeant(entry: Entry): boolean {
    if (!this.#isMeant) return true;
    if (entry.kind === 'delivered' && 'request' in entry.reply) {
      const asker = this.#askers.get(entry.reply.request);
      return asker === undefined || this.#isMeant(asker);
    }
    if (entry.kind !== 'stepped') return true;
    for (const { id, strand } of entry.step.requests) this.#askers.set(id, strand);
    return this.#isMeant(entry.step.strand) || entry.events.some(({ type }) => type.endsWith('StateAborted'));
  }

  /** A mark is what was known before its entry. */
  #mark(): void {
    this.#marks.push({ ...copyOf(this.#drawn), position: this.#drawn.position - 1 });
  }

  /** `now` is the strand after it. */
  #step(entry: Stepped, program: Program, now: Strand | undefined): void {
    if (entry.step.stage === 'input') this.#enter(entry, program);
    for (const { type, name, time } of entry.events)
      if (type.endsWith('StateExited') && name === entry.step.stateName)
        this.#leave(entry, program, now, time);
  }

  #enter({ step, events }: Stepped, program: Program): void {
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
    if (!left.delete(step.strand)) this.#count(startEdge(state));
  }

  /** The edge is taken as the state is left, so that it leads to where the execution stops next. */
  #leave({ step }: Stepped, program: Program, now: Strand | undefined, time: number): void {
    const view = this.#drawn.states[step.state];
    const state = program.states.get(step.state)?.state;
    if (!view || !state) return;
    view.status = step.stage === 'catch' ? 'caught' : 'succeeded';
    view.duration = time - (this.#drawn.since.get(step.strand) ?? time);
    if (state.isTerminal && step.stage !== 'catch') {
      if (state.scope.kind === 'stateMachine')
        this.#count(markEdgeId(state.pointer, markNodeId('end', state.scope.pointer)));
      return;
    }
    this.#drawn.left.add(step.strand);
    const next = program.states.get(now?.state ?? '')?.state;
    if (next) this.#count(edgeBetween(state, next, view));
  }

  #abort(program: Program): void {
    for (const [pointer, view] of Object.entries(this.#drawn.states)) {
      const scope = program.states.get(pointer)?.state.scope;
      if (view.status === 'running' && scope && scope.kind !== 'stateMachine') view.status = 'aborted';
    }
  }

  #raise({ state, error, handled, handling, retries }: Raised): void {
    const views = this.#drawn.states;
    const own = views[state];
    if (own) {
      own.error = error.error ?? '';
      own.status = 'failed';
    }
    if (handling.kind === 'uncaught' || handling.kind === 'tolerated') return;
    const handler = views[handling.state];
    if (!handler) return;
    handler.error = handled.error ?? '';
    handler.status = handling.kind === 'retried' ? 'retrying' : 'caught';
    if (handling.kind === 'retried') handler.attempts = (handling.state === state ? retries : 0) + 2;
  }

  /** Counts the iterations of the Map that a strand begins, and of those around it that it may have ended. */
  #fork(was: Strand, hasFailed: boolean, before: Snapshot, after: Snapshot): void {
    const own = same(was, after);
    if (own?.fork) this.#countIterations(own, own.fork);
    for (let member = was; ;) {
      const parent = member.parent === undefined ? undefined : at(before.strands, member.parent);
      if (!parent?.fork) return;
      const now = same(parent, after);
      if (now?.fork) this.#countIterations(now, now.fork);
      else this.#countIterations(parent, parent.fork, hasFailed ? 'failed' : 'succeeded');
      if (now) return;
      member = parent;
    }
  }

  /** `last` is what became of the iteration that ended the whole Map. */
  #countIterations(map: Strand, fork: Fork, last?: 'failed' | 'succeeded'): void {
    if (fork.kind === 'parallel' || !this.#means(map.path)) return;
    const view = this.#drawn.states[map.state];
    if (!view) return;
    const failed = fork.run?.failed ?? 0;
    view.iterations = {
      total: fork.length,
      running: last ? 0 : fork.running,
      succeeded: fork.ended - failed + (last === 'succeeded' ? 1 : 0),
      failed: failed + (last === 'failed' ? 1 : 0),
    };
  }

  #count(edge: string): void {
    const { taken } = this.#drawn;
    taken[edge] = (taken[edge] ?? 0) + 1;
  }
}

/** Whether a step did nothing but compute: no strand can have ended or begun. */
function isQuiet({ step, events }: Stepped): boolean {
  return step.error === undefined && events.length === 0 && step.stage !== 'output';
}

function nothing(): Drawn {
  return { position: 0, states: {}, taken: {}, left: new Set(), since: new Map() };
}

function copyOf({ position, states, taken, left, since }: Drawn): Drawn {
  const copied: Record<string, Writable<StateView>> = {};
  for (const [pointer, view] of Object.entries(states)) copied[pointer] = { ...view };
  return { position, states: copied, taken: { ...taken }, left: new Set(left), since: new Map(since) };
}

/** The strand at a later moment, if it has not ended. */
function same({ id, path }: Strand, { strands }: Snapshot): Strand | undefined {
  const now = at(strands, id);
  return now?.path === path ? now : undefined;
}

function startEdge(state: State): string {
  const { kind, owner, pointer } = state.scope;
  const mark = markNodeId(kind === 'branch' ? 'fork' : 'start', owner?.pointer ?? pointer);
  return markEdgeId(mark, state.pointer);
}

/** The edge by which a strand went on: of a caught error the Catcher's, else that of Choice, Default or Next. */
function edgeBetween(from: State, to: State, view: { readonly status: string } | undefined): string {
  const wasCaught = view?.status === 'caught';
  const candidates = from.transitions.filter(({ target }) => target.value === to.name);
  const transition = candidates.find(({ kind }) => (kind === 'Catch') === wasCaught) ?? candidates[0];
  return transition ? transitionEdgeId(from.pointer, transition) : `${from.pointer}#Next`;
}
