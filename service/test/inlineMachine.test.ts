import { describe, expect, test } from 'vitest';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import { inWords } from '#core/text/message.ts';
import type { Format } from '#core/text/source.ts';
import { advance } from '#interpreter/advance.ts';
import { begin } from '#interpreter/begin.ts';
import { deliver } from '#interpreter/deliver.ts';
import { linked } from '#interpreter/link.ts';
import { prepareMachine } from '#interpreter/prepare.ts';
import type { Program } from '#interpreter/program.ts';
import { codeActions, convert, wantsCalled } from '#service/languageService.ts';
import { applyEdits, marked } from './markers.ts';

const everything = { enable: true, rules: {} };
const title = 'Inline the state machine';

function file(text: string, format: Format, name = 'child'): Analysis {
  return analyze({ uri: `test:///${name}.asl.${format}`, version: 1, format, text, role: 'definition' });
}

interface Result {
  readonly text: string | undefined;
  readonly refused: string | undefined;
}

function inlined(text: string, child: string, format: Format = 'json', childFormat = format): Result {
  const { analysis, position } = marked(text, format);
  const [called] = file(child, childFormat).machines;
  if (!called) throw new Error('no machine');
  const range = { start: position, end: position };
  const actions = codeActions(analysis, range, everything, ['refactor.inline'], {}, called);
  const action = actions.find(candidate => candidate.title.startsWith(title));
  const edits = action?.edit?.changes?.[analysis.source.uri];
  return { text: edits && applyEdits(analysis, edits), refused: action?.disabled?.reason };
}

const resource = '"Resource": "arn:aws:states:::states:startExecution.sync:2"';
const child = `{
  "Comment": "Makes it twice",
  "StartAt": "Double",
  "States": {
    // Twice.
    "Double": { "Type": "Pass", "Parameters": { "n.$": "$.n" }, "Next": "Wait" },
    "Wait": {
      "Type": "Wait",
      "Seconds": 1, // a moment
      "End": true
    }
  }
}
`;

describe('a state machine that a Task runs becomes a branch', () => {
  test('in JSON, with comments', () => {
    const text = `{
  "StartAt": "Run",
  "States": {
    // Elsewhere.
    "<|>Run": {
      "Type": "Task",
      "Comment": "one after the other",
      ${resource},
      "Parameters": { "StateMachineArn": "\${ChildArn}", "Input.$": "$.order" }, // the order
      "ResultSelector": { "m.$": "$.Output.n" },
      "ResultPath": "$.r",
      "Next": "Done"
    }, // so
    "Done": { "Type": "Succeed" }
  }
}
`;
    expect(inlined(text, child).text).toBe(`{
  "StartAt": "Run",
  "States": {
    // Elsewhere.
    // the order
    "Run": {
      "Type": "Parallel",
      "Comment": "one after the other",
      "InputPath": "$.order",
      "Branches": [
        {
          "Comment": "Makes it twice",
          "StartAt": "Double",
          "States": {
            // Twice.
            "Double": { "Type": "Pass", "Parameters": { "n.$": "$.n" }, "Next": "Wait" },
            "Wait": {
              "Type": "Wait",
              "Seconds": 1, // a moment
              "End": true
            }
          }
        }
      ],
      "ResultSelector": {
        "m.$": "$[0].n"
      },
      "ResultPath": "$.r",
      "Next": "Done"
    }, // so
    "Done": { "Type": "Succeed" }
  }
}
`);
  });

  const yaml = `
StartAt: Run
States:
  <|>Run:
    Type: Task
    QueryLanguage: JSONata
    Resource: arn:aws:states:::states:startExecution.sync:2
    Arguments:
      StateMachineArn: \${ChildArn}
      Input: "{% $states.input %}"
    Assign:
      twice: "{% $states.result.Output.n %}"
    Output: "{% {'twice': $states.result.Output} %}"
    End: true
`;

  test('in YAML, from JSON', () => {
    expect(inlined(yaml, child.replaceAll(/\/\/.*/g, ''), 'yaml', 'json').text).toBe(
      `
StartAt: Run
States:
  Run:
    Type: Parallel
    QueryLanguage: JSONata
    Branches:
      - Comment: Makes it twice
        StartAt: Double
        States:
          Double:
            Type: Pass
            Parameters:
              n.$: $.n
            Next: Wait
          Wait:
            Type: Wait
            Seconds: 1
            End: true
    Assign:
      twice: '{% $states.result[0].n %}'
    Output: "{% {'twice': $states.result[0]} %}"
    End: true
`.slice(1),
    );
  });

  test('whose states keep their language', () => {
    const jsonata = `
QueryLanguage: JSONata
StartAt: A
States:
  A: # first
    Type: Parallel
    Branches:
      - StartAt: B
        States:
          B:
            Type: Pass
            Output: "{% 1 %}"
            End: true
    End: true
`;
    expect(inlined(yaml, jsonata, 'yaml').text).toContain(`
      - StartAt: A
        States:
          A: # first
            Type: Parallel
            QueryLanguage: JSONata
            Branches:
              - StartAt: B
                States:
                  B:
                    Type: Pass
                    QueryLanguage: JSONata
                    Output: "{% 1 %}"
                    End: true
            End: true
`);
  });
});

