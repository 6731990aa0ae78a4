import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver-types';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { inWords } from '#core/text/message.ts';
import type { Format } from '#core/text/source.ts';
import { compile } from '#interpreter/compile.ts';
import { runToEnd } from '#interpreter/execute.ts';
import type { SyncHost } from '#interpreter/host.ts';
import { codeActions, convert, resolveCodeAction } from '#service/languageService.ts';
import { runsMachine } from '#service/refactoring/inlineMachine.ts';
import { applyEdits, marked, type Marked } from './markers.ts';

const everything = { enable: true, rules: {} };
const abilities = { createsFiles: true };

function actionsIn(
  analysis: Analysis,
  { positions: [position], ranges: [range] }: Pick<Marked, 'positions' | 'ranges'>,
): readonly CodeAction[] {
  const at = position ?? { line: 0, character: 0 };
  return codeActions(analysis, range ?? { start: at, end: at }, everything, ['refactor'], abilities);
}

interface Refactored {
  readonly text: string;
  /** The file that was made beside it. */
  readonly made: { readonly uri: string; readonly text: string } | undefined;
}

function apply(analysis: Analysis, { edit }: CodeAction): Refactored {
  const own = edit?.changes?.[analysis.source.uri];
  if (own) return { text: applyEdits(analysis, own), made: undefined };
  const changes = edit?.documentChanges?.filter(change => 'textDocument' in change) ?? [];
  const of = (test: (uri: string) => boolean): TextDocumentEdit | undefined =>
    changes.find(change => test(change.textDocument.uri));
  const made = of(uri => uri !== analysis.source.uri);
  const [insertion] = made?.edits ?? [];
  const edits = of(uri => uri === analysis.source.uri)?.edits ?? [];
  return {
    text: applyEdits(
      analysis,
      edits.flatMap(change => ('newText' in change ? [change] : [])),
    ),
    made:
      made && insertion && 'newText' in insertion
        ? { uri: made.textDocument.uri, text: insertion.newText }
        : undefined,
  };
}

/** The document after the refactoring whose title begins so. */
function after(text: string, title: string, format: Format = 'json'): Refactored {
  const document = marked(text, format);
  const actions = actionsIn(document.analysis, document);
  const action = actions.find(candidate => candidate.title.startsWith(title));
  if (!action) throw new Error(`no '${title}' among ${actions.map(found => found.title).join(' | ')}`);
  if (action.disabled) throw new Error(action.disabled.reason);
  return apply(document.analysis, action);
}

/** Why the refactoring is refused. */
function reasonFor(text: string, title: string, format: Format = 'json'): string | undefined {
  const document = marked(text, format);
  const actions = actionsIn(document.analysis, document);
  return actions.find(candidate => candidate.title.startsWith(title))?.disabled?.reason;
}

const order = `{
  "StartAt": "Read",
  "States": {
    "Read": { "Type": "Pass", "Next": "Check" },

    // Whether there is enough.
    "Ch<|eck": {
      "Type": "Choice",
      "Choices": [{ "Variable": "$.n", "IsPresent": true, "Next": "Pay" }],
      "Default": "Done"
    }, // asked once
    "Pay": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": { "FunctionName": "pay" },
      "Ne|>xt": "Done" // and on
    },
    "Done": { "Type": "Succeed" }
  }
}
`;

