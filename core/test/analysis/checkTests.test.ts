import { expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';

const machine = analyze({
  uri: 'pay.asl.json',
  version: 1,
  format: 'json',
  text: '{"StartAt":"Pay","States":{"Pay":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Next":"Done"},"Done":{"Type":"Pass","End":true}}}',
}).machines[0]?.machine;

/** Code, text and message of each finding in a test file for the definition above. */
function findings(body: string, mockFile = 'MockConfigFile.json'): readonly string[] {
  const text = `{"definition":"pay.asl.json","mockFile":"${mockFile}","tests":{"it pays":${body}}}`;
  const analysis = analyze(
    { uri: 'pay.asltest.json', version: 1, format: 'json', text, role: 'tests' },
    {
      machineNamed: name => (name === 'pay' ? machine : undefined),
      testCasesIn: (path, name) =>
        path === 'MockConfigFile.json' && name === 'pay' ? { machineName: name, names: ['Fine'] } : undefined,
    },
  );
  expect(analysis.machines).toEqual([]);
  return analysis.findings.map(
    ({ code, start, end, message }) => `${code} ${text.slice(start, end)} ${message}`,
  );
}

test('a test file without mistakes has no findings', () =>
  expect(findings('{"testCase":"Fine","input":1,"expect":{"states":["Pay","Done"]}}')).toEqual([]));

test.each([
  [
    'a state that is not there',
    '{"expect":{"states":["pay"]}}',
    `test/unknown-state "pay" The state machine has no state named 'pay'. Did you mean 'Pay'?`,
  ],
  [
    'a test case that is not there',
    '{"testCase":"Fin","expect":{"status":"FAILED"}}',
    `test/unknown-test-case "Fin" The mock file has no test case 'Fin' for 'pay'.`,
  ],
  [
    'a status that does not exist',
    '{"expect":{"status":"FAIL"}}',
    `test/shape "FAIL" 'status' must be one of SUCCEEDED, FAILED, TIMED_OUT, ABORTED.`,
  ],
  [
    'a test that expects nothing',
    '{"expect":{}}',
    `test/shape {} The test 'it pays' must say what to expect.`,
  ],
  [
    'an unknown field',
    '{"case":"Fine","expect":{"status":"FAILED"}}',
    `test/shape "case" There is no field 'case' here. There are testCase, input, inputFile, expect.`,
  ],
])('a test file is told of %s', (_what, body, finding) => expect(findings(body)).toEqual([finding]));

test('nothing is said of a mock file that nobody knows', () =>
  expect(findings('{"testCase":"Other","expect":{"status":"FAILED"}}', 'other.json')).toEqual([]));
