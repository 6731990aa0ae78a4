import { describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-types';
import { rules } from '#core/analysis/rules/all.ts';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import type { Finding } from '#core/analysis/finding.ts';
import type { Format } from '#core/text/source.ts';
import { codeActions, convert } from '#service/languageService.ts';
import { fixOf } from '#service/features/codeActions/codeActions.ts';
import { ownRepair } from '#service/features/codeActions/ownRepairs.ts';
import { suppress } from '#service/features/codeActions/suppress.ts';
import { toTextEdit } from '#service/toLsp.ts';
import { knowledge } from './knowledge.ts';
import { applyEdits, marked, type Marked } from './markers.ts';

const all = { enable: true, rules: {} };

function actionsAt({ analysis, position }: Marked, only?: readonly string[]): readonly CodeAction[] {
  return codeActions(analysis, { start: position, end: position }, all, only);
}

/** The text after the action whose title begins so. */
function after(text: string, title: string, format: Format = 'json', only?: readonly string[]): string {
  const document = marked(text, format, knowledge);
  const actions = actionsAt(document, only);
  const action = actions.find(candidate => candidate.title.startsWith(title));
  if (!action) throw new Error(`no action '${title}' among ${actions.map(found => found.title).join(' | ')}`);
  return applyEdits(document.analysis, action.edit?.changes?.[document.analysis.source.uri] ?? []);
}

describe('quick fixes', () => {
  test('a state that is named but missing is written behind the one that goes there', () => {
    expect(
      after(`{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"<|>Charge Card"}}}`, 'Create state'),
    ).toMatch(/"Next":"Charge Card"\}, "Charge Card": \{ "Type": "\w+"/);
  });

  test('in YAML, indented as its neighbours', () => {
    const text = `
      StartAt: A
      States:
          A:
              Type: Pass
              Next: <|>Charge Card

          Z: { Type: Succeed }
    `;
    expect(after(text, 'Create state', 'yaml')).toMatch(
      /Next: Charge Card\n {4}Charge Card:\n {8}Type: \w+\n[^]*\n {4}Z: /,
    );
  });

  test('a name that is near another one can be meant, too', () => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"<|>Pays"},"Pay":{"Type":"Succeed"}}}`;
    const titles = actionsAt(marked(text, 'json', knowledge), ['quickfix']).map(({ title }) => title);
    expect(titles.slice(0, 2)).toEqual(["Change to 'Pay'", "Create state 'Pays'"]);
    expect(after(text, 'Create state')).toContain('"Pays": {');
  });

  test('did you mean', () => {
    expect(
      after(
        `{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"<|>Chrage"},"Charge":{"Type":"Succeed"}}}`,
        'Change to',
      ),
    ).toContain('"Next":"Charge"');
  });

  test('a state that goes nowhere ends', () => {
    expect(
      after(`{"StartAt":"<|>A","States":{"<|>A":{"Type":"Pass"}}}`.replace('<|>A"', 'A"'), 'Add "End"'),
    ).toContain('"End": true');
  });

  test('a warning can be ignored where it is', () => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Choice","<|>Choices":[{"Variable":"$.x","IsPresent":true,"Next":"B"}]},"B":{"Type":"Succeed"}}}`;
    const document = marked(text, 'json', knowledge);
    const ignore = actionsAt({ ...document, position: { line: 0, character: 25 } }).find(({ title }) =>
      title.startsWith('Ignore'),
    );
    const result = applyEdits(document.analysis, ignore?.edit?.changes?.[document.analysis.source.uri] ?? []);
    expect(result).toContain('"Comment": "stepwise-ignore ');
  });

  test('all at once, where they do not overlap', () => {
    expect(
      after(
        `{"StartAt":"<|>A","States":{"A":{"Type":"Pas","Next":"Charg"},"Charge":{"Type":"Succeed"}}}`,
        'Fix all',
        'json',
        ['source.fixAll'],
      ),
    ).toBe(`{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Charge"},"Charge":{"Type":"Succeed"}}}`);
  });
});