describe('states moved into a Parallel', () => {
  test('with their comments', () => {
    expect(after(order, 'Extract 2 states into a Parallel').text).toBe(`{
  "StartAt": "Read",
  "States": {
    "Read": { "Type": "Pass", "Next": "Check to Pay" },

    "Check to Pay": {
      "Type": "Parallel",
      "Branches": [
        {
          "StartAt": "Check",
          "States": {
            // Whether there is enough.
            "Check": {
              "Type": "Choice",
              "Choices": [{ "Variable": "$.n", "IsPresent": true, "Next": "Pay" }],
              "Default": "Check to Pay: done"
            }, // asked once
            "Pay": {
              "Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke",
              "Parameters": { "FunctionName": "pay" },
              "End": true // and on
            },
            "Check to Pay: done": {
              "Type": "Succeed"
            }
          }
        }
      ],
      "OutputPath": "$[0]",
      "Next": "Done"
    },
    "Done": { "Type": "Succeed" }
  }
}
`);
  });

  test('in YAML, with their comments', () => {
    const text = `
      QueryLanguage: JSONata
      StartAt: A
      States:
        # The first.
        <|A:
          Type: Pass # quick
          Output:
            a: "{% $states.input %}"
          Next: C

        B:
          Type: Pass
          End: true

        # The last.
        C: # named so
          Type: Pass
          Comment: |
            Two
            lines.
          Ne|>xt: B
    `;
    expect(after(text, 'Extract 3 states into a Parallel', 'yaml').text).toBe(`QueryLanguage: JSONata
StartAt: A to B
States:
  A to B:
    Type: Parallel
    Branches:
      - StartAt: A
        States:
          # The first.
          A:
            Type: Pass # quick
            Output:
              a: "{% $states.input %}"
            Next: C

          B:
            Type: Pass
            End: true

          # The last.
          C: # named so
            Type: Pass
            Comment: |
              Two
              lines.
            Next: B
    Output: '{% $states.result[0] %}'
    End: true
`);
  });

  test('on one line', () => {
    expect(
      after(
        '{"StartAt":"A","States":{<|"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass"|>,"Next":"C"},"C":{"Type":"Succeed"}}}',
        'Extract 2 states into a Parallel',
      ).text,
    ).toBe(
      '{"StartAt":"A to B","States":{"A to B": { "Type": "Parallel", "Branches": [ { "StartAt": "A", "States": { "A":{"Type":"Pass","Next":"B"}, "B":{"Type":"Pass","End": true} } } ], "OutputPath": "$[0]", "Next": "C" },"C":{"Type":"Succeed"}}}',
    );
  });

  test('in flow YAML', () => {
    const { text } = after(
      `
      StartAt: A
      States: { <|A: { Type: Pass, Next: B }, B: { Type: Pass,|> End: true } }
    `,
      'Extract 2 states into a Parallel',
      'yaml',
    );
    const [machine] = analyze({ uri: 'test:///a', version: 1, format: 'yaml', text }).machines;
    expect(machine?.analysis.syntax.problems).toEqual([]);
    expect(machine?.machine.states.map(({ pointer }) => pointer)).toEqual([
      '/States/A to B',
      '/States/A to B/Branches/0/States/A',
      '/States/A to B/Branches/0/States/B',
    ]);
  });

  test('one state by its name', () => {
    const { text } = after(
      `
      StartAt: A
      States:
        <|>A:
          Type: Pass
          End: true
    `,
      "Extract 'A' into a Parallel",
      'yaml',
    );
    expect(text).toBe(`StartAt: Run A
States:
  Run A:
    Type: Parallel
    Branches:
      - StartAt: A
        States:
          A:
            Type: Pass
            End: true
    OutputPath: $[0]
    End: true
`);
  });
});

describe('states moved into a file of their own', () => {
  test('beside the old one', () => {
    const { text, made } = after(order, 'Extract 2 states into a state machine');
    expect(made?.uri).toBe('test:///machine-Check.asl.json');
    expect(JSON.parse(made?.text.replaceAll(/\/\/.*/g, '') ?? '')).toMatchObject({
      StartAt: 'Check',
      States: { Pay: { End: true }, 'Check to Pay: done': { Type: 'Succeed' } },
    });
    expect(made?.text).toContain('    // Whether there is enough.\n    "Check": {\n');
    expect(text).toContain(`    "Check to Pay": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Parameters": {
        "StateMachineArn": "\${machineCheckArn}",
        "Input.$": "$"
      },
      "OutputPath": "$.Output",
      "Next": "Done"
    },
`);
  });

  test('not where the editor makes no files', () => {
    const document = marked(order);
    const titles = codeActions(
      document.analysis,
      document.ranges[0] ?? { start: document.position, end: document.position },
      everything,
      ['refactor'],
    ).map(({ title }) => title);
    expect(titles).toContain('Extract 2 states into a Parallel');
    expect(titles.filter(title => title.includes('of its own'))).toEqual([]);
  });
});

