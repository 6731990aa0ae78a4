import type { Json } from '#core/json.ts';
import { propertyOf, type ObjectNode, type PropertyNode, type SyntaxNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { say, type Message } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';

/**
 * A test file (`*.asltest.json`): inputs and expectations for the test cases of a mock file, which has
 * no place for them. Paths in it are relative to its folder.
 */
export interface TestFile {
  readonly definition: string;
  /** Which state machine of a template. */
  readonly stateMachine: string | undefined;
  readonly mockFile: string | undefined;
  readonly tests: readonly ExecutionTest[];
  readonly problems: readonly TestFileProblem[];
}

export interface ExecutionTest {
  readonly name: string;
  readonly testCase: string | undefined;
  /** The input itself, or the file that holds it; neither stands for `{}`. */
  readonly input: Json | undefined;
  readonly inputFile: string | undefined;
  readonly expect: Expectation;
}

/** What must be true of the execution's end; what is absent is not looked at. */
export interface Expectation {
  readonly status: string | undefined;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Names of the states that were entered, in their order; without those of machines that tasks started. */
  readonly states: readonly string[] | undefined;
}

export interface TestFileProblem extends Span {
  readonly message: Message;
}

const statuses: readonly string[] = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

/** Reads a test file. Never fails: what is wrong is absent here, and a problem beside it. */
export function readTestFile(root: SyntaxNode | undefined): TestFile {
  const problems: TestFileProblem[] = [];
  const report = ({ start, end }: Span, message: Message): void => {
    problems.push({ start, end, message });
  };
  const knownOnly = (node: ObjectNode, names: readonly string[]): void => {
    for (const { key } of node.properties) {
      if (!names.includes(key.value))
        report(key, say`There is no field '${key.value}' here. There are ${names.join(', ')}.`);
    }
  };
  const text = (node: ObjectNode, name: string): string | undefined => {
    const value = propertyOf(node, name)?.value;
    if (value && value.kind !== 'string') report(value, say`'${name}' must be a string.`);
    return value?.kind === 'string' ? value.value : undefined;
  };
  const expectation = (node: ObjectNode): Expectation => {
    knownOnly(node, ['status', 'output', 'error', 'cause', 'states']);
    const status = text(node, 'status');
    if (status !== undefined && !statuses.includes(status))
      report(propertyOf(node, 'status')?.value ?? node, say`'status' must be one of ${statuses.join(', ')}.`);
    const output = propertyOf(node, 'output')?.value;
    const states = propertyOf(node, 'states')?.value;
    const names =
      states?.kind === 'array'
        ? states.items.map(item => (item.kind === 'string' ? item.value : undefined))
        : undefined;
    if (states && !names?.every(name => name !== undefined))
      report(states, say`'states' must be a list of names of states.`);
    return {
      status,
      output: output && toJson(output),
      error: text(node, 'error'),
      cause: text(node, 'cause'),
      states: names?.flatMap(name => name ?? []),
    };
  };
  const executionTest = ({ key, value }: PropertyNode): ExecutionTest[] => {
    if (value?.kind !== 'object') {
      report(value ?? key, say`The test '${key.value}' must be an object.`);
      return [];
    }
    knownOnly(value, ['testCase', 'input', 'inputFile', 'expect']);
    const expected = propertyOf(value, 'expect')?.value;
    if (expected?.kind !== 'object' || expected.properties.length === 0) {
      report(expected ?? key, say`The test '${key.value}' must say what to expect.`);
      return [];
    }
    const input = propertyOf(value, 'input')?.value;
    const inputFile = text(value, 'inputFile');
    if (input && inputFile !== undefined) report(input, say`Give either 'input' or 'inputFile'.`);
    return [
      {
        name: key.value,
        testCase: text(value, 'testCase'),
        input: input && toJson(input),
        inputFile,
        expect: expectation(expected),
      },
    ];
  };

  if (root?.kind !== 'object') {
    report(root ?? { start: 0, end: 0 }, say`A test file is an object with 'definition' and 'tests'.`);
    return { definition: '', stateMachine: undefined, mockFile: undefined, tests: [], problems };
  }
  knownOnly(root, ['definition', 'stateMachine', 'mockFile', 'tests', '$schema']);
  const definition = text(root, 'definition');
  if (definition === undefined) report(root, say`The file has no 'definition'.`);
  const tests = propertyOf(root, 'tests')?.value;
  if (tests?.kind !== 'object') report(tests ?? root, say`The file has no 'tests'.`);
  return {
    definition: definition ?? '',
    stateMachine: text(root, 'stateMachine'),
    mockFile: text(root, 'mockFile'),
    tests: tests?.kind === 'object' ? tests.properties.flatMap(executionTest) : [],
    problems,
  };
}