describe.each(['json', 'yaml'] as const)('every fix removes its finding and adds none, in %s', format => {
  const withFix = rules.flatMap(rule => {
    const example = exampleIn(rule.example, format);
    if (example === undefined) return [];
    const findings = analyzed(example, format).findings.filter(
      finding => finding.code.startsWith(rule.code) && finding.fix,
    );
    return findings.map((finding, index) => ({ name: `${rule.code} ${index + 1}`, example, finding }));
  });

  test('there are rules with fixes to try', () => {
    expect(withFix.length).toBeGreaterThan(15);
  });

  test.each(withFix)('$name', ({ example, finding }) => {
    const before = analyzed(example, format);
    const edits = fixOf(before, finding).map(edit => toTextEdit(before, edit));
    const missing = `no repair '${finding.fix?.kind === 'action' ? finding.fix.name : ''}'`;
    expect(edits.length, missing).toBeGreaterThan(0);
    const text = applyEdits(before, edits);
    const findings = analyzed(text, format).findings;
    const count = (code: string, list: readonly { code: string }[]): number =>
      list.filter(other => other.code === code).length;
    expect(count(finding.code, findings), text).toBeLessThan(count(finding.code, before.findings));
    // Behind a key that ends in '.$' stands a path, which is told when the key is right, and has a fix of its own.
    const revealed = finding.code === 'jsonata/dollar-key-suffix' ? 'jsonata/missing-delimiters' : undefined;
    const added = findings.filter(
      ({ code, severity }) =>
        code !== revealed &&
        severity !== 'hint' &&
        severity !== 'information' &&
        count(code, findings) > count(code, before.findings),
    );
    expect(added, text).toEqual([]);
  });
});

describe.each(['json', 'yaml'] as const)("so does every repair of the editor's own, in %s", format => {
  const withRepair = rules.flatMap(rule => {
    const example = exampleIn(rule.example, format);
    if (example === undefined) return [];
    const analysis = analyzed(example, format);
    return analysis.findings.flatMap(finding => {
      const machine = analysis.machineAt(finding.start);
      const repair = machine && finding.code.startsWith(rule.code) ? ownRepair(machine, finding) : undefined;
      return repair ? [{ name: rule.code, analysis, finding, repair }] : [];
    });
  });

  test('there are some', () => {
    expect(new Set(withRepair.map(({ name }) => name)).size).toBeGreaterThan(6);
  });

  test.each(withRepair)('$name', ({ analysis, finding, repair }) => {
    const text = applyEdits(
      analysis,
      repair.edits.map(edit => toTextEdit(analysis, edit)),
    );
    const after = analyzed(text, format);
    expect(
      after.findings.filter(({ code }) => code === finding.code),
      text,
    ).toEqual([]);
    expect(after.syntax.problems, text).toEqual([]);
    expect(addedIn(after, analysis), text).toEqual([]);
  });
});

describe.each(['json', 'yaml'] as const)('what is ignored is told no more, in %s', format => {
  const ignorable = rules.flatMap(rule => {
    const example = exampleIn(rule.example, format);
    if (example === undefined) return [];
    const analysis = analyzed(example, format);
    const finding = analysis.findings.find(({ code }) => code.startsWith(rule.code));
    const machine = finding && analysis.machineAt(finding.start);
    const offer = machine && suppress(machine, finding);
    return offer ? [{ name: rule.code, analysis, finding, offer }] : [];
  });

  test('there are warnings to ignore', () => {
    expect(ignorable.length).toBeGreaterThan(40);
  });

  test.each(ignorable)('$name', ({ analysis, finding, offer }) => {
    const edits = offer.later?.().edits ?? [];
    const text = applyEdits(
      analysis,
      edits.map(edit => toTextEdit(analysis, edit)),
    );
    const after = analyzed(text, format);
    const there = ({ code, state }: Pick<Finding, 'code' | 'state'>): boolean =>
      code === finding.code && state === finding.state;
    expect(after.findings.filter(there), text).toEqual([]);
    expect(addedIn(after, analysis), text).toEqual([]);
  });
});

/** Errors and warnings that were not there before, or not as often. */
function addedIn(after: Analysis, before: Analysis): readonly Finding[] {
  const count = (code: string, { findings }: Analysis): number =>
    findings.filter(other => other.code === code).length;
  return after.findings.filter(
    ({ code, severity }) =>
      (severity === 'error' || severity === 'warning') && count(code, after) > count(code, before),
  );
}

/** The example of a rule in a format; none in YAML for what only JSON can get wrong. */
function exampleIn(json: string, format: Format): string | undefined {
  if (format === 'json') return json;
  const converted = convert(analyzed(json, 'json'));
  return converted.kind === 'converted' ? converted.text : undefined;
}