describe('what others lead to, too, goes along as a copy', () => {
  test('the handler of an error, in JSON', () => {
    const text = `{
  "StartAt": "Pay",
  "States": {
    "<|>Pay": {
      "Type": "Task",
      "Resource": "\${Pay}",
      "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Tell" }],
      "Next": "Ship"
    },
    "Ship": {
      "Type": "Task",
      "Resource": "\${Ship}",
      "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Tell" }],
      "End": true
    },
    // Somebody has to know.
    "Tell": { "Type": "Task", "Resource": "\${Tell}", "Next": "No" },
    "No": { "Type": "Fail", "Error": "No" }
  }
}
`;
    expect(after(text, "Extract 'Pay' into a Parallel, with a copy of 'Tell', 'No'").text).toBe(`{
  "StartAt": "Run Pay",
  "States": {
    "Run Pay": {
      "Type": "Parallel",
      "Branches": [
        {
          "StartAt": "Pay",
          "States": {
            "Pay": {
              "Type": "Task",
              "Resource": "\${Pay}",
              "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Tell 2" }],
              "End": true
            },
            // Somebody has to know.
            "Tell 2": { "Type": "Task", "Resource": "\${Tell}", "Next": "No 2" },
            "No 2": { "Type": "Fail", "Error": "No" }
          }
        }
      ],
      "OutputPath": "$[0]",
      "Next": "Ship"
    },
    "Ship": {
      "Type": "Task",
      "Resource": "\${Ship}",
      "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Tell" }],
      "End": true
    },
    // Somebody has to know.
    "Tell": { "Type": "Task", "Resource": "\${Tell}", "Next": "No" },
    "No": { "Type": "Fail", "Error": "No" }
  }
}
`);
  });

  test('one that ends as the others do, in YAML', () => {
    const text = `
      StartAt: A
      States:
        A:
          Type: Choice
          Choices:
            - Variable: $.n
              IsPresent: true
              Next: B
          Default: End
        <|>B:
          Type: Choice
          Choices:
            - Variable: $.m
              IsPresent: true
              Next: C
          Default: End
        C:
          Type: Task
          Resource: \${C}
          Next: D
        D:
          Type: Fail
        End: # no more
          Type: Fail
    `;
    const { text: refactored } = after(text, "Extract 'B' into a Parallel, with a copy of 'End'", 'yaml');
    expect(refactored).toContain(`
    Branches:
      - StartAt: B
        States:
          B:
            Type: Choice
            Choices:
              - Variable: $.m
                IsPresent: true
                Next: 'Run B: done'
            Default: End 2
          End 2: # no more
            Type: Fail
          'Run B: done':
            Type: Succeed
    OutputPath: $[0]
    Next: C
`);
    expect(refactored).toContain(`
  End: # no more
    Type: Fail
`);
  });

  const shared = (fail: string, more = ''): string => `{"StartAt":"A","States":{
    "A":{"Type":"Pass"${more},"Next":"B"},
    "<|>B":{"Type":"Task","Resource":"r","Catch":[{"ErrorEquals":["States.ALL"],"Next":"H"}],"Next":"C"},
    "C":{"Type":"Task","Resource":"r","Catch":[{"ErrorEquals":["States.ALL"],"Next":"H"}],"Next":"D"},
    "D":{"Type":"Succeed"},"H":{${fail}}}}`;

  test.each([
    [
      'ends with success, where others go on',
      shared('"Type":"Succeed"'),
      "These states lead to more than one: 'C', 'H'.",
    ],
    [
      'nothing else leads to it',
      shared('"Type":"Fail"').replace('"Next":"H"}],"Next":"D"', '"Next":"D"}],"Next":"D"'),
      "These states lead to more than one: 'C', 'H'.",
    ],
    [
      'a variable',
      shared('"Type":"Pass","Assign":{"v":1},"Next":"F"},"F":{"Type":"Fail"'),
      "'H' assigns $v and would be there twice.",
    ],
    [
      'its own name',
      shared('"Type":"Pass","Parameters":{"n.$":"$$.State.Name"},"Next":"F"},"F":{"Type":"Fail"'),
      "'H' reads $$.State.Name, which would be another there.",
    ],
  ])('but not: %s', (_name, text, reason) => {
    expect(reasonFor(text, "Extract 'B' into a Parallel")).toBe(reason);
  });

  test('an error of its own cannot leave a state machine of its own', () => {
    expect(reasonFor(shared('"Type":"Fail"'), "Extract 'B' into a state machine")).toBe(
      "'H' fails with an error that would arrive as States.TaskFailed.",
    );
  });
});

