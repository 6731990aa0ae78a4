import { describe, expect, test } from 'vitest';
import { answerFor, checkAgainstMachine, readMockFile } from '#core/mocking/mockFile.ts';
import { buildStateMachine } from '#core/model/build.ts';
import { parseJson } from '#core/syntax/json.ts';
import { inWords } from '#core/text/message.ts';

/** Problems as `code text: message`, where `text` is the part of the file they are about. */
function checkProblems(responses: string, problems: readonly string[]): void {
  const text = `{"StateMachines": {"M": {"TestCases": {"C": {"S": "R"}}}}, "MockedResponses": {"R": ${responses}}}`;
  expect(problemsOf(text)).toEqual(problems);
}

function problemsOf(text: string): readonly string[] {
  return readMockFile(parseJson({ text }).root).problems.map(
    ({ code, message, start, end }) => `${code} ${text.slice(start, end)}: ${inWords(message)}`,
  );
}

describe('ranges of calls', () => {
  test('a number, a range, and both in any order', () =>
    checkProblems(
      `{"3": {"Return": 1}, "1-2": {"Throw": {"Error": "E", "Cause": "c"}}, "0": {"Return": null}}`,
      [],
    ));

  test('a gap is told with the calls that are missing', () =>
    checkProblems(`{"0": {"Return": 1}, "3-4": {"Return": 1}}`, [
      `mock-gap "3-4": There is no answer for the calls '1-2'.`,
    ]));

  test('the first must be 0', () =>
    checkProblems(`{"1": {"Return": 1}}`, [`mock-gap "1": The first answer must be for call '0'.`]));

  test('an overlap', () =>
    checkProblems(`{"0-2": {"Return": 1}, "2": {"Return": 1}}`, [
      `mock-overlap "2": Call '2' has another answer already.`,
    ]));

  test.each(['"a"', '"-1"', '"1-"', '"01"', '"1.5"'])('%s is no range', key => {
    expect(
      problemsOf(`{"StateMachines": {}, "MockedResponses": {"R": {${key}: {"Return": 1}}}}`)[0],
    ).toContain('mock-range');
  });

  test('a range that runs backwards', () =>
    checkProblems(`{"2-1": {"Return": 1}}`, [`mock-range "2-1": The range '2-1' ends before it begins.`]));

  test('a response without answers', () =>
    checkProblems(`{}`, [`mock-gap "R": The response 'R' has no answers.`]));
});

describe('answers', () => {
  test('both Return and Throw', () =>
    checkProblems(`{"0": {"Return": 1, "Throw": {"Error": "E", "Cause": "c"}}}`, [
      `mock-answer "0": The answer '0' must have either 'Return' or 'Throw'.`,
    ]));

  test('neither', () =>
    checkProblems(`{"0": {}}`, [`mock-answer "0": The answer '0' must have either 'Return' or 'Throw'.`]));

  test('Throw needs Error and Cause', () =>
    checkProblems(`{"0": {"Throw": {"Error": "E"}}}`, [
      `mock-answer {"Error": "E"}: 'Throw' must have 'Error' and 'Cause', both strings.`,
    ]));
});

describe('names', () => {
  test('a response that is not there', () => {
    expect(
      problemsOf(`{"StateMachines": {"M": {"TestCases": {"C": {"S": "Nope"}}}}, "MockedResponses": {}}`),
    ).toEqual([`mock-unknown-response "Nope": No response is named 'Nope'.`]);
  });

  test('a response that nobody uses', () => {
    expect(
      problemsOf(
        `{"StateMachines": {"M": {"TestCases": {"C": {}}}}, "MockedResponses": {"R": {"0": {"Return": 1}}}}`,
      ),
    ).toEqual([`mock-unused-response "R": No test case uses the response 'R'.`]);
  });

  test('the misspelt name of the section', () => {
    expect(problemsOf(`{"StateMachines": {}, "MockedResponse": {}}`)).toEqual([
      `mock-shape {}: The field is called 'MockedResponses'.`,
    ]);
  });

  test('a name that is given twice', () => {
    expect(
      problemsOf(`{"StateMachines": {"M": {"TestCases": {"C": {}, "C": {}}}}, "MockedResponses": {}}`),
    ).toEqual([`mock-duplicate "C": 'C' is here twice.`]);
  });

  test('states that the machine does not have, or that are no tasks', () => {
    const mocks = `{"StateMachines": {"M": {"TestCases": {"C": {"pay": "R", "Wait": "R"}}}}, "MockedResponses": {"R": {"0": {"Return": 1}}}}`;
    const machineText = `{"StartAt": "Pay", "States": {"Pay": {"Type": "Task"}, "Wait": {"Type": "Wait"}}}`;
    const { root } = parseJson({ text: machineText });
    if (root?.kind !== 'object') throw new Error('the machine is an object');
    const [mocked] = readMockFile(parseJson({ text: mocks }).root).machines;
    expect(
      mocked && checkAgainstMachine(mocked, buildStateMachine(root)).map(p => inWords(p.message)),
    ).toEqual([
      "The state machine has no state named 'pay'. Did you mean 'Pay'?",
      "'Wait' is a Wait state; only Task states are mocked.",
    ]);
  });
});

test('gives the answer to each call', () => {
  const text = `{"StateMachines": {}, "MockedResponses": {"R": {"0": {"Return": null}, "1-2": {"Throw": {"Error": "E", "Cause": "c"}}}}}`;
  const [response] = readMockFile(parseJson({ text }).root).responses;
  const answers = [0, 1, 2, 3].map(call => response && answerFor(response, call)?.kind);
  expect(answers).toEqual(['return', 'throw', 'throw', undefined]);
});

test.each(['', '[]', '3', '{"StateMachines": 3, "MockedResponses": []}', '{'])('never throws: %s', text => {
  expect(() => readMockFile(parseJson({ text }).root)).not.toThrow();
});
