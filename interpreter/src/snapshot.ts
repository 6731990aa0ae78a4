import type { Json, JsonObject } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { ReaderConfig } from './items/readItems.ts';
import type { Request } from './request.ts';
import type { StatesError } from './statesError.ts';
import type { Table } from './table.ts';

/**
 * An execution at one moment: a value of plain JSON that never changes.
 *
 * Keep a snapshot and you have the past: `advance` and `deliver` give new ones and share what is the
 * same. `JSON.parse(JSON.stringify(snapshot))` continues exactly as `snapshot` does. The history is not
 * in here: each step hands out its events, and a snapshot only knows how many there were.
 */
export interface Snapshot {
  /** Virtual time. Moves only when a driver delivers a later time. */
  readonly now: Instant;
  /** The execution itself at 0; behind it those of distributed Maps and of machines that tasks start. */
  readonly executions: Table<Execution>;
  /** By id; `null` where a strand has ended, so that its place can be used again. */
  readonly strands: Table<Strand | null>;
  /** Ids of ended strands whose place is free. */
  readonly free: readonly StrandId[];
  /** The strands that can go on, in the order in which they will. */
  readonly ready: readonly StrandId[];
  /** State of the random generator: jitter, ids and random functions draw from it. */
  readonly random: number;
  /** Requests made so far; gives the next one its id. */
  readonly requests: number;
  /** How often the tasks of a state were called, by the state's name, over all strands; see `invocationKey`. */
  readonly invocations: { readonly [stateName: string]: number };
  readonly quotas: Quotas;
}

/** Milliseconds since 1970, in virtual time. */
export type Instant = number;

/** Place of a strand in `Snapshot.strands`; used again when the strand has ended. */
export type StrandId = number;

/**
 * Where a strand runs; the same whenever the same definition runs: `''` is the top level,
 * `/States/Fan/Branches/1` a Parallel branch, `/States/Each/ItemProcessor[3]` the fourth iteration of a
 * Map, `/States/Each/ItemProcessor[3]/States/Fan/Branches/0` a branch inside it, and
 * `/States/Call/Execution[2]` the third execution that a task has started.
 */
export type StrandPath = string;

/** The limits AWS sets. `unlimited` is for measuring and for data that AWS would refuse. */
export interface Quotas {
  /** Largest payload in bytes of UTF-8; 262,144 on AWS. */
  readonly payloadBytes: number;
  /** Largest size of all variables that a state can see; 10 MiB on AWS. One Assign is a payload. */
  readonly variablesBytes: number;
  /** Largest number of events in a history of a Standard execution; 25,000 on AWS. */
  readonly historyEvents: number;
}

/** One execution: the one that was begun, a child of a distributed Map, or one that a task has started. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly input: Json;
  /** `null` in a state that is tested without a role. */
  readonly roleArn: string | null;
  readonly region: string;
  readonly accountId: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  /** Of what a task started, its distributed Maps included: the machine, by the pointer of its root. */
  readonly machine?: Pointer | undefined;
  readonly startTime: Instant;
  readonly stopTime?: Instant | undefined;
  /** Of a child of a distributed Map: its Map Run, and its place among the children. */
  readonly mapRunArn?: string | undefined;
  readonly mapIndex?: number | undefined;
  /** When `TimeoutSeconds` of the state machine is over, or the time AWS gives to any execution. */
  readonly deadline: Instant;
  readonly redriveCount: number;
  /** Id of the newest event of its history. */
  readonly lastEvent: number;
  /** Values laid over the Context Object. */
  readonly context?: JsonObject | undefined;
  readonly outcome?: Outcome | undefined;
}