describe('edits that come later', () => {
  test('are those of now', () => {
    const document = marked(order);
    const [range] = document.ranges;
    if (!range) throw new Error('no range');
    const ask = (resolvesEdits: boolean): CodeAction | undefined =>
      codeActions(document.analysis, range, everything, undefined, { ...abilities, resolvesEdits }).find(
        ({ title }) => title === 'Extract 2 states into a Parallel',
      );
    const later = ask(true);
    expect(later?.edit).toBeUndefined();
    const data = { uri: 'test:///machine.asl.json', version: 1, range };
    expect(later?.data).toEqual(data);
    const resolved = later && resolveCodeAction(document.analysis, later, data, everything, abilities);
    expect(resolved?.edit).toEqual(ask(false)?.edit);
    // The document has another version by now.
    const late = later && resolveCodeAction(document.analysis, later, { ...data, version: 0 }, everything);
    expect(late?.edit).toBeUndefined();
  });
});

describe('what cannot be extracted says why', () => {
  const machine = (states: string): string => `{"StartAt":"A","States":{${states}}}`;
  const pass = (name: string, way: string, more = ''): string => `"${name}":{"Type":"Pass"${more},${way}}`;

  test.each([
    [
      'two ways in',
      machine(
        `"A":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}],"Default":"C"},<|${pass('B', '"Next":"C"')},${pass('C', '"End":true')}|>`,
      ),
      "Other states lead to more than one of these: 'B', 'C'.",
    ],
    [
      'two ways out',
      machine(
        `<|"A":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"C"}],"Default":"B"},${pass('B', '"Next":"D"')}|>,${pass('C', '"End":true')},${pass('D', '"End":true')}`,
      ),
      "These states lead to more than one: 'C', 'D'.",
    ],
    [
      'an end and a way on',
      machine(
        `<|"A":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"C"}],"Default":"B"},${pass('B', '"End":true')}|>,${pass('C', '"End":true')}`,
      ),
      "'B' ends here, while other states go on to 'C'.",
    ],
    [
      'a variable for those outside',
      machine(
        `<|${pass('A', '"Next":"B"', ',"Assign":{"v":1}')},${pass('B', '"Next":"C"')}|>,${pass('C', '"End":true', ',"Parameters":{"v.$":"$v"}')}`,
      ),
      "'A' assigns $v, which 'C' reads outside of these states.",
    ],
    [
      'a state that does not exist',
      machine(`<|${pass('A', '"Next":"B"')},${pass('B', '"Next":"Nowhere"')}|>`),
      "'B' leads to 'Nowhere', which does not exist.",
    ],
    [
      'nothing leads there',
      machine(`${pass('A', '"End":true')},<|${pass('B', '"Next":"C"')},${pass('C', '"End":true')}|>`),
      'Nothing leads to these states.',
    ],
  ])('%s', (_name, text, reason) => {
    expect(reasonFor(text, 'Extract 2 states into a Parallel')).toBe(reason);
  });

  test.each([
    [
      'a variable from outside',
      machine(
        `${pass('A', '"Next":"B"', ',"Assign":{"v":1}')},<|${pass('B', '"Next":"C"', ',"Parameters":{"v.$":"$v"}')},${pass('C', '"End":true')}|>`,
      ),
      "'B' reads $v, which a state machine of its own cannot see.",
    ],
    [
      'the execution',
      machine(
        `<|${pass('A', '"Next":"B"', ',"Parameters":{"v.$":"$$.Execution.Id"}')},${pass('B', '"End":true')}|>`,
      ),
      "'A' reads $$.Execution.Id, which would be another there.",
    ],
    [
      'an Express workflow',
      `{"Comment":"stepwise-type EXPRESS",${machine(`<|${pass('A', '"Next":"B"')},${pass('B', '"End":true')}|>`).slice(1)}`,
      'An Express workflow cannot wait for another state machine.',
    ],
    [
      'an error of its own',
      machine(`<|${pass('A', '"Next":"B"')},"B":{"Type":"Fail","Error":"E"}|>`),
      "'B' fails with an error that would arrive as States.TaskFailed.",
    ],
  ])('into a state machine of its own: %s', (_name, text, reason) => {
    expect(reasonFor(text, 'Extract 2 states into a state machine')).toBe(reason);
    expect(reasonFor(text, 'Extract 2 states into a Parallel')).toBeUndefined();
  });
});

