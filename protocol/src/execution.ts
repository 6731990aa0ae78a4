/**
 * What an execution looks like at one moment, for everything that shows it: the graph's overlay today,
 * coverage of a test run in the same form. Made by the debugger from a snapshot, by the replay of a
 * history, or from a finished run; ids are those of `core/graph/nodeId.ts`.
 */
export interface ExecutionView {
  /** Grows with every view of a session; an older one that arrives late is dropped. */
  readonly sequence: number;
  /** By the state's pointer; a state that was never entered is absent. */
  readonly states: Readonly<Record<string, StateView>>;
  /** How often each edge was taken, by edge id. */
  readonly taken: Readonly<Record<string, number>>;
  /** Where the debugger has stopped. */
  readonly current?: CurrentPlace;
  /** Where this view lies in the recording: `position` of `length` steps. */
  readonly time?: { readonly position: number; readonly length: number };
  /**
   * By the pointer of each Map state whose iterations can be looked at one by one: the one that is, counted
   * from 0, or null while they are shown together.
   */
  readonly chosenIterations?: Readonly<Record<string, number | null>>;
  readonly status: 'running' | 'stopped' | 'succeeded' | 'failed' | 'timedOut' | 'aborted';
}

export interface StateView {
  readonly status: StateStatus;
  /** How often the state was entered, over all branches and iterations. */
  readonly entered: number;
  /** Attempts of the latest visit; more than 1 means that it was retried. */
  readonly attempts: number;
  /** Virtual milliseconds of the latest visit; absent while it runs. */
  readonly duration?: number;
  /** For Map states: iterations by outcome. */
  readonly iterations?: Iterations;
  /** Name of the error that failed it or was caught. */
  readonly error?: string;
}

export type StateStatus = 'running' | 'waiting' | 'retrying' | 'succeeded' | 'caught' | 'failed' | 'aborted';

export interface Iterations {
  readonly total: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
}

export interface CurrentPlace {
  readonly state: string;
  /** Name of the processing stage the debugger stands before: `afterParameters`. */
  readonly stage?: string;
}

const statuses: readonly string[] = [
  'running',
  'waiting',
  'retrying',
  'succeeded',
  'caught',
  'failed',
  'aborted',
];

/** Whether a value from another process is an `ExecutionView`. */
export function isExecutionView(value: unknown): value is ExecutionView {
  if (typeof value !== 'object' || value === null) return false;
  const { sequence, states, taken, status } = value as Partial<Record<keyof ExecutionView, unknown>>;
  return (
    typeof sequence === 'number' &&
    typeof status === 'string' &&
    isRecord(taken, count => typeof count === 'number') &&
    isRecord(states, state => {
      const { status: stateStatus, entered } = state as Partial<Record<keyof StateView, unknown>>;
      return typeof stateStatus === 'string' && statuses.includes(stateStatus) && typeof entered === 'number';
    })
  );
}

function isRecord(value: unknown, accepts: (member: unknown) => boolean): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(member => member !== null && member !== undefined && accepts(member));
}