/** How an execution ended. */
export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | ({ readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED' } & StatesError);

/**
 * One line of control: the top level, a Parallel branch, a Map iteration, a child execution of a
 * distributed Map, or the execution of another state machine that a task has started.
 */
export interface Strand {
  readonly id: StrandId;
  readonly path: StrandPath;
  readonly kind: 'execution' | 'branch' | 'iteration' | 'child' | 'workflow';
  /** Which branch or iteration; 0 for the top level. */
  readonly index: number;
  /** Index in `Snapshot.executions`. */
  readonly execution: number;
  /** The strand whose Parallel or Map state this one runs in. */
  readonly parent?: StrandId | undefined;
  readonly scope: Pointer;
  /** The state it is in. */
  readonly state: Pointer;
  /** Which of the state's stages comes next; `stageOf` tells its name. */
  readonly stage: number;
  readonly status: 'ready' | 'awaiting' | 'forked';
  /** Raw input of the state. */
  readonly input: Json;
  /** The data on its way through the stages: input, effective input, result, output. */
  readonly data: Json;
  /** Raw result, or the error output while a Catcher is at work. */
  readonly result?: Json | undefined;
  /** Visible variables: its own and those of the strands around it. */
  readonly variables: JsonObject;
  /** The variables of the strands around it. */
  readonly outerVariables: JsonObject;
  /** What Assign made; visible from the next state on. */
  readonly assigned?: JsonObject | undefined;
  readonly enteredTime: Instant;
  /** Id of the event that recorded the entering. */
  readonly enteredEvent: number;
  /** Id of the event before that one. */
  readonly beforeEntered: number;
  /** Id of the newest event of this strand: the `previousEventId` of the next. */
  readonly lastEvent: number;
  /** Retries of this state so far, in all and by Retrier. */
  readonly retryCount: number;
  readonly retries?: readonly number[] | undefined;
  readonly token?: string | undefined;
  /** The error that a Retrier or Catcher is about to handle. */
  readonly error?: StatesError | undefined;
  /** Which Choice Rule or Catcher was chosen; -1 is the Default. */
  readonly chosen?: number | undefined;
  /** What it waits for. */
  readonly waiting?: Request | undefined;
  /** The branches or iterations of the Parallel or Map state it is in. */
  readonly fork?: Fork | undefined;
  /** `$$.Map.Item`, while an ItemSelector is evaluated and inside an inline iteration. */
  readonly item?: JsonObject | undefined;
}

/** Whether an execution begins and ends with the strand. */
export function isRoot({ kind }: Strand): boolean {
  return kind === 'execution' || kind === 'child' || kind === 'workflow';
}

/** The branches or iterations that a strand waits for. */
export interface Fork {
  readonly kind: 'parallel' | 'map' | 'distributed';
  /** Items of a Map, before the ItemSelector; of a Parallel the input of each branch is the same. */
  readonly items: readonly Json[];
  /** Names of the items, if they came from an object. */
  readonly keys?: readonly string[] | undefined;
  /** How many branches, iterations or child executions there are. */
  readonly length: number;
  readonly started: number;
  readonly running: number;
  readonly ended: number;
  /** MaxConcurrency as it was given, and the number that may run at once. */
  readonly maxConcurrency: number;
  readonly concurrency: number;
  readonly results: Table<Json>;
  /** Id of the event that the next iteration follows. */
  readonly after: number;
  /** Where the items come from: `STATE_DATA` or `S3://bucket/key`. */
  readonly source: string;
  readonly run?: MapRun | undefined;
}

/** What is peculiar to a distributed Map. */
export interface MapRun {
  readonly arn: string;
  /** The last part of the ARN; results are written under it. */
  readonly uuid: string;
  /** Name of the state machine of the children: `Machine/Label`. */
  readonly label: string;
  /** Id of the event `MapRunStarted`. */
  readonly startedEvent: number;
  readonly failed: number;
  /** Items of the children that failed, and all items: batches hold several. */
  readonly failedItems: number;
  readonly items: number;
  readonly toleratedCount?: number | undefined;
  readonly toleratedPercentage?: number | undefined;
  /** How many items each child gets, where there is an ItemBatcher. */
  readonly batchSizes?: readonly number[] | undefined;
  readonly maxItems?: number | undefined;
  /** While an ItemReader is at work. */
  readonly reading?: Reading | undefined;
}

/** Files that an ItemReader still has to read. */
export interface Reading {
  readonly bucket: string;
  readonly files: readonly { readonly bucket: string; readonly key: string }[];
  readonly config: ReaderConfig;
  readonly values: readonly Json[];
}
