import { parseArgs } from 'node:util';
import { UsageError, exitCode, type Command, type Io } from '#cli/command.ts';
import { expandFiles } from '#cli/files.ts';
import { linkedMachine, type LinkedMachine } from '#cli/machine.ts';
import { orUsage } from '#cli/options.ts';
import { printable } from '#cli/printable.ts';
import { readTestFile, type ExecutionTest, type TestFile } from '#core/mocking/testFile.ts';
import { parseJson } from '#core/syntax/json.ts';
import { lineMap } from '#core/text/lineMap.ts';
import { inWords } from '#core/text/message.ts';
import { nameOf } from '#interpreter/callees.ts';
import { runToEnd } from '#interpreter/execute.ts';
import { differences } from '#interpreter/expectation.ts';
import type { SyncHost } from '#interpreter/host.ts';
import { prepareJson, prepareMocks } from '#interpreter/prepare.ts';

/** `stepwise test`: runs the tests of test files and tells how executions differ from what is expected. */
export const test: Command = {
  name: 'test',
  summary: 'run the tests of a state machine',
  help: `Usage: stepwise test FILE|FOLDER|GLOB ...

Runs the tests in each FILE (NAME.asltest.json): executions with the inputs, mocked answers and
expectations that it names. docs/mock-files.md describes the format. A folder stands for the test files in it.
A task that starts another state machine runs it, where its definition is at hand and no mock answers: in
the same template, or in a file beside the definition that is called as the state machine.

Exit code: 0 when all tests passed, 1 when one failed, 2 when a file could not be used.
`,
  run: async (args, io) => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    if (positionals.length === 0) throw new UsageError('Name a FILE. See stepwise help test.');
    let passed = 0;
    let failed = 0;
    let unusable = 0;
    const paths = await expandFiles(positionals, [], isTestFileName);
    if (paths.length === 0)
      throw new UsageError(`There are no test files (*.asltest.json) in ${positionals.join(', ')}.`);
    for (const path of paths) {
      try {
        const file = await readFile(path, io);
        const machine = await machineOf(path, file, io);
        io.out(`${path}\n`);
        for (const each of file.tests) {
          const found = await runTest(path, file, machine, each, io);
          if (found.length === 0) passed++;
          else failed++;
          const lines = [
            `  ${found.length === 0 ? '✓' : '✗'} ${each.name}`,
            ...found.map(line => `      ${line}`),
          ];
          io.out(`${printable(lines.join('\n'))}\n`);
        }
      } catch (error) {
        // A file that cannot be used does not keep the tests of the others from being run.
        if (!(error instanceof UsageError)) throw error;
        io.err(`stepwise test: ${printable(error.message)}\n`);
        unusable++;
      }
    }
    if (passed + failed > 0 || unusable === 0) io.out(`${passed} passed, ${failed} failed\n`);
    if (unusable > 0) return exitCode.usage;
    return failed === 0 ? exitCode.ok : exitCode.found;
  },
};

function isTestFileName(name: string): boolean {
  return name.toLowerCase().endsWith('.asltest.json');
}

async function machineOf(path: string, file: TestFile, io: Io): Promise<LinkedMachine> {
  const definition = await beside(path, file.definition, io);
  try {
    return await linkedMachine(definition, file.stateMachine, [], io);
  } catch (error) {
    throw inFile(path, error);
  }
}

/** What went wrong with a file that the test file names, under the name of the test file. */
function inFile(path: string, error: unknown): unknown {
  return error instanceof UsageError ? new UsageError(`${path}: ${error.message}`) : error;
}

async function readFile(path: string, io: Io): Promise<TestFile> {
  const text = await io.read(path);
  const tree = parseJson({ text });
  const file = readTestFile(tree.root);
  const problem = tree.problems[0] ?? file.problems[0];
  if (problem)
    throw new UsageError(
      `${path}, line ${lineMap(text).positionAt(problem.start).line + 1}: ${inWords(problem.message)}`,
    );
  return file;
}

async function runTest(
  path: string,
  file: TestFile,
  machine: LinkedMachine,
  each: ExecutionTest,
  io: Io,
): Promise<readonly string[]> {
  const name = nameOf(machine.main);
  const input =
    each.inputFile === undefined
      ? (each.input ?? {})
      : orUsage(prepareJson(await beside(path, each.inputFile, io)));
  const mocks = await mocksOf(path, file, name, each, machine, io);
  const { workflowType } = machine.main.machine;
  const start = {
    input,
    stateMachineName: name,
    ...(workflowType && { type: workflowType }),
  };
  return differences(runToEnd(machine.program, start, mocks, { maxStages: mostStages }), each.expect);
}

/** A test that runs longer is taken for one that never ends. */
const mostStages = 10_000_000;

async function mocksOf(
  path: string,
  { mockFile }: TestFile,
  machineName: string,
  { testCase, name }: ExecutionTest,
  { beginning }: LinkedMachine,
  io: Io,
): Promise<SyncHost> {
  if (testCase === undefined)
    return {
      call: request =>
        beginning(request) ?? {
          kind: 'failed',
          error: 'States.Runtime',
          cause: `The test '${name}' names no test case that answers the task '${request.stateName}'.`,
        },
    };
  if (mockFile === undefined)
    throw new UsageError(`${path}: the test '${name}' names a test case, but the file no 'mockFile'.`);
  return orUsage(prepareMocks(await beside(path, mockFile, io), machineName, testCase, beginning));
}

/** A file that another file names, relative to its folder. */
async function beside(
  path: string,
  name: string,
  io: Io,
): Promise<{ readonly path: string; readonly text: string }> {
  const folder = path.replace(/[^\\/]*$/, '');
  const found = /^([\\/]|[a-z]:)/i.test(name) ? name : `${folder}${name}`;
  try {
    return { path: found, text: await io.read(found) };
  } catch (error) {
    throw inFile(path, error);
  }
}
