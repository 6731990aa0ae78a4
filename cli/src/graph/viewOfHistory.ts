import { markEdgeId, markNodeId, transitionEdgeId } from '#core/graph/nodeId.ts';
import type { State, StateMachine } from '#core/model/stateMachine.ts';
import type { Writable } from '#core/writable.ts';
import type { ExecutionView, StateStatus, StateView } from '#protocol/execution.ts';

interface Event {
  readonly id: number;
  readonly previous: number;
  readonly type: string;
  readonly time: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * What the graph shows of an event history, as GetExecutionHistory gives it: which states were entered,
 * how they ended, and which edges were taken. Gives nothing for a value that has no events.
 */
export function viewOfHistory(history: unknown, machine: StateMachine): ExecutionView | undefined {
  const events = eventsOf(history);
  if (!events) return undefined;
  // AWS allows a name only once in a whole state machine.
  const stateByName = new Map(machine.states.map(state => [state.name, state]));
  const eventById = new Map(events.map(event => [event.id, event]));
  const states: Record<string, Writable<StateView>> = {};
  const taken: Record<string, number> = {};
  const entered = new Map<State, number>();

  /** The last event of a kind on the way that led to an event. */
  const before = (event: Event, ends: (type: string) => boolean): Event | undefined => {
    for (let at = eventById.get(event.previous); at; at = eventById.get(at.previous))
      if (ends(at.type)) return at;
    return undefined;
  };
  const stateOf = (event: Event | undefined): State | undefined => {
    const name = event?.details['name'];
    return typeof name === 'string' ? stateByName.get(name) : undefined;
  };
  const around = (event: Event): State | undefined => stateOf(before(event, isEntered));
  const count = (edge: string): void => {
    taken[edge] = (taken[edge] ?? 0) + 1;
  };

  let status: ExecutionView['status'] = 'running';
  for (const event of events) {
    const { type, details } = event;
    if (isEntered(type)) {
      const state = stateOf(event);
      if (!state) continue;
      const view = (states[state.pointer] ??= { status: 'running', entered: 0, attempts: 0 });
      view.status = 'running';
      view.entered++;
      view.attempts = 1;
      entered.set(state, event.time);
      delete view.error;
      const from = eventById.get(event.previous);
      const left = from && isExited(from.type) ? stateOf(from) : undefined;
      count(left ? edgeBetween(left, state, states[left.pointer]?.status) : edgeInto(state));
    } else if (isExited(type)) {
      const state = stateOf(event);
      const view = state && states[state.pointer];
      if (!view) continue;
      view.status = view.error === undefined ? 'succeeded' : 'caught';
      view.duration = event.time - (entered.get(state) ?? event.time);
      if (state.isTerminal && state.scope.kind === 'stateMachine')
        count(markEdgeId(state.pointer, markNodeId('end', state.scope.pointer)));
    } else if (type === 'MapStateStarted' || type.startsWith('MapIteration')) {
      const state = type === 'MapStateStarted' ? around(event) : stateOf(event);
      const view = state && states[state.pointer];
      if (view) view.iterations = iterationsAfter(view.iterations, event);
    } else if (/(Failed|TimedOut|Aborted)$/.test(type) && !type.startsWith('Execution')) {
      const state = around(event);
      const view = state && states[state.pointer];
      if (view) view.error = typeof details['error'] === 'string' ? details['error'] : '';
    } else if (type.endsWith('Scheduled')) {
      const state = around(event);
      const view = state && states[state.pointer];
      if (view?.error !== undefined) {
        view.attempts++;
        delete view.error;
      }
    } else if (type.startsWith('Execution') && type !== 'ExecutionStarted') {
      status = endings[type] ?? status;
      for (const view of Object.values(states))
        if (view.status === 'running') view.status = status === 'aborted' ? 'aborted' : 'failed';
    }
  }
  return { sequence: 1, status, states, taken };
}

const endings: Readonly<Record<string, ExecutionView['status']>> = {
  ExecutionSucceeded: 'succeeded',
  ExecutionFailed: 'failed',
  ExecutionTimedOut: 'timedOut',
  ExecutionAborted: 'aborted',
};

const isEntered = (type: string): boolean => type.endsWith('StateEntered');
const isExited = (type: string): boolean => type.endsWith('StateExited');

function iterationsAfter(
  before: StateView['iterations'],
  { type, details }: Event,
): NonNullable<StateView['iterations']> {
  const length = details['length'];
  if (type === 'MapStateStarted')
    return { total: typeof length === 'number' ? length : 0, running: 0, succeeded: 0, failed: 0 };
  const known = before ?? { total: 0, running: 0, succeeded: 0, failed: 0 };
  if (type === 'MapIterationStarted') return { ...known, running: known.running + 1 };
  const kind = type === 'MapIterationSucceeded' ? 'succeeded' : 'failed';
  return { ...known, running: known.running - 1, [kind]: known[kind] + 1 };
}

/** The edge by which a state was left: a Catcher's after an error, else that of Choice, Default or Next. */
function edgeBetween(from: State, to: State, status: StateStatus | undefined): string {
  const candidates = from.transitions.filter(({ target }) => target.value === to.name);
  const transition =
    candidates.find(({ kind }) => (kind === 'Catch') === (status === 'caught')) ?? candidates[0];
  return transition ? transitionEdgeId(from.pointer, transition) : `${from.pointer}#Next`;
}

function edgeInto({ pointer, scope }: State): string {
  const mark =
    scope.kind === 'branch' && scope.owner
      ? markNodeId('fork', scope.owner.pointer)
      : markNodeId('start', scope.pointer);
  return markEdgeId(mark, pointer);
}

function eventsOf(history: unknown): readonly Event[] | undefined {
  const { events } = members(history);
  const list = Array.isArray(history) ? (history as readonly unknown[]) : events;
  if (!Array.isArray(list)) return undefined;
  return (list as readonly unknown[]).map(value => {
    const event = members(value);
    const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1];
    const { id, previousEventId, type, timestamp } = event;
    return {
      id: typeof id === 'number' ? id : 0,
      previous: typeof previousEventId === 'number' ? previousEventId : 0,
      type: typeof type === 'string' ? type : '',
      time: timeOf(timestamp),
      details: members(details),
    };
  });
}

/** The AWS CLI writes timestamps as text or as seconds. */
function timeOf(timestamp: unknown): number {
  if (typeof timestamp === 'number') return timestamp * 1000;
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(time) ? 0 : time;
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
