import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { inspect, rootedAt } from '#core/analysis/inspect.ts';
import type { Json } from '#core/json.ts';
import { readMockFile } from '#core/mocking/mockFile.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { parseJson } from '#core/syntax/json.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { lineMap } from '#core/text/lineMap.ts';
import { say, type Message, type Words } from '#core/text/message.ts';
import { formatOf } from '#core/text/source.ts';
import { compile } from './compile.ts';
import type { Answer, SyncHost } from './host.ts';
import { mockHost } from './mockHost.ts';
import type { Program } from './program.ts';
import type { TaskRequest } from './request.ts';

/** A file that was read; the path is how messages call it. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What could be made of the files of a run, or why not, in words that name file and line. */
export type Prepared<T> =
  { readonly kind: 'ready'; readonly value: T } | { readonly kind: 'refused'; readonly reason: Message };

/** A definition that can run. */
export interface Runnable {
  readonly machine: MachineAnalysis;
  readonly program: Program;
}

/**
 * Makes the definition in a file ready to run. `name` chooses between the definitions of a template;
 * without it the first is taken. `pointer` is for one that others start: what stands before its states'.
 */
export function prepareMachine(
  file: TextFile,
  name: string | undefined,
  pointer: Pointer = '',
): Prepared<Runnable> {
  const found = prepareDefinition(file, name);
  if (found.kind === 'refused') return found;
  const machine = pointer === '' ? found.value : rootedAt(found.value, pointer);
  const compiled = compile(machine.machine);
  if (compiled.kind === 'compiled') return ready({ machine, program: compiled.program });
  const [first, ...others] = compiled.problems;
  if (!first) return refused(say`${file.path} cannot run.`);
  return others.length === 0
    ? refusedAt(file, first)
    : refused(
        say`${file.path}, line ${lineAt(file, first.start)}: ${first.message} (and ${others.length} more)`,
      );
}

/** Finds a definition in a file, whether or not it could run. `name` chooses as for `prepareMachine`. */
export function prepareDefinition(file: TextFile, name: string | undefined): Prepared<MachineAnalysis> {
  const role = /\.asl(\.(json|ya?ml))?$/i.test(file.path) ? 'definition' : 'other';
  const analysis = inspect({
    uri: file.path,
    version: 0,
    format: formatOf(file.path),
    text: file.text,
    role,
  });
  const problem = analysis.syntax.problems.find(
    ({ code }) => code !== 'comment' && code !== 'trailing-comma',
  );
  if (problem) return refusedAt(file, problem);
  const machine =
    name === undefined ? analysis.machines[0] : analysis.machines.find(({ site }) => site.name === name);
  return machine ? ready(machine) : refused(noMachine(file, name, analysis.machines));
}

function noMachine(
  { path, text }: TextFile,
  name: string | undefined,
  machines: readonly MachineAnalysis[],
): Message {
  if (text.trim() === '') return say`${path} is empty.`;
  if (name === undefined) return say`${path} holds no state machine definition.`;
  const names = machines.flatMap(({ site }) => (site.name === undefined ? [] : [`'${site.name}'`]));
  return names.length === 0
    ? say`${path} holds no state machine named '${name}'. It holds none with a name.`
    : say`${path} holds no state machine named '${name}'. It holds ${names.join(', ')}.`;
}

/** Reads JSON, such as an input. An empty file is an empty object. */
export function prepareJson(file: TextFile): Prepared<Json> {
  const tree = parseJson(file);
  const [problem] = tree.problems;
  if (problem) return refusedAt(file, problem);
  return ready(tree.root ? toJson(tree.root) : {});
}

/**
 * Makes a test case of a mock file (format of Step Functions Local) ready to answer the tasks; `unmocked` may
 * answer those of states that it does not list.
 */
export function prepareMocks(
  file: TextFile,
  machineName: string,
  testCase: string,
  unmocked?: (request: TaskRequest) => Answer | undefined,
): Prepared<SyncHost> {
  const tree = parseJson(file);
  const mocks = readMockFile(tree.root);
  const problem = tree.problems[0] ?? mocks.problems.find(({ severity }) => severity === 'error');
  if (problem) return refusedAt(file, problem);
  const mocked = mockHost(mocks, machineName, testCase, unmocked);
  return mocked.kind === 'host' ? ready(mocked.host) : refused(say`${file.path}: ${mocked.reason}`);
}

function ready<T>(value: T): Prepared<T> {
  return { kind: 'ready', value };
}

function refused(reason: Message): { readonly kind: 'refused'; readonly reason: Message } {
  return { kind: 'refused', reason };
}

function refusedAt(
  file: TextFile,
  { start, message }: { readonly start: number; readonly message: Words },
): { readonly kind: 'refused'; readonly reason: Message } {
  return refused(say`${file.path}, line ${lineAt(file, start)}: ${message}`);
}

/** The line of an offset, counted from 1. */
function lineAt({ text }: TextFile, offset: number): number {
  return lineMap(text).positionAt(offset).line + 1;
}
