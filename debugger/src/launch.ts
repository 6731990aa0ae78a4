import type { Json, JsonObject } from '#core/json.ts';
import { inspect } from '#core/analysis/inspect.ts';
import { say, type Message } from '#core/text/message.ts';
import { formatOf } from '#core/text/source.ts';
import { begin } from '#interpreter/begin.ts';
import { findCallees } from '#interpreter/callees.ts';
import { mockedName } from '#core/mocking/mockedName.ts';
import { prepareJson, prepareMachine, type Prepared, type TextFile } from '#interpreter/prepare.ts';
import { Refusal } from './connection.ts';
import { definitionOf, type Definition } from './definition.ts';
import type { Files } from './files.ts';
import { mocksOf, type Mocks } from './mocks.ts';
import { Recording } from './recording.ts';
import { replayOf, type Replay } from './replay.ts';
import { anything, boolean, integer, object, oneOf, optional, string, type Shaped } from './shape.ts';
import { readPace, World } from './world.ts';

/** What a launch configuration may say; docs/debugging.md and package.json describe the same. */
export const launchShape = object({
  program: string,
  stateMachine: optional(string),
  /** Which definition of the file, from 0; code lenses count so. */
  machine: optional(integer),
  input: anything,
  inputFile: optional(string),
  mockFile: optional(string),
  testCase: optional(string),
  unmocked: optional(oneOf('ask', 'fail')),
  time: anything,
  buckets: anything,
  stateMachines: anything,
  /** Not for users: what the client has found in its workspace, by name. */
  workspaceStateMachines: anything,
  stopOnEntry: optional(boolean),
  stopAtEnd: optional(boolean),
  noDebug: optional(boolean),
  maxThreads: optional(integer),
  revealSecrets: optional(boolean),
  executionName: optional(string),
  startTime: optional(string),
  seed: optional(integer),
  context: anything,
});

/** What a configuration may say that replays a recorded execution. */
export const attachShape = object({
  program: string,
  history: string,
  stateMachine: optional(string),
  mockFile: optional(string),
  testCase: optional(string),
  unmocked: optional(oneOf('ask', 'fail')),
  buckets: anything,
  stateMachines: anything,
  workspaceStateMachines: anything,
  stopOnEntry: optional(boolean),
  stopAtEnd: optional(boolean),
  maxThreads: optional(integer),
  revealSecrets: optional(boolean),
  executionName: optional(string),
  context: anything,
});

export type LaunchArguments = Shaped<typeof launchShape>;
export type AttachArguments = Shaped<typeof attachShape>;

/** A definition and everything it needs to run. */
export interface Launched {
  readonly recording: Recording;
  readonly world: World;
  readonly mocks: Mocks | undefined;
  /** Of an execution that is replayed from its history. */
  readonly replay: Replay | undefined;
  /** The files that take part, for the list of loaded sources. */
  readonly files: readonly string[];
  /** How mock files call the state machine. */
  readonly machineName: string;
}