const run = (fields: string, call = '"Input.$": "$"'): string => `{"StartAt": "Run", "States": {
  "<|>Run": {"Type": "Task", ${resource},
    "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:child", ${call}},
    ${fields}, "Next": "Done"},
  "Done": {"Type": "Succeed"}}}`;

const whole = '"OutputPath": "$.Output"';
const pass = (state: string, more = ''): string =>
  `{${more}"StartAt": "A", "States": {"A": {"Type": "Pass", ${state}"End": true}}}`;

describe('what would change says why', () => {
  test.each([
    ['"ResultPath": "$.r"', child, "What follows 'Run' reads more of the execution than its Output."],
    ['"ResultSelector": {"s.$": "$.Status"}', child, "What follows 'Run' reads more"],
    ['"OutputPath": "$.Outputs"', child, "What follows 'Run' reads more"],
    [`${whole}, "TimeoutSeconds": 9`, child, "'Run' has TimeoutSeconds, for which no state would be left."],
    [
      `${whole}, "Retry": [{"ErrorEquals": ["States.TaskFailed"]}]`,
      child,
      "'Run' handles errors, which would no longer arrive as States.TaskFailed.",
    ],
    [
      whole,
      pass('', '"TimeoutSeconds": 5, '),
      "'child' has TimeoutSeconds, for which no state would be left.",
    ],
    [
      whole,
      pass('"InputPath": "$$.Execution.Input", '),
      "'A' reads $$.Execution.Input, which would be another there.",
    ],
    [
      whole,
      pass('"Assign": {"x.$": "${X}"}, '),
      "'child' holds substitutions, which may mean something else here.",
    ],
    [whole, child.replaceAll('"Double"', '"Done"'), "There is a state named 'Done' here, too."],
    [
      whole,
      '{"StartAt": "A", "States": {"A": {"Type": "Fail"}}}',
      "'A' fails with an error that arrives as States.TaskFailed now.",
    ],
    [whole, '{"StartAt": "B", "States": {"A": {"Type": "Succeed"}}}', "'child' is not complete."],
  ])('%s', (fields, called, reason) => {
    expect(inlined(run(fields), called).refused).toContain(reason);
  });

  test.each([
    ['"Input": "text"', "The Input of 'Run' cannot be put into a Parallel state."],
    ['"Input.$": "States.JsonToString($)"', "The Input of 'Run' cannot be put into a Parallel state."],
    ['"Name": "one"', "'Run' has Name, for which no state would be left."],
    ['"Input": {"wait": ${Wait}}', "'Run' holds substitutions, which may mean something else here."],
  ])('%s', (call, reason) => {
    expect(inlined(run(whole, call), child).refused).toContain(reason);
  });

  test('in JSONata', () => {
    const text = (output: string): string => `{"QueryLanguage": "JSONata", "StartAt": "Run", "States": {
      "<|>Run": {"Type": "Task", ${resource}, "Arguments": {"StateMachineArn": "a"}, ${output}"End": true}}}`;
    const more = "What follows 'Run' reads more of the execution than its Output.";
    const jsonata = pass('', '"QueryLanguage": "JSONata", ');
    expect(inlined(text(''), jsonata).refused).toContain(more);
    for (const read of ['$states.result.Status', '$states.result', '$states', '$states.result.Output[0]']) {
      expect(inlined(text(`"Output": "{% ${read} %}", `), jsonata).refused).toContain(more);
    }
    expect(inlined(text(`"Output": "{% '$states.result.Output' %}", `), jsonata).refused).toContain(more);
    expect(inlined(text(`"Output": "{% $states.result.Output %}", `), child).refused).toBe(
      "'Double' speaks JSONPath, which no state here may.",
    );
  });

  test('a machine is not put into itself', () => {
    const { analysis, position } = marked(run(whole), 'json');
    const range = { start: position, end: position };
    const [action] = codeActions(analysis, range, everything, ['refactor.inline'], {}, analysis.machines[0]);
    expect(action?.disabled?.reason).toBe("'machine' would be in itself.");
  });
});

