import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { MapState, Scope, State } from '#core/model/stateMachine.ts';
import type { EventRecord } from '#interpreter/history/eventRecord.ts';
import type { Program } from '#interpreter/program.ts';
import type { StrandPath } from '#interpreter/snapshot.ts';
import { outerPath } from './strands.ts';

/** An event of a history, whoever wrote it: its texts are read, its strand is not known yet. */
export interface HistoryFact {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  /** Of a state, a Map state for its iterations. */
  readonly name: string | undefined;
  /** Of a Map iteration. */
  readonly index: number | undefined;
  /** Input of an entered, output of an exited state. */
  readonly data: Json | undefined;
  /** What Assign set, of an exited state. */
  readonly assigned: JsonObject | undefined;
  readonly details: JsonObject;
  /** Milliseconds since 1970; 0 where the history does not say it. */
  readonly time: number;
}

/** Reads what GetExecutionHistory gives, `{"events": […]}` or the list alone; `undefined` for anything else. */
export function readHistory(history: Json): readonly HistoryFact[] | undefined {
  const events = isJsonObject(history) ? history['events'] : history;
  if (!Array.isArray(events) || events.length === 0) return undefined;
  const facts: HistoryFact[] = [];
  for (const event of events as readonly Json[]) {
    const fact = isJsonObject(event) ? readEvent(event) : undefined;
    if (!fact) return undefined;
    facts.push(fact);
  }
  return facts.toSorted((a, b) => a.id - b.id);
}

function readEvent(event: JsonObject): HistoryFact | undefined {
  const { id, type, previousEventId } = event;
  if (typeof id !== 'number' || typeof type !== 'string') return undefined;
  const key = Object.keys(event).find(name => name.endsWith('EventDetails'));
  const details = key === undefined ? {} : event[key];
  const members = isJsonObject(details) ? details : {};
  const { name, index, assignedVariables } = members;
  const isEntered = type.endsWith('StateEntered');
  const isExited = type.endsWith('StateExited');
  return {
    id,
    previousEventId: typeof previousEventId === 'number' ? previousEventId : 0,
    type,
    name: typeof name === 'string' ? name : undefined,
    index: typeof index === 'number' ? index : undefined,
    data: isEntered ? read(members['input']) : isExited ? read(members['output']) : undefined,
    assigned: isJsonObject(assignedVariables) ? readEach(assignedVariables) : undefined,
    details: members,
    time: readTime(event['timestamp']),
  };
}

/** JSON in a text; what is no JSON, or no text, is itself. */
export function read(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function readEach(texts: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, read(text) ?? null]));
}

/** A timestamp as the API's JSON has it (seconds), or as the command line and our own histories write it. */
function readTime(value: Json | undefined): number {
  if (typeof value === 'number') return value < 1e11 ? Math.round(value * 1000) : value;
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? 0 : time;
}

/** An event of our own engine in the same form. */
export function factOf({ id, previousEventId, type, name, data, details, time }: EventRecord): HistoryFact {
  const isExited = type.endsWith('StateExited');
  const members = Object.fromEntries(
    Object.entries(details ?? {}).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
  const named = members['name'];
  const { index } = members;
  return {
    id,
    previousEventId,
    type,
    name: name ?? (typeof named === 'string' ? named : undefined),
    index: typeof index === 'number' ? index : undefined,
    data,
    assigned: isExited && details ? members : undefined,
    details: isExited ? {} : members,
    time,
  };
}

/**
 * Finds the strand of each event: AWS writes the events of all branches and iterations into one list, and
 * says only which event each of them follows. Events are given one by one, in the order of their ids.
 */
export class StrandFinder {
  readonly #statesByName = new Map<string, State[]>();
  readonly #paths = new Map<number, StrandPath>([[0, '']]);
  readonly #types = new Map<number, string>();

  constructor(program: Program) {
    for (const { state } of program.states.values()) {
      const known = this.#statesByName.get(state.name);
      if (known) known.push(state);
      else this.#statesByName.set(state.name, [state]);
    }
  }

  pathOf(fact: HistoryFact): StrandPath {
    const path = this.#find(fact);
    this.#paths.set(fact.id, path);
    this.#types.set(fact.id, fact.type);
    return path;
  }

  #find({ type, name, index, previousEventId, details }: HistoryFact): StrandPath {
    const before = this.#paths.get(previousEventId) ?? '';
    if (type.startsWith('Execution')) return '';
    if (type.startsWith('MapIteration')) return this.#iteration(name ?? '', index ?? 0, before);
    const state = name ?? (typeof details['state'] === 'string' ? details['state'] : undefined);
    if (state !== undefined && /State(?:Entered|Exited)$|^EvaluationFailed$/.test(type))
      return this.#inScopeOf(state, before);
    if (!/^(?:Map|Parallel)State(?:Succeeded|Failed)$/.test(type)) return before;
    // They follow the last event of a branch or iteration, or the start of the state where there was none.
    const own = type.startsWith('Map') ? 'MapStateStarted' : 'ParallelStateStarted';
    const follows = this.#types.get(previousEventId);
    return follows === own || follows === 'MapStateEntered' ? before : (outerPath(before) ?? before);
  }

  #iteration(mapName: string, index: number, before: StrandPath): StrandPath {
    const map = this.#candidates(mapName, before).find((state): state is MapState => state.type === 'Map');
    if (!map?.processor) return before;
    const outer = within(before, map.scope) ?? before;
    return `${outer}${map.processor.pointer.slice(map.scope.pointer.length)}[${index}]`;
  }

  #inScopeOf(name: string, before: StrandPath): StrandPath {
    const [state] = this.#candidates(name, before);
    if (!state) return before;
    const { scope } = state;
    const known = within(before, scope);
    if (known !== undefined) return known;
    // A branch that begins: it follows the start of its Parallel state.
    const outer = scope.owner && within(before, scope.owner.scope);
    return outer === undefined || !scope.owner
      ? before
      : `${outer}${scope.pointer.slice(scope.owner.scope.pointer.length)}`;
  }

  /** The states of that name, those whose scope lies around or directly inside the path first. */
  #candidates(name: string, before: StrandPath): readonly State[] {
    const states = this.#statesByName.get(name) ?? [];
    if (states.length < 2) return states;
    const rank = ({ scope }: State): number =>
      within(before, scope) !== undefined
        ? -scope.pointer.length
        : scope.owner && within(before, scope.owner.scope) !== undefined
          ? 1
          : 2;
    return states.toSorted((a, b) => rank(a) - rank(b));
  }
}

/** The part of a path that is a strand of the scope, if the path leads through it. */
function within(path: StrandPath, scope: Scope): StrandPath | undefined {
  for (let outer: StrandPath | undefined = path; outer !== undefined; outer = outerPath(outer))
    if (scopePointer(outer) === scope.pointer) return outer;
  return undefined;
}

/** `/States/Each/ItemProcessor[3]` is a strand of the scope `/States/Each/ItemProcessor`. */
function scopePointer(path: StrandPath): Pointer {
  return path.replaceAll(/(\/(?:ItemProcessor|Iterator))\[\d+\](?=\/|$)/g, '$1');
}
