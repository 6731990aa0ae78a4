import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { begin } from '#interpreter/begin.ts';
import type { SyncHost } from '#interpreter/host.ts';
import {
  mockedName,
  prepareJson,
  prepareMachine,
  prepareMocks,
  type Prepared,
  type TextFile,
} from '#interpreter/prepare.ts';
import { Refusal } from './connection.ts';
import type { Files } from './files.ts';
import { Recording } from './recording.ts';
import { anything, boolean, integer, object, oneOf, optional, string, type Shaped } from './shape.ts';

/** What a launch configuration may say; docs/debugging.md and package.json describe the same. */
export const launchShape = object({
  program: string,
  stateMachine: optional(string),
  input: anything,
  inputFile: optional(string),
  mockFile: optional(string),
  testCase: optional(string),
  unmocked: optional(oneOf('ask', 'fail')),
  stopOnEntry: optional(boolean),
  noDebug: optional(boolean),
  executionName: optional(string),
  startTime: optional(string),
  seed: optional(integer),
  context: anything,
});

export type LaunchArguments = Shaped<typeof launchShape>;

/** A definition and everything it needs to run. */
export interface Launched {
  readonly machine: MachineAnalysis;
  readonly recording: Recording;
  /** Answers of the test case; none where tasks are asked for or fail. */
  readonly mocks: SyncHost | undefined;
}

/** Reads what the configuration names and begins the execution; throws a `Refusal` that says what is wrong and where. */
export async function launch(args: LaunchArguments, files: Files): Promise<Launched> {
  const definition = await read(files, args.program, 'The state machine');
  const { machine, program } = orRefuse(prepareMachine(definition, args.stateMachine));
  const { snapshot, event } = begin(program, {
    input: await readInput(args, files),
    stateMachineName: mockedName(args.program, args.stateMachine),
    ...(args.executionName !== undefined && { name: args.executionName }),
    ...(args.seed !== undefined && { seed: args.seed }),
    ...(args.startTime !== undefined && { startTime: readTime(args.startTime) }),
    ...(args.context !== undefined && { context: readContext(args.context) }),
    ...(machine.workflowType && { type: machine.workflowType }),
  });
  return {
    machine,
    recording: new Recording(program, snapshot, [event]),
    mocks: await readMocks(args, files),
  };
}

async function readInput({ input, inputFile }: LaunchArguments, files: Files): Promise<Json> {
  if (inputFile === undefined) return input === undefined ? {} : (input as Json);
  return orRefuse(prepareJson(await read(files, inputFile, 'The input file')));
}

async function readMocks(args: LaunchArguments, files: Files): Promise<SyncHost | undefined> {
  if (args.mockFile === undefined) {
    if (args.testCase !== undefined)
      throw new Refusal(`The test case '${args.testCase}' needs a mock file: set "mockFile".`);
    return undefined;
  }
  if (args.testCase === undefined) throw new Refusal('The mock file needs a test case: set "testCase".');
  const file = await read(files, args.mockFile, 'The mock file');
  return orRefuse(prepareMocks(file, mockedName(args.program, args.stateMachine), args.testCase));
}

async function read(files: Files, path: string, what: string): Promise<TextFile> {
  try {
    return { path, text: await files.read(path) };
  } catch (error) {
    throw new Refusal(`${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function orRefuse<T>(prepared: Prepared<T>): T {
  if (prepared.kind === 'refused') throw new Refusal(prepared.reason);
  return prepared.value;
}

function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new Refusal(`"startTime" must be a timestamp such as 2026-01-31T12:00:00Z, not '${text}'.`);
  return time;
}

function readContext(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal('"context" must be an object.');
  return value as JsonObject;
}
