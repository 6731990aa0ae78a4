import { describe, expect, test } from 'vitest';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import type { Format } from '#core/text/source.ts';
import { codeActions, completion, definition, formatting, rename } from '#service/languageService.ts';
import { applyEdits } from './markers.ts';

/** A template whose cursor is at `<|>`. */
function template(
  marked: string,
  format: Format,
): { analysis: Analysis; position: { line: number; character: number } } {
  const at = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  const analysis = analyze({ uri: `test:///template.${format}`, version: 1, format, role: 'other', text });
  return { analysis, position: analysis.lines.positionAt(at) };
}

const object = (next: string): string => `Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Pay
        States:
          Pay:
            Type: Pass
            Next: ${next}
          Done:
            Type: Succeed
`;

const block = (next: string): string => `Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: |
        {
          "StartAt": "Pay",
          "States": {
            "Pay": {
              "Type": "Pass",
              "Next": "${next}"
            },
            "Done": { "Type": "Succeed" }
          }
        }
`;

const quoted = (next: string): string =>
  JSON.stringify({
    Resources: {
      Orders: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          DefinitionString: JSON.stringify({
            StartAt: 'Pay',
            States: { Pay: { Type: 'Pass', Next: next }, Done: { Type: 'Succeed' } },
          }),
        },
      },
    },
  });

const forms: readonly (readonly [string, Format, (next: string) => string])[] = [
  ['an object in YAML', 'yaml', object],
  ['JSON text in a YAML block', 'yaml', block],
  ['JSON text in a JSON string', 'json', quoted],
];

describe.each(forms)('a definition as %s', (_name, format, text) => {
  test('leads from Next to the state', () => {
    const { analysis, position } = template(text('D<|>one'), format);
    const [link] = definition(analysis, position);
    const start = link ? analysis.lines.offsetAt(link.targetSelectionRange.start) : 0;
    expect(analysis.source.text.slice(start, start + 8)).toContain('Done');
  });

  test('renames in its own quotes', () => {
    const { analysis, position } = template(text('D<|>one'), format);
    const edit = rename(analysis, position, 'Ended');
    if ('kind' in edit) throw new Error(edit.reason);
    const renamed = applyEdits(analysis, edit.changes?.[analysis.source.uri] ?? []);
    expect(renamed).toBe(text('Ended').replace('Done', 'Ended'));
  });

  test('is mended by a quick fix that leaves it readable', () => {
    const { analysis } = template(text('Missing'), format);
    const [finding] = analysis.findings.filter(({ code }) => code.startsWith('transition/'));
    if (!finding) throw new Error('nothing found');
    const range = {
      start: analysis.lines.positionAt(finding.start),
      end: analysis.lines.positionAt(finding.end),
    };
    const [action] = codeActions(analysis, range, { enable: true, rules: {} }, ['quickfix']);
    // Inside of quotes nothing with quotes can be put; then no fix is offered rather than a broken one.
    if (format === 'json') return expect(action).toBeUndefined();
    const fixed = applyEdits(analysis, action?.edit?.changes?.[analysis.source.uri] ?? []);
    const again = analyze({ ...analysis.source, text: fixed });
    expect(again.syntax.problems).toEqual([]);
    return expect(again.findings.filter(({ code }) => code.startsWith('transition/'))).toEqual([]);
  });

  test('is left to others to be formatted', () => {
    const { analysis } = template(text('Done'), format);
    expect(formatting(analysis, { tabSize: 4, insertSpaces: true })).toEqual([]);
  });
});

test('in a YAML block, names of states are completed as JSON', () => {
  const { analysis, position } = template(block('<|>'), 'yaml');
  const [item] = completion(analysis, position).items.filter(({ label }) => label === 'Done');
  const edit = item?.textEdit;
  expect(edit && 'range' in edit && applyEdits(analysis, [edit])).toBe(block('Done'));
});

test('in a JSON string nothing with quotes is offered', () => {
  const { analysis, position } = template(quoted('<|>'), 'json');
  expect(completion(analysis, position).items).toEqual([]);
});

test('an unrelated file is offered nothing', () => {
  const { analysis, position } = template('<|>', 'yaml');
  expect(completion(analysis, position).items).toEqual([]);
});