function analyzed(text: string, format: Format): Analysis {
  return analyze({ uri: 'test:///a', version: 1, format, text }, knowledge);
}

describe('files with CRLF', () => {
  test.each(['json', 'yaml'] as const)('%s keeps its line ends', format => {
    const lines =
      format === 'json'
        ? [
            '{',
            '  "StartAt": "A",',
            '  "States": {',
            '    "A": {',
            '      "Type": "Task",',
            '      "Resource": "arn:aws:states:::sqs:sendMessage",',
            '      "End": true',
            '    }',
            '  }',
            '}',
            '',
          ]
        : [
            'StartAt: A',
            'States:',
            '  A:',
            '    Type: Task',
            '    Resource: arn:aws:states:::sqs:sendMessage',
            '    End: true',
            '',
          ];
    const analysis = analyzed(lines.join('\r\n'), format);
    const key = analysis.machines[0]?.machine.states[0]?.key.start ?? 0;
    const position = analysis.lines.positionAt(key);
    const action = codeActions(analysis, { start: position, end: position }, all, undefined).find(
      ({ title }) => title.startsWith('Add Catch'),
    );
    const text = applyEdits(analysis, action?.edit?.changes?.[analysis.source.uri] ?? []);
    expect(text).toContain('Catch');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(analyzed(text, format).syntax.problems).toEqual([]);
  });
});

describe('refactorings', () => {
  const machine = `{
  "StartAt": "A",
  "States": {
    "<|>A": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Next": "B"
    },
    "B": { "Type": "Succeed" }
  }
}`;

  test('Retry for Lambda', () => {
    const text = after(machine, "Add Retry to 'A'");
    expect(JSON.parse(text)).toMatchObject({
      States: { A: { Retry: [{ ErrorEquals: expect.arrayContaining(['Lambda.ServiceException']) }] } },
    });
  });

  test('Catch with a Fail state, fit to be formatted no more', () => {
    const text = after(machine, "Add Catch to 'A'");
    expect(text).toContain(`      "Next": "B",
      "Catch": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "ResultPath": "$.error",
          "Next": "A failed"
        }
      ]
    },
    "A failed": {
      "Type": "Fail",`);
    expect(analyzed(text, 'json').findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('wrapped in a Map, which takes the way on', () => {
    const text = after(machine, "Wrap 'A' in a Map");
    expect(JSON.parse(text)).toMatchObject({
      States: {
        A: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'A: work', States: { 'A: work': { Type: 'Task', End: true } } },
          Next: 'B',
        },
      },
    });
  });

  test('states sorted by their flow', () => {
    expect(
      after(
        `{"StartAt":"A","Sta<|>tes":{"C":{"Type":"Succeed"},"B":{"Type":"Pass","Next":"C"},"A":{"Type":"Pass","Next":"B"}}}`,
        'Sort states',
      ),
    ).toBe(
      `{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Succeed"}}}`,
    );
  });

  test('a state converted to JSONata', () => {
    expect(
      after(
        `{"StartAt":"A","States":{"<|>A":{"Type":"Pass","InputPath":"$.order","ResultPath":"$.copy","End":true}}}`,
        "Convert 'A' to JSONata",
      ),
    ).toContain(`"Output": "{% $merge([$states.input, {'copy': $states.input.order}]) %}"`);
  });

  test('a state machine converted to JSONata, in YAML', () => {
    const text = `
      Start<|>At: A
      States:
        A:
          Type: Choice
          Choices:
            - Variable: $.paid
              BooleanEquals: true
              Next: B
          Default: B
        B:
          Type: Succeed
          OutputPath: $.order
    `;
    expect(after(text, 'Convert the state machine', 'yaml')).toBe(`QueryLanguage: JSONata
StartAt: A
States:
  A:
    Type: Choice
    Choices:
      - Condition: "{% ($type($states.input.paid) = 'boolean' and $states.input.paid = true) %}"
        Next: B
    Default: B
  B:
    Type: Succeed
    Output: '{% $states.input.order %}'
`);
  });

  test('what has no equal in JSONata is refused with its reason', () => {
    const document = marked(
      `{"StartAt":"A","States":{"<|>A":{"Type":"Pass","InputPath":"$..x","End":true}}}`,
    );
    const action = actionsAt(document).find(({ title }) => title.startsWith('Convert'));
    expect(action?.disabled?.reason).toContain('$..x may lead to several places');
    expect(action?.edit).toBeUndefined();
  });
});
