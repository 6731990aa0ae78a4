import type { Json } from '#core/json.ts';
import { answerFor, readMockFile, type MockedAnswer, type MockFile } from '#core/mocking/mockFile.ts';
import { parseJson } from '#core/syntax/json.ts';
import { lineMap } from '#core/text/lineMap.ts';
import { say } from '#core/text/message.ts';
import type { Answer } from '#interpreter/host.ts';
import { mockHost } from '#interpreter/mockHost.ts';
import type { TextFile } from '#interpreter/prepare.ts';
import type { TaskRequest } from '#interpreter/request.ts';
import type { MockSource } from './breakpoints.ts';
import { Refusal } from './connection.ts';

/** A test case of a mock file: it answers the tasks it lists, and says where each answer stands. */
export interface Mocks {
  readonly source: MockSource;
  /** Nothing for a state that the test case does not list. */
  answer(request: TaskRequest): Answer | undefined;
  /** The answer that would be served, with its place in the file. */
  place(request: TaskRequest): MockedAnswer | undefined;
}

/** Reads a mock file for one of its test cases; throws a `Refusal` that says what is wrong and where. */
export function mocksOf(file: TextFile, machineName: string, caseName: string): Mocks {
  const tree = parseJson(file);
  const mocks = readMockFile(tree.root);
  const problem = tree.problems[0] ?? mocks.problems.find(({ severity }) => severity === 'error');
  if (problem) {
    const line = lineMap(file.text).positionAt(problem.start).line + 1;
    throw new Refusal(say`${file.path}, line ${line}: ${problem.message}`);
  }
  let isUnmocked = false;
  const mocked = mockHost(mocks, machineName, caseName, () => {
    isUnmocked = true;
    return { kind: 'silent' };
  });
  if (mocked.kind === 'refused') throw new Refusal(say`${file.path}: ${mocked.reason}`);
  const { host } = mocked;
  return {
    source: { ...file, answers: mocks.responses.flatMap(({ answers }) => answers) },
    answer(request) {
      isUnmocked = false;
      const answer = host.call(request);
      return isUnmocked ? undefined : answer;
    },
    place: request => placeOf(mocks, machineName, caseName, request),
  };
}

function placeOf(
  { machines, responses }: MockFile,
  machineName: string,
  caseName: string,
  request: TaskRequest,
): MockedAnswer | undefined {
  const testCase = machines
    .find(({ name }) => name === machineName)
    ?.testCases.find(({ name }) => name === caseName);
  const state = testCase?.states.find(({ stateName }) => stateName === request.stateName);
  const response = state && responses.find(({ name }) => name === state.responseName.value);
  return response && answerFor(response, request.invocation);
}

/** What a task was answered in an execution, for a mock file. */
export interface Call {
  readonly stateName: string;
  readonly answer:
    | { readonly kind: 'succeeded'; readonly output: Json }
    | { readonly kind: 'failed'; readonly error: string | undefined; readonly cause: string | undefined };
}

/** A mock file with one test case that answers as an execution was answered; calls are in their order. */
export function mockFileFrom(calls: readonly Call[], machineName: string, caseName: string): Json {
  const byState = new Map<string, Json[]>();
  for (const { stateName, answer } of calls) {
    const answers = byState.get(stateName) ?? [];
    byState.set(stateName, answers);
    answers.push(
      answer.kind === 'succeeded'
        ? { Return: answer.output }
        : { Throw: { Error: answer.error ?? 'Unknown', Cause: answer.cause ?? '' } },
    );
  }
  const testCase: Record<string, Json> = {};
  const responses: Record<string, Json> = {};
  for (const [stateName, answers] of byState) {
    const responseName = `${caseName} ${stateName}`.replaceAll(/[^\w-]+/g, '-');
    testCase[stateName] = responseName;
    responses[responseName] = numbered(answers);
  }
  return {
    StateMachines: { [machineName]: { TestCases: { [caseName]: testCase } } },
    MockedResponses: responses,
  };
}

/** `{"0-2": …, "3": …}`: the same answer to several calls is written once. */
function numbered(answers: readonly Json[]): Json {
  const response: Record<string, Json> = {};
  for (let first = 0; first < answers.length;) {
    const answer = answers[first] ?? null;
    const text = JSON.stringify(answer);
    let last = first;
    while (last + 1 < answers.length && JSON.stringify(answers[last + 1]) === text) last++;
    response[first === last ? String(first) : `${first}-${last}`] = answer;
    first = last + 1;
  }
  return response;
}