interface Surroundings {
  readonly files: Files;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Reads what the configuration names and begins the execution; throws a `Refusal` that says what is wrong and where. */
export async function launch(args: LaunchArguments, around: Surroundings): Promise<Launched> {
  const definition = await readDefinition(args, around.files);
  const machineName = mockedName(args.program, args.stateMachine ?? definition.main.analysis.site.name);
  const mocks = await readMocks(args, machineName, around.files);
  const { snapshot, event } = begin(definition.program, {
    input: await readInput(args, around.files),
    stateMachineName: machineName,
    ...(args.executionName !== undefined && { name: args.executionName }),
    ...(args.seed !== undefined && { seed: args.seed }),
    ...(args.startTime !== undefined && { startTime: readTime(args.startTime) }),
    ...(args.context !== undefined && args.context !== null && { context: readContext(args.context) }),
    ...(definition.main.analysis.workflowType && { type: definition.main.analysis.workflowType }),
  });
  return {
    recording: new Recording(definition, snapshot, [event]),
    world: new World({
      mocks,
      recorded: undefined,
      unmocked: args.unmocked ?? 'ask',
      pace: readPace(args.time),
      buckets: readBuckets(args.buckets),
      ...around,
    }),
    mocks,
    replay: undefined,
    files: present(...definition.machines.map(({ path }) => path), args.mockFile, args.inputFile),
    machineName,
  };
}

/** Reads a recorded history with its definition, and begins an execution that follows it. */
export async function attach(args: AttachArguments, around: Surroundings): Promise<Launched> {
  const definition = await readDefinition(args, around.files);
  const machineName = mockedName(args.program, args.stateMachine ?? definition.main.analysis.site.name);
  const mocks = await readMocks(args, machineName, around.files);
  const history = await read(around.files, args.history, why => say`The history cannot be read: ${why}`);
  const prepared = replayOf(orRefuse(prepareJson(history)), definition.program);
  if (prepared.kind === 'refused') throw new Refusal(say`${args.history}: ${prepared.reason}`);
  const replay = prepared.value;
  const { snapshot, event } = begin(definition.program, {
    ...replay.start,
    stateMachineName: machineName,
    ...(args.executionName !== undefined && { name: args.executionName }),
    ...(args.context !== undefined && args.context !== null && { context: readContext(args.context) }),
  });
  return {
    recording: new Recording(definition, snapshot, [event]),
    world: new World({
      mocks,
      recorded: replay,
      unmocked: args.unmocked ?? 'ask',
      pace: { kind: 'virtual' },
      buckets: readBuckets(args.buckets),
      ...around,
    }),
    mocks,
    replay,
    files: present(...definition.machines.map(({ path }) => path), args.mockFile, args.history),
    machineName,
  };
}

/** Reads the definition; throws a `Refusal` where it cannot run. */
export async function readDefinition(
  args: {
    readonly program: string;
    readonly stateMachine?: string | undefined;
    readonly machine?: number | undefined;
    readonly stateMachines?: unknown;
    readonly workspaceStateMachines?: unknown;
  },
  files: Files,
): Promise<Definition> {
  const file = await read(files, args.program, why => say`The state machine cannot be read: ${why}`);
  const name = args.stateMachine ?? nameAt(file, args.machine ?? 0);
  const main = { path: args.program, stateMachine: name, ...orRefuse(prepareMachine(file, name)) };
  const known = {
    named: readStateMachines(args.stateMachines),
    namedIn: '"stateMachines"',
    inWorkspace: readStateMachines(args.workspaceStateMachines),
  };
  return definitionOf(main, orRefuse(await findCallees(main, known, path => files.read(path))));
}

/** The name of the n-th definition of a template. */
function nameAt({ path, text }: TextFile, index: number): string | undefined {
  if (index === 0) return undefined;
  const { machines } = inspect({ uri: path, version: 0, format: formatOf(path), text, role: 'other' });
  return machines[index]?.site.name;
}

async function readInput({ input, inputFile }: LaunchArguments, files: Files): Promise<Json> {
  if (inputFile === undefined) return input === undefined ? {} : (input as Json);
  return orRefuse(
    prepareJson(await read(files, inputFile, why => say`The input file cannot be read: ${why}`)),
  );
}

async function readMocks(
  args: Pick<LaunchArguments, 'mockFile' | 'testCase'>,
  machineName: string,
  files: Files,
): Promise<Mocks | undefined> {
  if (args.mockFile === undefined) {
    if (args.testCase !== undefined)
      throw new Refusal(say`The test case '${args.testCase}' needs a mock file: set "mockFile".`);
    return undefined;
  }
  if (args.testCase === undefined) throw new Refusal(say`The mock file needs a test case: set "testCase".`);
  const file = await read(files, args.mockFile, why => say`The mock file cannot be read: ${why}`);
  return mocksOf(file, machineName, args.testCase);
}

async function read(files: Files, path: string, unreadable: (why: string) => Message): Promise<TextFile> {
  try {
    return { path, text: await files.read(path) };
  } catch (error) {
    throw new Refusal(unreadable(error instanceof Error ? error.message : String(error)));
  }
}

function orRefuse<T>(prepared: Prepared<T>): T {
  if (prepared.kind === 'refused') throw new Refusal(prepared.reason);
  return prepared.value;
}

function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new Refusal(say`"startTime" must be a timestamp such as 2026-01-31T12:00:00Z, not '${text}'.`);
  return time;
}

function readContext(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(say`"context" must be an object.`);
  return value as JsonObject;
}

function readBuckets(value: unknown): Readonly<Record<string, string>> {
  return readTexts(value, say`"buckets" must name a folder for each bucket: {"my-bucket": "./data"}.`);
}

function readStateMachines(value: unknown): Readonly<Record<string, string>> {
  return readTexts(
    value,
    say`"stateMachines" must name a file for each state machine that is started: {"Shipping": "./shipping.asl.json"}.`,
  );
}

function readTexts(value: unknown, refusal: Message): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  const isRecord =
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every(member => typeof member === 'string');
  if (!isRecord) throw new Refusal(refusal);
  return value as Readonly<Record<string, string>>;
}

function present(...files: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(files)].filter(file => file !== undefined);
}
