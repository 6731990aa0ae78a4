import { analyze, type MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { readMockFile, type MockFile } from '#core/mocking/mockFile.ts';
import { parseJson } from '#core/syntax/json.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { lineMap } from '#core/text/lineMap.ts';
import { formatOf } from '#core/text/source.ts';
import { begin } from '#interpreter/begin.ts';
import { compile } from '#interpreter/compile.ts';
import type { SyncHost } from '#interpreter/host.ts';
import { mockHost } from '#interpreter/mockHost.ts';
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
  const machine = await readMachine(args, files);
  const input = await readInput(args, files);
  const compiled = compile(machine.machine);
  if (compiled.kind === 'refused') {
    const { lines } = machine.analysis;
    const problems = compiled.problems
      .slice(0, 5)
      .map(problem => `line ${lines.positionAt(problem.start).line + 1}: ${problem.message}`);
    throw new Refusal(`The state machine cannot run. ${problems.join(' ')}`);
  }
  const { snapshot, event } = begin(compiled.program, {
    input,
    stateMachineName: machineName(args),
    ...(args.executionName !== undefined && { name: args.executionName }),
    ...(args.seed !== undefined && { seed: args.seed }),
    ...(args.startTime !== undefined && { startTime: readTime(args.startTime) }),
    ...(args.context !== undefined && { context: readContext(args.context) }),
    ...(machine.workflowType && { type: machine.workflowType }),
  });
  return {
    machine,
    recording: new Recording(compiled.program, snapshot, [event]),
    mocks: await readMocks(args, files),
  };
}

async function readMachine(
  { program, stateMachine }: LaunchArguments,
  files: Files,
): Promise<MachineAnalysis> {
  const text = await read(files, program, 'The state machine');
  const role = /\.asl(\.(json|ya?ml))?$/i.test(program) ? 'definition' : 'other';
  const analysis = analyze({ uri: program, version: 0, format: formatOf(program), text, role });
  const problem = analysis.syntax.problems.find(
    ({ code }) => code !== 'comment' && code !== 'trailing-comma',
  );
  if (problem) {
    throw new Refusal(
      `${program}, line ${analysis.lines.positionAt(problem.start).line + 1}: ${problem.message}`,
    );
  }
  const machine =
    stateMachine === undefined
      ? analysis.machines[0]
      : analysis.machines.find(({ site }) => site.name === stateMachine);
  if (machine) return machine;
  const names = analysis.machines.flatMap(({ site }) => site.name ?? []);
  throw new Refusal(
    stateMachine === undefined
      ? `${program} holds no state machine definition.`
      : `${program} holds no state machine named '${stateMachine}'. It holds: ${names.join(', ') || 'none'}.`,
  );
}

async function readInput({ input, inputFile }: LaunchArguments, files: Files): Promise<Json> {
  if (inputFile === undefined) return input === undefined ? {} : (input as Json);
  return parsedJson(await read(files, inputFile, 'The input file'), inputFile);
}

/** JSON of a file; a mistake in it is told with its line. */
function parsedJson(text: string, path: string): Json {
  const tree = parseJson({ text });
  const [problem] = tree.problems;
  if (problem)
    throw new Refusal(
      `${path}, line ${lineMap(text).positionAt(problem.start).line + 1}: ${problem.message}`,
    );
  return tree.root ? toJson(tree.root) : {};
}

async function readMocks(args: LaunchArguments, files: Files): Promise<SyncHost | undefined> {
  if (args.mockFile === undefined) {
    if (args.testCase !== undefined)
      throw new Refusal(`The test case '${args.testCase}' needs a mock file: set "mockFile".`);
    return undefined;
  }
  if (args.testCase === undefined) throw new Refusal('The mock file needs a test case: set "testCase".');
  const text = await read(files, args.mockFile, 'The mock file');
  const tree = parseJson({ text });
  const file: MockFile = readMockFile(tree.root);
  const problem = tree.problems[0] ?? file.problems.find(({ severity }) => severity === 'error');
  if (problem)
    throw new Refusal(
      `${args.mockFile}, line ${lineMap(text).positionAt(problem.start).line + 1}: ${problem.message}`,
    );
  const mocked = mockHost(file, machineName(args), args.testCase);
  if (mocked.kind === 'refused') throw new Refusal(`${args.mockFile}: ${mocked.reason}`);
  return mocked.host;
}

async function read(files: Files, path: string, what: string): Promise<string> {
  try {
    return await files.read(path);
  } catch (error) {
    throw new Refusal(`${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** In a mock file, a state machine goes by its name in the template or else by that of its file, without endings. */
export function machineName({
  program,
  stateMachine,
}: Pick<LaunchArguments, 'program' | 'stateMachine'>): string {
  return (
    stateMachine ??
    (program.split(/[\\/]/).at(-1) ?? program).replace(/\.(asl\.json|asl\.ya?ml|asl|json|ya?ml)$/i, '')
  );
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