describe('inlined', () => {
  test('the only branch of a Parallel, with its comments, in JSON', () => {
    expect(
      after(
        `{
  "StartAt": "Both",
  "States": {
    // What is done.
    "<|>Both": {
      "Type": "Parallel",
      "Comment": "One by one",
      "Branches": [
        {
          // Read first.
          "StartAt": "Read",
          "States": {
            "Read": { "Type": "Pass", "Next": "Write" },
            // Then write.
            "Write": {
              "Type": "Succeed"
            }
          }
        }
      ],
      "OutputPath": "$[0]",
      "Next": "Done"
    }, // so
    "Done": { "Type": "Succeed" }
  }
}
`,
        "Inline the branch of 'Both'",
      ).text,
    ).toBe(`{
  "StartAt": "Read",
  "States": {
    // What is done.
    // Read first.
    // so
    "Read": { "Type": "Pass", "Comment": "One by one", "Next": "Write" },
    // Then write.
    "Write": {
      "Type": "Pass",
      "Next": "Done"
    },
    "Done": { "Type": "Succeed" }
  }
}
`);
  });

  test('in YAML', () => {
    expect(
      after(
        `
      StartAt: Both
      States:
        <|>Both:
          Type: Parallel
          QueryLanguage: JSONata
          Branches:
            - StartAt: Read
              States:
                Read: # first
                  Type: Pass
                  End: true
          Output: "{% $states.result[0] %}"
          Next: Done

        Done:
          Type: Succeed
    `,
        "Inline the branch of 'Both'",
        'yaml',
      ).text,
    ).toBe(`StartAt: Read
States:
  Read: # first
    Type: Pass
    Next: Done

  Done:
    Type: Succeed
`);
  });

  test.each([
    [
      '"Next":"C"',
      `The output of 'P' is a list of one, which what follows reads. With "OutputPath": "$[0]" it would be the same.`,
    ],
    [
      '"OutputPath":"$[0]","Retry":[{"ErrorEquals":["States.ALL"]}],"Next":"C"',
      "The Retry of 'P' is for all of its states together.",
    ],
    [
      '"OutputPath":"$[0]","ResultPath":"$.x","Next":"C"',
      "'P' selects with InputPath or ResultPath, for which no state would be left.",
    ],
  ])('not where it would give something else: %s', (fields, reason) => {
    const text = `{"StartAt":"P","States":{"<|>P":{"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}],${fields}},"C":{"Type":"Succeed"}}}`;
    expect(reasonFor(text, 'Inline')).toBe(reason);
  });

  test('a list of one that nobody reads', () => {
    const text =
      '{"StartAt":"P","States":{"<|>P":{"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}],"Next":"F"},"F":{"Type":"Fail","Error":"E"}}}';
    expect(after(text, 'Inline').text).toBe(
      '{"StartAt":"A","States":{"A":{"Type":"Pass","Next": "F"},"F":{"Type":"Fail","Error":"E"}}}',
    );
  });

  test('a Pass that does nothing', () => {
    expect(
      after(
        `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Wait", "Seconds": 1, "Next": "P" }, // waits
    // Nothing.
    "<|>P": { "Type": "Pass", "Next": "B" },
    // The end.
    "B": { "Type": "Succeed" }
  }
}`,
        "Remove 'P'",
      ).text,
    ).toBe(`{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Wait", "Seconds": 1, "Next": "B" }, // waits
    // The end.
    "B": { "Type": "Succeed" }
  }
}`);
  });

  test('the last Pass, in YAML', () => {
    const text = `
      StartAt: A
      States:
        A:
          Type: Wait
          Seconds: 1
          Next: P # on
        <|>P:
          Type: Pass
          End: true
    `;
    expect(after(text, "Remove 'P'", 'yaml').text).toBe(`StartAt: A
States:
  A:
    Type: Wait
    Seconds: 1
    End: true # on
`);
  });

  test('not where a Choice could not end', () => {
    const text =
      '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"P"}],"Default":"P"},"<|>P":{"Type":"Pass","End":true}}}';
    expect(reasonFor(text, "Remove 'P'")).toBe("A Choice has to name a state, and 'P' is the last one.");
  });
});

// Random state machines, run before and after.

type Language = 'JSONPath' | 'JSONata';
const names = ['A', 'B', 'C', 'D', 'E', 'F'];
const inputs = fc.constantFrom<Json>(
  {},
  { n: 1 },
  { n: 2, list: [1] },
  { n: 1, list: [] },
  [1],
  [],
  [[2]],
  [{ n: 1 }],
  'x',
  null,
  7,
);
const targets = fc.constantFrom(...names);

