import { describe, expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import type { StateMachine } from '#core/model/stateMachine.ts';

/** The machine `pay`, whose task calls a resource. */
function paying(resource: string): StateMachine | undefined {
  const text = `{"StartAt":"Pay","States":{"Pay":{"Type":"Task","Resource":"arn:aws:states:::${resource}","Next":"Done"},"Done":{"Type":"Pass","End":true}}}`;
  return analyze({ uri: 'pay.asl.json', version: 1, format: 'json', text }).machines[0]?.machine;
}

/** Code and text under each finding in a mock file. */
function findings(testCase: string, responses: string, machine = paying('lambda:invoke')): readonly string[] {
  const text = `{"StateMachines":{"pay":{"TestCases":{"Ok":${testCase}}}},"MockedResponses":${responses}}`;
  const analysis = analyze(
    { uri: 'MockConfigFile.json', version: 1, format: 'json', text, role: 'mocks' },
    { machineNamed: name => (name === 'pay' ? machine : undefined) },
  );
  expect(analysis.machines).toEqual([]);
  return analysis.findings.map(({ code, start, end }) => `${code} ${text.slice(start, end)}`);
}

describe('a mock file', () => {
  const answer = '{"0":{"Return":1}}';

  test('without mistakes has no findings', () => {
    expect(findings('{"Pay":"R"}', `{"R":${answer}}`)).toEqual([]);
  });

  test('may answer the tasks of state machines that are started', () => {
    const starting = paying('states:startExecution.sync:2');
    expect(findings('{"Transfer":"R"}', `{"R":${answer}}`, starting)).toEqual([]);
    expect(findings('{"pay":"R"}', `{"R":${answer}}`, starting)).toEqual(['mock/unknown-state "pay"']);
  });

  test.each([
    ['a state that is not there', '{"Pai":"R"}', `{"R":${answer}}`, 'mock/unknown-state "Pai"'],
    ['a state that is no Task', '{"Done":"R"}', `{"R":${answer}}`, 'mock/not-a-task "Done"'],
    ['a response that is not there', '{"Pay":"S"}', '{}', 'mock/unknown-response "S"'],
    [
      'a response that nobody uses',
      '{"Pay":"R"}',
      `{"R":${answer},"S":${answer}}`,
      'mock/unused-response "S"',
    ],
    ['a gap between answers', '{"Pay":"R"}', '{"R":{"0":{"Return":1},"2":{"Return":1}}}', 'mock/gap "2"'],
    [
      'answers that overlap',
      '{"Pay":"R"}',
      '{"R":{"0-1":{"Return":1},"1":{"Return":1}}}',
      'mock/overlap "1"',
    ],
    ['a key that is no number', '{"Pay":"R"}', '{"R":{"first":{"Return":1}}}', 'mock/range "first"'],
    [
      'both Return and Throw',
      '{"Pay":"R"}',
      '{"R":{"0":{"Return":1,"Throw":{"Error":"E","Cause":"c"}}}}',
      'mock/answer "0"',
    ],
    [
      'a Throw without Cause',
      '{"Pay":"R"}',
      '{"R":{"0":{"Throw":{"Error":"E"}}}}',
      'mock/answer {"Error":"E"}',
    ],
  ])('tells of %s at its place', (_what, testCase, responses, finding) => {
    expect(findings(testCase, responses)).toEqual([finding]);
  });

  test('that is no JSON says so, and nothing else', () => {
    expect(findings('{"Pay":}', '{}')).toEqual(['json/syntax }']);
  });
});
