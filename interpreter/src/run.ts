import type { Json, JsonObject } from '#core/json.ts';
import type { Writable } from '#core/writable.ts';
import { contextObject } from './contextObject.ts';
import type { Bindings } from './expression.ts';
import type { EventDetails, EventRecord } from './history/eventRecord.ts';
import type { EventType } from './history/eventType.ts';
import type { CompiledState, Program } from './program.ts';
import type { Allowance } from './jsonata/run.ts';
import { nextState, valueOf, type Random } from './random.ts';
import { dueOf, type Request } from './request.ts';
import {
  isRoot,
  type Execution,
  type Fork,
  type Instant,
  type Quotas,
  type Snapshot,
  type Strand,
  type StrandId,
  type StrandPath,
} from './snapshot.ts';
import type { StatesError } from './statesError.ts';
import { at, copyOf, lengthOf, put, putInPlace, type Table } from './table.ts';

/** A strand that the engine may write to. */
export type Working = Writable<Strand>;
export type WorkingExecution = Writable<Execution>;
export type WorkingFork = Writable<Fork>;

/** How to go on after a stage: with a state, at the stage that the strand now names, or as the constants say. */
export type Next = typeof goOn | typeof parked | CompiledState;
/** With the next stage of the state. */
export const goOn = 0;
/** Not now: the strand waits, or has ended. */
export const parked = 1;

/** An error of a state, and which Retrier and Catcher are for it. */
export interface Handling {
  readonly strand: StrandPath;
  readonly error: StatesError;
  /** The Retrier that matches, whether it retries or is exhausted. */
  readonly retrier: number | undefined;
  readonly retries: boolean;
  readonly catcher: number | undefined;
}

/**
 * A snapshot under work. Stages read and write it, `snapshot()` gives the result.
 *
 * There are two ways to open one. `Run.on` copies a strand before it writes to it, so that the snapshot
 * it came from stays as it was: that is a step. `Run.alone` copies everything once and then writes in
 * place: that is how an execution runs when nobody looks on. Stages cannot tell which it is.
 */
export class Run implements Random, Bindings {
  readonly program: Program;
  readonly quotas: Quotas;
  /** Events noted since the run was opened. */
  events: EventRecord[] = [];
  /** Requests made since the run was opened. */
  asked: Request[] = [];
  /** Virtual time. */
  instant: Instant;
  invocations: { [stateName: string]: number };
  /** What the last error that was handled met. */
  handling: Handling | undefined;
  /** Executions whose history is full. */
  exhausted: number[] = [];
  /** Of a run that is only tried. */
  allowance: Allowance | undefined;

  #executions: Table<Execution>;
  #strands: Table<Strand | null>;
  /** Copied before they are written to, unless they are the run's own. */
  #ready: readonly StrandId[];
  #free: readonly StrandId[];
  #ownsReady = false;
  #ownsFree = false;
  #random: number;
  #requests: number;
  #waiting: Map<number, StrandId> | undefined;
  /** The execution whose event was the last, to be written to: mostly the next one is of the same. */
  #noted: WorkingExecution | undefined;
  #notedIndex = 0;
  /** Undefined: everything may be written in place. */
  readonly #own: Set<Strand | Execution | Fork> | undefined;

  // What expressions see; set by `bind`.
  input: Json = null;
  stateInput: Json = null;
  variables: JsonObject = {};
  result: Json | undefined = undefined;
  errorOutput: Json | undefined = undefined;
  #bound: Strand | undefined;
  #context: JsonObject | undefined;

  static on(program: Program, snapshot: Snapshot): Run {
    return new Run(program, snapshot, new Set());
  }

  static alone(program: Program, snapshot: Snapshot): Run {
    return new Run(program, snapshot, undefined);
  }

  private constructor(program: Program, snapshot: Snapshot, own: Set<Strand | Execution | Fork> | undefined) {
    this.program = program;
    this.quotas = snapshot.quotas;
    this.instant = snapshot.now;
    this.#ready = snapshot.ready;
    this.#free = snapshot.free;
    this.#random = snapshot.random;
    this.#requests = snapshot.requests;
    this.#own = own;
    if (own) {
      this.#executions = snapshot.executions;
      this.#strands = snapshot.strands;
      this.invocations = snapshot.invocations;
    } else {
      this.#executions = snapshot.executions.map(row => row.map(execution => ({ ...execution })));
      this.#strands = snapshot.strands.map(row => row.map(strand => strand && ownStrand(strand)));
      this.invocations = { ...snapshot.invocations };
    }
  }

  /** What became of the snapshot. The run must not be used any more. */
  snapshot(): Snapshot {
    return {
      now: this.instant,
      executions: this.#executions,
      strands: this.#strands,
      free: this.#free,
      ready: this.#ready,
      random: this.#random,
      requests: this.#requests,
      invocations: this.invocations,
      quotas: this.quotas,
    };
  }

