import { expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import { completion } from '#service/languageService.ts';

const definition = `{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"x","Next":"B"},"B":{"Type":"Pass","End":true}}}`;
const machine = analyze({ uri: 'm.asl.json', version: 1, format: 'json', text: definition }).machines[0]
  ?.machine;

/** Labels offered at `<|>` in a test of the definition above. */
function offered(body: string): readonly string[] {
  const marked = `{"definition":"m.asl.json","mockFile":"mocks.json","tests":{"works":${body}}}`;
  const at = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  const analysis = analyze(
    { uri: 'm.asltest.json', version: 1, format: 'json', text, role: 'tests' },
    {
      machineNamed: name => (name === 'm' ? machine : undefined),
      testCasesIn: (path, name) =>
        path === 'mocks.json' && name === 'm' ? { machineName: name, names: ['Fine', 'Late'] } : undefined,
    },
  );
  return completion(analysis, analysis.lines.positionAt(at)).items.map(({ label }) => label);
}

test.each([
  ['the test cases of its mock file', '{"testCase":"<|>"}', ['Fine', 'Late']],
  ['the states of its definition', '{"expect":{"states":["A","<|>"]}}', ['A', 'B']],
  ['no names in its data', '{"input":"<|>"}', []],
  ['no names in place of fields', '{"<|>"}', []],
])('a test file completes %s', (_what, body, labels) => expect(offered(body)).toEqual(labels));