function statesIn(language: Language): fc.Arbitrary<JsonObject> {
  const isJsonata = language === 'JSONata';
  const way = fc.oneof(
    { weight: 4, arbitrary: targets.map(Next => ({ Next })) },
    fc.constant<JsonObject>({ End: true }),
  );
  const work = fc.constantFrom<JsonObject>(
    ...(isJsonata
      ? [
          {},
          { Output: '{% $states.input %}' },
          { Output: { was: '{% $states.input %}' } },
          { Output: '{% [[$states.input]] %}' },
          { Output: '{% $states.input.list %}' },
          { Assign: { v: 1 } },
          { Assign: { w: '{% $states.context.State.Name %}' } },
          { Output: { v: '{% $v %}' } },
          { Output: { id: '{% $states.context.Execution.Input %}' } },
        ]
      : [
          {},
          { Parameters: { 'was.$': '$' } },
          { Parameters: { 'list.$': 'States.Array($)' }, OutputPath: '$.list' },
          { Result: [1], ResultPath: '$' },
          { ResultPath: '$.r', Result: { n: 2 } },
          { Assign: { v: 1 } },
          { Assign: { 'w.$': '$$.State.Name' } },
          { Parameters: { 'v.$': '$v' } },
          { Parameters: { 'id.$': '$$.Execution.Input' } },
        ]),
  );
  const pass = fc.tuple(work, way).map(([fields, on]) => ({ Type: 'Pass', ...fields, ...on }));
  const task = fc
    .tuple(way, fc.option(targets, { nil: undefined }), fc.boolean())
    .map(([on, caught, isFailing]) => ({
      Type: 'Task',
      Resource: `arn:aws:lambda:us-east-1:123456789012:function:${isFailing ? 'failing' : 'echo'}`,
      ...(caught !== undefined && { Catch: [{ ErrorEquals: ['Broken'], Next: caught }] }),
      ...on,
    }));
  const choice = fc.tuple(targets, targets).map(([first, second]) => ({
    Type: 'Choice',
    Choices: [
      isJsonata
        ? { Condition: '{% $exists($states.input.n) and $states.input.n = 1 %}', Next: first }
        : { Variable: '$.n', NumericEquals: 1, Next: first },
    ],
    Default: second,
  }));
  const fail = fc.constant<JsonObject>({ Type: 'Fail', Error: 'Own', Cause: 'because' });
  const succeed = fc.constant<JsonObject>({ Type: 'Succeed' });
  return fc.oneof(
    { weight: 6, arbitrary: pass },
    { weight: 3, arbitrary: task },
    { weight: 2, arbitrary: choice },
    fail,
    succeed,
  );
}

interface Case {
  readonly definition: JsonObject;
  readonly chosen: readonly string[];
  readonly input: Json;
  readonly format: Format;
}

const cases: fc.Arbitrary<Case> = fc
  .constantFrom<Language>('JSONPath', 'JSONata')
  .chain(language =>
    fc.record({
      definition: fc.tuple(...names.map(() => statesIn(language))).map(states => ({
        QueryLanguage: language,
        StartAt: 'A',
        States: Object.fromEntries(states.map((state, index): [string, Json] => [names[index] ?? '', state])),
      })),
      chosen: fc
        .tuple(fc.nat(4), fc.integer({ min: 2, max: 4 }))
        .map(([from, count]) => names.slice(from, from + count)),
      input: inputs,
      format: fc.constantFrom<Format>('json', 'yaml'),
    }),
  )
  .filter(({ chosen }) => chosen.length > 1);

/** Answers as functions do; what starts a state machine runs the one that was made. */
function hostWith(child: string | undefined, format: Format): SyncHost {
  return {
    call: ({ resource, parameters }) => {
      if (resource.kind === 'service') {
        const given = parameters as JsonObject;
        const ran = child === undefined ? undefined : outcomeOf(child, format, given['Input'] ?? null);
        return ran?.status === 'SUCCEEDED'
          ? { kind: 'succeeded', output: { Output: ran.output ?? null, Status: 'SUCCEEDED' } }
          : { kind: 'failed', error: 'States.TaskFailed', cause: 'The state machine failed.' };
      }
      return resource.arn.endsWith('failing')
        ? { kind: 'failed', error: 'Broken', cause: 'because' }
        : { kind: 'succeeded', output: { n: 1, asked: parameters } };
    },
  };
}