test('other machines are looked for at the head of such a Task only', () => {
  const wants = (text: string): boolean => {
    const { analysis, position } = marked(text, 'json');
    return wantsCalled(analysis, { start: position, end: position });
  };
  expect(wants(run(whole))).toBe(true);
  expect(wants(run(whole).replace('.sync:2', '.sync'))).toBe(false);
  expect(wants(run(whole).replace('<|>', '').replace('"Parameters"', '"<|>Parameters"'))).toBe(false);
  expect(wants(run(whole).replace('<|>', '').replace('"Done": {"', '"Done": {"<|>'))).toBe(false);
});

describe('an execution stays the same', () => {
  const twice = `{"StartAt": "If", "States": {
    "If": {"Type": "Choice", "Choices": [{"Variable": "$.n", "IsPresent": true, "Next": "Yes"}], "Default": "No"},
    "Yes": {"Type": "Pass", "Parameters": {"twice.$": "States.MathAdd($.n, $.n)", "all.$": "$"}, "End": true},
    "No": {"Type": "Pass", "Result": [], "End": true}}}`;
  const callers = [
    run(whole),
    run('"ResultPath": null'),
    run('"ResultSelector": {"a.$": "$.Output", "b": {"c.$": "$.Output.all", "d": 1}}, "ResultPath": "$.r"'),
    run(whole, '"Input": {"n.$": "$.order.n", "by": "me"}'),
    run('"OutputPath": "$.Output", "ResultPath": "$"', '"Input.$": "$.order"'),
    run(`${whole}, "InputPath": "$.order"`),
    run(whole, '"Input": {}'),
    `{"QueryLanguage": "JSONPath", "StartAt": "Run", "States": {"<|>Run": {"Type": "Task", "QueryLanguage": "JSONata",
      ${resource}, "Arguments": {"StateMachineArn": "a", "Input": {"n": "{% $states.input.order.n + 1 %}"}},
      "Assign": {"kept": "{% $states.result.Output.twice %}"},
      "Output": "{% [$states.result.Output.all, $states.result.Output.twice] %}", "Next": "Done"},
      "Done": {"Type": "Pass", "Parameters": {"kept.$": "$kept", "all.$": "$"}, "End": true}}}`,
  ];
  const inputs: readonly Json[] = [{ n: 3, order: { n: 4 } }, { order: { n: [1] } }, { n: 'x', order: {} }];

  test.each(callers.flatMap(caller => (['json', 'yaml'] as const).map(format => ({ caller, format }))))(
    '$format: $caller',
    ({ caller, format }) => {
      const plain = caller.replace('<|>', '');
      const text = format === 'json' ? caller : converted(plain).replace('  Run:', '  <|>Run:');
      const { text: after, refused } = inlined(text, twice, format, 'json');
      expect(refused).toBeUndefined();
      const outcomes = inputs.map(input => outcomeOf(plain, 'json', input, twice));
      // Otherwise nothing would be proven.
      expect(outcomes.some(({ status }) => status === 'SUCCEEDED')).toBe(true);
      expect(inputs.map(input => outcomeOf(after ?? '', format, input, undefined))).toEqual(outcomes);
    },
  );

  function converted(json: string): string {
    const result = convert(file(json, 'json'));
    return result.kind === 'converted' ? result.text : '';
  }

  function compiled(text: string, format: Format, pointer: string): Program {
    const prepared = prepareMachine({ path: `/m.asl.${format}`, text }, undefined, pointer);
    if (prepared.kind === 'refused') throw new Error(inWords(prepared.reason));
    return prepared.value.program;
  }

  function outcomeOf(text: string, format: Format, input: Json, called: string | undefined): Outcome {
    const machine = '/Machines/child';
    const program = linked(compiled(text, format, ''), called ? [compiled(called, 'json', machine)] : []);
    let { snapshot } = begin(program, { input });
    for (;;) {
      const next = advance(program, snapshot);
      if (next.kind === 'ended') {
        const { outcome } = next;
        // Who runs a machine sees another error than the machine itself.
        return outcome.status === 'SUCCEEDED'
          ? { status: 'SUCCEEDED', output: outcome.output }
          : { status: 'FAILED' };
      }
      if (next.kind === 'stepped') {
        ({ snapshot } = next);
        continue;
      }
      const [request] = next.requests;
      if (request?.kind !== 'task') throw new Error('nothing goes on');
      const reply = {
        kind: 'execution',
        request: request.id,
        machine,
        stateMachineName: 'child',
        type: 'STANDARD',
      };
      ({ snapshot } = deliver(program, snapshot, reply as Parameters<typeof deliver>[2]));
    }
  }
});

interface Outcome {
  readonly status: string;
  readonly output?: Json;
}
