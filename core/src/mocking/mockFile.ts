import type { Json } from '#core/json.ts';
import { parseResource, startsExecution } from '#core/language/services/resource.ts';
import type { State, StateMachine } from '#core/model/stateMachine.ts';
import {
  valueOf,
  type ObjectNode,
  type PropertyNode,
  type StringNode,
  type SyntaxNode,
} from '#core/syntax/node.ts';
import { askIfMeant } from '#core/text/closest.ts';
import { say, type Message } from '#core/text/message.ts';
import { toJson } from '#core/syntax/toJson.ts';

/**
 * A mock file as Step Functions Local reads it (`MockConfigFile.json`): which answers the tasks of a
 * state machine get in each test case.
 *
 * Reading never fails: what is wrong is absent here, and a problem beside it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
 */
export interface MockFile {
  readonly machines: readonly MockedMachine[];
  readonly responses: readonly MockedResponse[];
  readonly problems: readonly MockProblem[];
}

/** An entry of `StateMachines`. */
export interface MockedMachine {
  readonly name: string;
  readonly key: StringNode;
  readonly testCases: readonly MockTestCase[];
}

/** An entry of `TestCases`: names of states, and the response each is given. */
export interface MockTestCase {
  readonly name: string;
  readonly key: StringNode;
  readonly states: readonly MockedState[];
}

export interface MockedState {
  readonly stateName: string;
  readonly key: StringNode;
  readonly responseName: StringNode;
}

/** An entry of `MockedResponses`: what the calls of a state come to, by the number of the call. */
export interface MockedResponse {
  readonly name: string;
  readonly key: StringNode;
  /** In the order of their numbers. */
  readonly answers: readonly MockedAnswer[];
}

/** The answer to the calls `first` to `last`, counted from 0. */
export type MockedAnswer = {
  readonly first: number;
  readonly last: number;
  readonly key: StringNode;
} & (
  | { readonly kind: 'return'; readonly value: Json }
  | { readonly kind: 'throw'; readonly error: string; readonly cause: string }
);

export interface MockProblem {
  readonly code: MockProblemCode;
  readonly severity: 'error' | 'warning';
  readonly message: Message;
  readonly start: number;
  readonly end: number;
}

export type MockProblemCode =
  | 'mock-shape'
  | 'mock-duplicate'
  | 'mock-range'
  | 'mock-gap'
  | 'mock-overlap'
  | 'mock-answer'
  | 'mock-unknown-response'
  | 'mock-unused-response'
  | 'mock-unknown-state'
  | 'mock-not-a-task';

/** Reads a mock file from its syntax tree. */
export function readMockFile(root: SyntaxNode | undefined): MockFile {
  const reader = new Reader();
  const file = reader.object(root, say`A mock file must be an object.`);
  const machines = file ? reader.machines(file) : [];
  const responses = file ? reader.responses(file) : [];
  if (file) reader.checkNames(machines, responses);
  return { machines, responses, problems: reader.problems };
}

/** The answer to a call of a state, if the response has one for that number. */
export function answerFor(response: MockedResponse, invocation: number): MockedAnswer | undefined {
  return response.answers.find(({ first, last }) => first <= invocation && invocation <= last);
}

/**
 * What does not fit between a mock file's cases and the state machine they are for. Where that starts others, their
 * tasks are answered by the same cases, so that a name it does not have may be one of theirs.
 */
export function checkAgainstMachine(mocked: MockedMachine, machine: StateMachine): readonly MockProblem[] {
  const problems: MockProblem[] = [];
  const startsOthers = machine.states.some(isStartingExecution);
  const names = machine.states.map(state => state.name);
  for (const { stateName, key } of mocked.testCases.flatMap(({ states }) => states)) {
    const state = machine.states.find(({ name }) => name === stateName);
    if (!state) {
      const near = names.find(name => name.toLowerCase() === stateName.toLowerCase());
      if (startsOthers && near === undefined) continue;
      const message = say`The state machine has no state named '${stateName}'.`;
      problems.push(problem('mock-unknown-state', key, askIfMeant(message, near)));
    } else if (state.type !== 'Task') {
      problems.push(
        problem(
          'mock-not-a-task',
          key,
          say`'${stateName}' is a ${state.type} state; only Task states are mocked.`,
        ),
      );
    }
  }
  return problems;
}

function isStartingExecution(state: State): boolean {
  const resource = state.type === 'Task' && parseResource(state.resource?.value ?? '');
  return (
    resource &&
    resource.kind === 'optimized' &&
    startsExecution(resource.service.text, resource.action.text, resource.pattern?.text)
  );
}

function problem(
  code: MockProblemCode,
  { start, end }: { readonly start: number; readonly end: number },
  message: Message,
  severity: MockProblem['severity'] = 'error',
): MockProblem {
  return { code, severity, message, start, end };
}

class Reader {
  readonly problems: MockProblem[] = [];

  object(node: SyntaxNode | undefined, otherwise: Message): ObjectNode | undefined {
    if (node?.kind === 'object') return node;
    if (node) this.#report('mock-shape', node, otherwise);
    return undefined;
  }