interface Outcome {
  readonly status: string;
  readonly output?: Json;
  readonly error?: string | undefined;
}

function outcomeOf(text: string, format: Format, input: Json, child?: string): Outcome {
  const [machine] = analyze({ uri: 'test:///a', version: 1, format, text }).machines;
  if (!machine) throw new Error('no machine');
  const compiled = compile(machine.machine);
  if (compiled.kind === 'refused') {
    return { status: 'REFUSED', error: compiled.problems.map(({ message }) => inWords(message)).join() };
  }
  const ran = runToEnd(compiled.program, { input }, hostWith(child, format), { maxStages: 400 }).outcome;
  if (!ran) return { status: 'ENDLESS' };
  return ran.status === 'SUCCEEDED'
    ? { status: ran.status, output: ran.output }
    : { status: ran.status, error: 'error' in ran ? String(ran.error) : undefined };
}

function textOf(definition: JsonObject, format: Format): string {
  const text = JSON.stringify(definition, undefined, 2);
  if (format === 'json') return text;
  const converted = convert(analyze({ uri: 'test:///a', version: 1, format: 'json', text }));
  if (converted.kind === 'refused') throw new Error(converted.reason);
  return converted.text;
}

describe('an execution stays the same', () => {
  const seen = new Map<string, number>();

  test.each(['into a Parallel', 'into a Map', 'into a state machine'])('when states move %s', container => {
    fc.assert(
      fc.property(cases, ({ definition, chosen, input, format }) => {
        const text = textOf(definition, format);
        const before = outcomeOf(text, format, input);
        fc.pre(before.status === 'SUCCEEDED' || before.status === 'FAILED');
        const uri = `test:///order.asl.${format}`;
        const analysis = analyze({ uri, version: 1, format, text });
        const states = analysis.machines[0]?.machine.root.states ?? [];
        const picked = states.filter(({ name }) => chosen.includes(name));
        const range = {
          start: analysis.lines.positionAt(picked[0]?.property.start ?? 0),
          end: analysis.lines.positionAt((picked.at(-1)?.property.start ?? 0) + 1),
        };
        const action = codeActions(analysis, range, everything, ['refactor.extract'], abilities).find(
          ({ title }) => title.startsWith(`Extract ${picked.length} states ${container}`),
        );
        if (!action || action.disabled) return;
        const refactored = apply(analysis, action);
        const result = outcomeOf(refactored.text, format, input, refactored.made?.text);
        // What fails in a state machine of its own is another error to the one that started it.
        const expected =
          container === 'into a state machine' && before.status === 'FAILED'
            ? { ...before, error: result.error }
            : before;
        expect({ text: refactored.text, ...result }).toEqual({ text: refactored.text, ...expected });
        const key = `${container} ${format} ${before.status}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
        if (action.title.includes('with a copy')) seen.set('copies', (seen.get('copies') ?? 0) + 1);
        if (container === 'into a Map') return;
        expect(inlinedAgain(refactored, format, input)).toEqual(before);
      }),
      { numRuns: 250 },
    );
  });

  test('and this was seen often enough', () => {
    const counts = Object.fromEntries(seen);
    expect(counts['copies'], JSON.stringify(counts)).toBeGreaterThan(4);
    for (const container of ['into a Parallel', 'into a Map', 'into a state machine']) {
      for (const format of ['json', 'yaml']) {
        expect(counts[`${container} ${format} SUCCEEDED`], JSON.stringify(counts)).toBeGreaterThan(4);
      }
    }
  });
});

/** What the execution comes to when the Parallel or the state machine is taken out again. */
function inlinedAgain({ text, made }: Refactored, format: Format, input: Json): Outcome {
  const analysis = analyze({ uri: 'test:///a', version: 1, format, text });
  const called = made && analyze({ ...made, version: 1, format, role: 'definition' }).machines[0];
  const state = analysis.machines[0]?.machine.states.find(candidate =>
    made ? runsMachine(candidate) : candidate.type === 'Parallel',
  );
  const at = analysis.lines.positionAt(state?.key.start ?? 0);
  const range = { start: at, end: at };
  const action = codeActions(analysis, range, everything, ['refactor.inline'], {}, called).find(({ title }) =>
    title.startsWith('Inline'),
  );
  if (!action) throw new Error('nothing to inline');
  if (action.disabled) throw new Error(action.disabled.reason);
  return outcomeOf(apply(analysis, action).text, format, input);
}
