import type { Json, JsonObject } from '#core/json.ts';
import { randomFrom, uuid } from './random.ts';
import type { Program } from './program.ts';
import type { EventRecord } from './history/eventRecord.ts';
import type { Execution, Instant, Quotas, Snapshot, Strand } from './snapshot.ts';

/** How an execution begins. Everything but the input has a default that suits a local run. */
export interface Start {
  /** `{}` where none is given. */
  readonly input?: Json;
  readonly name?: string;
  readonly stateMachineName?: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Virtual time at the start, in milliseconds since 1970. */
  readonly startTime?: Instant;
  readonly roleArn?: string;
  readonly region?: string;
  readonly accountId?: string;
  /** The same seed gives the same ids, jitter and random values. */
  readonly seed?: number;
  /** Laid over the Context Object, name by name. */
  readonly context?: JsonObject;
  readonly quotas?: Partial<Quotas>;
}

/** How long AWS lets an execution run. */
export const longestSeconds = { STANDARD: 31_536_000, EXPRESS: 300 } as const;

export const awsQuotas: Quotas = {
  payloadBytes: 262_144,
  variablesBytes: 10_485_760,
  historyEvents: 25_000,
};

/** No limits; finite numbers, so that they survive JSON. */
export const unlimited: Quotas = {
  payloadBytes: Number.MAX_SAFE_INTEGER,
  variablesBytes: Number.MAX_SAFE_INTEGER,
  historyEvents: Number.MAX_SAFE_INTEGER,
};

/** An execution before its first state, and the event that it has started. */
export function begin(
  program: Program,
  start: Start = {},
): { readonly snapshot: Snapshot; readonly event: EventRecord } {
  const input = start.input === undefined ? {} : start.input;
  const execution = executionOf(program, start, input);
  const root = program.scopes.get('');
  if (!root) throw new Error('bug: the program has no root');
  const strand: Strand = {
    id: 0,
    path: '',
    kind: 'execution',
    index: 0,
    execution: 0,
    parent: undefined,
    scope: '',
    state: root.startAt.pointer,
    stage: 0,
    status: 'ready',
    input,
    data: input,
    result: undefined,
    variables: {},
    outerVariables: {},
    assigned: undefined,
    enteredTime: execution.startTime,
    enteredEvent: 0,
    beforeEntered: 0,
    // The first state's event follows event 0, as the start of the execution itself does.
    lastEvent: 0,
    retryCount: 0,
    retries: undefined,
    token: undefined,
    error: undefined,
    chosen: undefined,
    waiting: undefined,
    fork: undefined,
    item: undefined,
  };
  const snapshot: Snapshot = {
    now: execution.startTime,
    executions: [[execution]],
    strands: [[strand]],
    free: [],
    ready: [0],
    random: (start.seed ?? 1) | 0,
    requests: 0,
    invocations: {},
    quotas: { ...awsQuotas, ...start.quotas },
  };
  const event: EventRecord = {
    type: 'ExecutionStarted',
    id: 1,
    previousEventId: 0,
    time: execution.startTime,
    execution: 0,
    name: undefined,
    data: undefined,
    details: { input, roleArn: execution.roleArn },
  };
  return { snapshot, event };
}

function executionOf(program: Program, start: Start, input: Json): Execution {
  const {
    name = 'local',
    stateMachineName = 'StateMachine',
    type = 'STANDARD',
    startTime = Date.UTC(2025, 0, 1),
    region = 'us-east-1',
    accountId = '123456789012',
    roleArn = `arn:aws:iam::${accountId}:role/StepFunctionsRole`,
  } = start;
  const arn = (kind: string, rest: string): string => `arn:aws:states:${region}:${accountId}:${kind}:${rest}`;
  const { timeoutSeconds } = program;
  return {
    arn:
      type === 'EXPRESS'
        ? arn('express', `${stateMachineName}:${name}:${uuid(randomFrom(start.seed ?? 1))}`)
        : arn('execution', `${stateMachineName}:${name}`),
    name,
    type,
    input,
    roleArn,
    region,
    accountId,
    stateMachineArn: arn('stateMachine', stateMachineName),
    stateMachineName,
    startTime,
    deadline: startTime + Math.min(timeoutSeconds ?? Infinity, longestSeconds[type]) * 1000,
    redriveCount: 0,
    lastEvent: 1,
    context: start.context,
    outcome: undefined,
  };
}
