import { expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import { completion } from '#service/languageService.ts';

const definition = `{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"x","Next":"B"},"B":{"Type":"Task","Resource":"x","Next":"C"},"C":{"Type":"Pass","End":true}}}`;
const machine = analyze({ uri: 'm.asl.json', version: 1, format: 'json', text: definition }).machines[0]
  ?.machine;

/** Labels offered at `<|>`. */
function offered(marked: string): readonly string[] {
  const at = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  const analysis = analyze(
    { uri: 'MockConfigFile.json', version: 1, format: 'json', text, role: 'mocks' },
    { machineNamed: name => (name === 'm' ? machine : undefined) },
  );
  return completion(analysis, analysis.lines.positionAt(at)).items.map(({ label }) => label);
}

test.each([
  [
    'the Task states that the case has not',
    `{"StateMachines":{"m":{"TestCases":{"Ok":{"A":"R", <|>}}}}}`,
    ['B'],
  ],
  ['the name under the cursor too', `{"StateMachines":{"m":{"TestCases":{"Ok":{"A<|>":"R"}}}}}`, ['A', 'B']],
  [
    'the responses',
    `{"StateMachines":{"m":{"TestCases":{"Ok":{"A":"<|>"}}}},"MockedResponses":{"R":{},"S":{}}}`,
    ['R', 'S'],
  ],
  ['nothing for a machine nobody knows', `{"StateMachines":{"x":{"TestCases":{"Ok":{<|>}}}}}`, []],
  ['nothing elsewhere', `{<|>}`, []],
])('a mock file completes %s', (_what, marked, labels) => {
  expect(offered(marked)).toEqual(labels);
});