  // ---- strands and executions

  /** The strands that can go on, in the order in which they will. */
  get ready(): readonly StrandId[] {
    return this.#ready;
  }

  strand(id: StrandId): Strand {
    const strand = at(this.#strands, id);
    if (!strand) throw new Error(`bug: there is no strand ${String(id)}`);
    return strand;
  }

  get strands(): Table<Strand | null> {
    return this.#strands;
  }

  get executionTable(): Table<Execution> {
    return this.#executions;
  }

  /** The strand that waits for the reply to a request. */
  waitingFor(request: number): StrandId | undefined {
    this.#waiting ??= new Map(
      this.#strands.flat().flatMap(strand => (strand?.waiting ? [[strand.waiting.id, strand.id]] : [])),
    );
    return this.#waiting.get(request);
  }

  /** All requests that are open, in the order in which they were made; but those that an execution answers. */
  pending(): Request[] {
    return this.#strands
      .flat()
      .flatMap(strand => strand?.waiting ?? [])
      .filter(request => request.kind !== 'task' || request.execution === undefined)
      .toSorted((a, b) => a.id - b.id);
  }

  /** The earliest time at which something happens by itself. */
  nextDue(): Instant | undefined {
    let earliest = Infinity;
    let deadline = Infinity;
    for (const row of this.#strands) {
      for (const strand of row) {
        if (!strand) continue;
        const due = strand.waiting && dueOf(strand.waiting);
        if (due !== undefined && due < earliest) earliest = due;
        if (isRoot(strand)) deadline = Math.min(deadline, this.execution(strand.execution).deadline);
      }
    }
    const first = Math.min(earliest, deadline);
    return first === Infinity ? undefined : first;
  }