  machines(file: ObjectNode): readonly MockedMachine[] {
    const node = valueOf(file, 'StateMachines');
    if (!node) this.#report('mock-shape', file, say`The file has no 'StateMachines'.`);
    return this.#entries(node, say`'StateMachines' must be an object.`).flatMap(({ key, value }) => {
      const machine = this.object(value, say`The state machine '${key.value}' must be an object.`);
      const cases = machine && valueOf(machine, 'TestCases');
      if (machine && !cases)
        this.#report('mock-shape', key, say`The state machine '${key.value}' has no 'TestCases'.`);
      const testCases = this.#entries(cases, say`'TestCases' must be an object.`).map(testCase => ({
        name: testCase.key.value,
        key: testCase.key,
        states: this.#states(testCase),
      }));
      return [{ name: key.value, key, testCases }];
    });
  }

  #states(testCase: PropertyNode): readonly MockedState[] {
    return this.#entries(
      testCase.value,
      say`The test case '${testCase.key.value}' must be an object.`,
    ).flatMap(({ key, value }) => {
      if (value?.kind === 'string') return [{ stateName: key.value, key, responseName: value }];
      this.#report(
        'mock-shape',
        value ?? key,
        say`Give the name of the response that the state '${key.value}' gets.`,
      );
      return [];
    });
  }

  responses(file: ObjectNode): readonly MockedResponse[] {
    const node = valueOf(file, 'MockedResponses');
    if (!node) {
      const misspelt = valueOf(file, 'MockedResponse');
      this.#report(
        'mock-shape',
        misspelt ?? file,
        misspelt ? say`The field is called 'MockedResponses'.` : say`The file has no 'MockedResponses'.`,
      );
    }
    return this.#entries(node, say`'MockedResponses' must be an object.`).map(({ key, value }) => {
      const answers = this.#entries(value, say`The response '${key.value}' must be an object.`).flatMap(
        entry => this.#answer(entry) ?? [],
      );
      answers.sort((a, b) => a.first - b.first);
      if (value?.kind === 'object') this.#checkNumbers(key, value, answers);
      return { name: key.value, key, answers };
    });
  }

  #answer({ key, value }: PropertyNode): MockedAnswer | undefined {
    const numbers = /^(0|[1-9]\d*)(?:-(0|[1-9]\d*))?$/.exec(key.value);
    const first = Number(numbers?.[1]);
    const last = Number(numbers?.[2] ?? numbers?.[1]);
    if (!numbers) {
      this.#report(
        'mock-range',
        key,
        say`'${key.value}' must be the number of a call such as '0', or a range such as '1-2'.`,
      );
      return undefined;
    }
    if (last < first) {
      this.#report('mock-range', key, say`The range '${key.value}' ends before it begins.`);
      return undefined;
    }
    const answer = this.object(value, say`The answer '${key.value}' must be an object.`);
    if (!answer) return undefined;
    const returned = valueOf(answer, 'Return');
    const thrown = valueOf(answer, 'Throw');
    const common = { first, last, key };
    if (returned && !thrown) return { ...common, kind: 'return', value: toJson(returned) };
    if (!thrown || returned) {
      this.#report('mock-answer', key, say`The answer '${key.value}' must have either 'Return' or 'Throw'.`);
      return undefined;
    }
    const error = valueOf(thrown, 'Error');
    const cause = valueOf(thrown, 'Cause');
    if (error?.kind === 'string' && cause?.kind === 'string')
      return { ...common, kind: 'throw', error: error.value, cause: cause.value };
    this.#report('mock-answer', thrown, say`'Throw' must have 'Error' and 'Cause', both strings.`);
    return undefined;
  }

  /** Every call needs exactly one answer: the numbers begin with 0 and go on without gap or overlap. */
  #checkNumbers(key: StringNode, node: ObjectNode, answers: readonly MockedAnswer[]): void {
    if (node.properties.length === 0)
      this.#report('mock-gap', key, say`The response '${key.value}' has no answers.`);
    // An unreadable number may be the one that seems to be missing.
    if (answers.length < node.properties.length) return;
    let next = 0;
    for (const { first, last, key: number } of answers) {
      if (first > next)
        this.#report(
          'mock-gap',
          number,
          next === 0
            ? say`The first answer must be for call '0'.`
            : next === first - 1
              ? say`There is no answer for call '${next}'.`
              : say`There is no answer for the calls '${next}-${first - 1}'.`,
        );
      if (first < next)
        this.#report('mock-overlap', number, say`Call '${first}' has another answer already.`);
      next = Math.max(next, last + 1);
    }
  }

  checkNames(machines: readonly MockedMachine[], responses: readonly MockedResponse[]): void {
    const used = new Set<string>();
    for (const { responseName } of machines.flatMap(machine => machine.testCases).flatMap(c => c.states)) {
      used.add(responseName.value);
      if (!responses.some(({ name }) => name === responseName.value))
        this.#report(
          'mock-unknown-response',
          responseName,
          say`No response is named '${responseName.value}'.`,
        );
    }
    for (const { name, key } of responses)
      if (!used.has(name))
        this.problems.push(
          problem('mock-unused-response', key, say`No test case uses the response '${name}'.`, 'warning'),
        );
  }

  #entries(node: SyntaxNode | undefined, otherwise: Message): readonly PropertyNode[] {
    const object = this.object(node, otherwise);
    if (!object) return [];
    const seen = new Set<string>();
    return object.properties.filter(({ key }) => {
      if (seen.has(key.value)) this.#report('mock-duplicate', key, say`'${key.value}' is here twice.`);
      return !seen.has(key.value) && seen.add(key.value);
    });
  }

  #report(
    code: MockProblemCode,
    node: { readonly start: number; readonly end: number },
    message: Message,
  ): void {
    this.problems.push(problem(code, node, message));
  }
}