  /** The strand, to be written to. */
  edit(id: StrandId): Working {
    const strand = this.strand(id);
    if (this.#own === undefined || this.#own.has(strand)) return strand as Working;
    const copy: Working = { ...strand };
    this.#own.add(copy);
    this.#strands = put(this.#strands, id, copy);
    return copy;
  }

  execution(index: number): Execution {
    const execution = at(this.#executions, index);
    if (!execution) throw new Error(`bug: there is no execution ${String(index)}`);
    return execution;
  }

  editExecution(index: number): WorkingExecution {
    const execution = this.execution(index);
    if (this.#own === undefined || this.#own.has(execution)) return execution as WorkingExecution;
    const copy: WorkingExecution = { ...execution };
    this.#own.add(copy);
    this.#executions = put(this.#executions, index, copy);
    return copy;
  }

  addExecution(execution: Execution): number {
    const index = lengthOf(this.#executions);
    if (this.#own) {
      this.#own.add(execution);
      this.#executions = put(this.#executions, index, execution);
    } else {
      putInPlace(this.#executions, index, execution);
    }
    return index;
  }

  /** The id of the strand that is spawned next. */
  get nextStrand(): StrandId {
    return this.#free.at(-1) ?? lengthOf(this.#strands);
  }

  /** Puts a new strand in the next place, and at the end of those that are ready. */
  spawn(strand: Working): void {
    const { id } = strand;
    if (this.#free.length > 0) this.#writableFree().pop();
    if (this.#own) {
      this.#own.add(strand);
      this.#strands = put(this.#strands, id, strand);
    } else {
      putInPlace(this.#strands, id, strand);
    }
    this.#writableReady().push(id);
  }

  /** Takes a strand that has ended out of the run. */
  remove(id: StrandId): void {
    this.unready(id);
    const { waiting } = this.strand(id);
    if (waiting) this.#waiting?.delete(waiting.id);
    if (this.#own) this.#strands = put(this.#strands, id, null);
    else putInPlace(this.#strands, id, null);
    this.#writableFree().push(id);
  }

  unready(id: StrandId): void {
    if (this.#ready[0] === id) {
      this.#writableReady().shift();
      return;
    }
    const place = this.#ready.indexOf(id);
    if (place >= 0) this.#writableReady().splice(place, 1);
  }

  /** Lets a strand that is ready go on before the others. */
  prefer(id: StrandId): void {
    if (this.#ready[0] === id) return;
    this.unready(id);
    this.#writableReady().unshift(id);
  }

  #writableReady(): StrandId[] {
    if (!this.#ownsReady) this.#ready = [...this.#ready];
    this.#ownsReady = true;
    return this.#ready as StrandId[];
  }

  #writableFree(): StrandId[] {
    if (!this.#ownsFree) this.#free = [...this.#free];
    this.#ownsFree = true;
    return this.#free as StrandId[];
  }

  /** Lets a strand go on that waited. */
  wake(strand: Working): void {
    strand.status = 'ready';
    if (strand.waiting) this.#waiting?.delete(strand.waiting.id);
    strand.waiting = undefined;
    this.#writableReady().push(strand.id);
  }

  /** Makes a strand wait for a request. */
  ask(strand: Working, make: (id: number) => Request): typeof parked {
    const request = make(++this.#requests);
    strand.status = 'awaiting';
    strand.waiting = request;
    this.#waiting?.set(request.id, strand.id);
    this.asked.push(request);
    this.unready(strand.id);
    return parked;
  }

  /** The fork of a strand that is being edited, to be written to. */
  editFork(strand: Working): WorkingFork {
    const { fork } = strand;
    if (!fork) throw new Error(`bug: ${strand.path} has no fork`);
    if (this.#own === undefined || this.#own.has(fork)) return fork as WorkingFork;
    const copy: WorkingFork = { ...fork };
    this.#own.add(copy);
    strand.fork = copy;
    return copy;
  }

  /** Another value at a place of a table in a strand that is being edited. */
  put<T>(table: Table<T>, index: number, value: T): Table<T> {
    if (this.#own) return put(table, index, value);
    putInPlace(table, index, value);
    return table;
  }

  /** Counts a call of the state's task in its execution; gives how many there were before. */
  countInvocation(strand: Strand, name: string): number {
    const key = invocationKey(this.#strands, strand, name);
    const before = this.invocations[key] ?? 0;
    if (this.#own) this.invocations = { ...this.invocations, [key]: before + 1 };
    else this.invocations[key] = before + 1;
    return before;
  }

  stateOf(strand: Strand): CompiledState {
    const state = this.program.states.get(strand.state);
    if (!state) throw new Error(`bug: there is no state ${strand.state}`);
    return state;
  }

  // ---- events

  /** Notes that the strand entered a state. */
  entered(strand: Working, type: EventType, name: string): void {
    const before = strand.lastEvent;
    strand.beforeEntered = before;
    strand.enteredTime = this.instant;
    strand.enteredEvent = this.#note(strand, type, before, name, strand.input, undefined);
  }

  exited(
    strand: Working,
    type: EventType,
    name: string,
    output: Json,
    assigned: JsonObject | undefined,
    previous = strand.lastEvent,
  ): void {
    this.#note(strand, type, previous, name, output, assigned);
  }

  /** Notes any other event; its id becomes the previous id of the strand's next. */
  happened(
    strand: Working,
    type: EventType,
    details: EventDetails | undefined,
    previous = strand.lastEvent,
  ): number {
    return this.#note(strand, type, previous, undefined, undefined, details);
  }

  #note(
    strand: Working,
    type: EventType,
    previousEventId: number,
    name: string | undefined,
    data: Json | undefined,
    details: EventDetails | undefined,
  ): number {
    const index = strand.execution;
    if (index !== this.#notedIndex || this.#noted === undefined) {
      this.#noted = this.editExecution(index);
      this.#notedIndex = index;
    }
    const execution = this.#noted;
    const id = execution.lastEvent + 1;
    if (id >= this.quotas.historyEvents && execution.type === 'STANDARD' && execution.outcome === undefined) {
      if (!this.exhausted.includes(index)) this.exhausted.push(index);
      return execution.lastEvent;
    }
    execution.lastEvent = id;
    strand.lastEvent = id;
    this.events.push({
      type,
      id,
      previousEventId,
      time: this.instant,
      execution: index,
      name,
      data,
      details,
    });
    return id;
  }

  // ---- what expressions see

  /** Binds what expressions of the strand's state see; `$` is `input`. */
  bind(strand: Strand, input: Json, result?: Json, errorOutput?: Json): this {
    this.input = input;
    this.stateInput = strand.input;
    this.variables = strand.variables;
    this.result = result;
    this.errorOutput = errorOutput;
    this.#bound = strand;
    this.#context = undefined;
    return this;
  }

  context(): JsonObject {
    if (!this.#bound) throw new Error('bug: nothing is bound');
    this.#context ??= contextObject(this.program, this.execution(this.#bound.execution), this.#bound);
    return this.#context;
  }

  now(): number {
    return this.instant;
  }

  get random(): Random {
    return this;
  }

  next(): number {
    this.#random = nextState(this.#random);
    return valueOf(this.#random);
  }
}

/** Calls are counted by the state's name, in executions that a task has started for each of them. */
export function invocationKey(strands: Table<Strand | null>, strand: Strand, name: string): string {
  for (let outer: Strand | null | undefined = strand; outer;) {
    if (outer.kind === 'workflow') return `${outer.path} ${name}`;
    outer = outer.parent === undefined ? undefined : at(strands, outer.parent);
  }
  return name;
}

/** A copy that shares nothing which is written in place. */
function ownStrand(strand: Strand): Strand {
  const { fork } = strand;
  return fork ? { ...strand, fork: { ...fork, results: copyOf(fork.results) } } : { ...strand };
}
