import { describe, expect, test } from 'vitest';
import { checkFindings, findingsOf } from '../checkFindings.ts';

const structure = [
  'root/',
  'state/',
  'transition/',
  'graph/',
  'wait/',
  'retry/',
  'catch/',
  'map/',
  'choice/',
  'task/',
  'parallel/',
  'jsonata/jsonpath-field',
  'jsonpath/jsonata-field',
  'fail/',
];
const check = (drawn: string): void =>
  checkFindings(drawn, {
    only: structure,
    settings: {
      severity: {
        'task/no-timeout': 'off',
        'choice/no-ispresent-guard': 'off',
        'choice/all-rules-same-target': 'off',
        'catch/no-resultpath-loses-input': 'off',
      },
    },
  });

describe('fields', () => {
  test('a misspelt field is named together with the one that was meant, and is not called missing', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Task",
      "Resouce": "arn:aws:states:::sqs:sendMessage",
    //^^^^^^^^^ state/misspelt-field: A Task state has no field 'Resouce'. Did you mean 'Resource'?
      "Ned": true}}}
    //^^^^^ state/misspelt-field: A Task state has no field 'Ned'. Did you mean 'End'?`));

  test('a language in the wrong case is one mistake, and makes no other of the fields of that language', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true, "Output": "{% $states.input %}"}},
      "QueryLanguage": "Jsonata"}
    //                 ^^^^^^^^^ root/querylanguage-value: 'QueryLanguage' must be "JSONPath" or "JSONata", not "Jsonata". Did you mean "JSONata"?`));

  test('a rule that has a Condition only, which CloudFormation would take for a function of its own, lacks its Next', () =>
    check(`
    {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"B": {"Type": "Succeed"}, "A": {"Type": "Choice", "Default": "B", "Choices": [
      {"Condition": "{% $states.input.a %}"}]}}}
    //^ choice/rule-missing-next: A Choice Rule needs 'Next'.`));

  test('an End that is no flag does not exclude Next', () =>
    check(`
    {"StartAt": "A", "States": {"B": {"Type": "Succeed"}, "A": {"Type": "Pass", "Next": "B",
      "End": "true"}}}
    //       ^^^^^^ transition/end-string: 'End' must be true or false, not "true".`));

  test('a language that an ItemProcessor cannot have is one mistake, whatever its states are written in', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, "ItemProcessor": {
      "QueryLanguage": "JSONata",
    //^^^^^^^^^^^^^^^ map/itemprocessor-querylanguage…
      "StartAt": "I", "States": {"I": {"Type": "Pass", "Output": "{% $states.input %}", "End": true}}}}}}`));

  test('an Iterator is called so', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, "Iterator": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}},
      "Comments": "x"}}}}
    //^^^^^^^^^^ map/unknown-field: An Iterator has no field 'Comments'. Did you mean 'Comment'?`));

  test('Credentials name one role', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Credentials": {
      "RoleArn": "r", "RoleArn.$": "$.r"}}}}
    //                ^^^^^^^^^^^ task/rolearn-and-path: 'RoleArn.$' and 'RoleArn' exclude each other. Remove one of them.`));

  test('a field of another type of state', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
      "Retry": []}}}
    //^^^^^^^ state/field-wrong-type-pass-retry: A Pass state has no 'Retry'. Only Task, Parallel and Map states have it.`));

  test('a Choice has no Next: its rules say where to go', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "A", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "B"}],
      "Next": "B"}, "B": {"Type": "Succeed"}}}
    //^^^^^^ state/field-wrong-type-choice-next: A Choice state has no 'Next'. Its rules and 'Default' say where to go.`));

  test('a JSONPath field in a JSONata state', () =>
    check(`
    {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
      "InputPath": "$.a"}}}
    //^^^^^^^^^^^ jsonata/jsonpath-field-InputPath: 'InputPath' belongs to JSONPath, and this state uses JSONata. Read '$states.input' where it is needed.`));

  test('states inside a JSONata Map take the language of the state machine', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Map", "QueryLanguage": "JSONata", "End": true, "Items": [1],
      "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true,
        "Output": 1}}}}}}
      //^^^^^^^^ map/jsonata-map-does-not-pass-language-to-children…`));

  test('two durations: the second is marked, the first is related', () => {
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, "End": true,
      "Timestamp": "2024-08-18T17:33:00Z"}}}
    //^^^^^^^^^^^ wait/two-durations: 'Timestamp' and 'Seconds' exclude each other. Remove one of them.`);
    const [found] = findingsOf('{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Next":"A"}}}', {
      only: 'transition/',
    });
    expect(found?.related).toEqual([{ start: 44, end: 49, message: "'End' stands here." }]);
  });

  test('a missing field is shown at the name of the state', () =>
    check(`
    {"StartAt": "A", "States": {
      "A": {"Type": "Task", "End": true}}}
    //^^^ task/missing-resource: A Task state needs 'Resource'.`));

  test('nothing is called missing where the text is broken', () => {
    const found = findingsOf('{"StartAt": "A", "States": {"A": {"Type": "Task", "Res');
    expect(found.map(({ code }) => code)).toEqual(['json/syntax', 'json/syntax'].slice(0, found.length));
  });
});

describe('values', () => {
  test.each([
    ['"Type": "Wait", "Seconds": "10"', 'wait/seconds-string'],
    ['"Type": "Wait", "Seconds": 1.5', 'wait/seconds-float'],
    ['"Type": "Wait", "Seconds": -1', 'wait/seconds-negative'],
    ['"Type": "Wait", "Seconds": 100000000', 'wait/seconds-over-99999999'],
    ['"Type": "Wait", "Seconds": "{% 10 %}"', 'jsonpath/jsonata-field-Seconds-string'],
    ['"Type": "Wait", "Timestamp": "2024-08-18 17:33:00Z"', 'wait/timestamp-format'],
    ['"Type": "Wait", "Timestamp": "2024-02-30T17:33:00Z"', 'wait/timestamp-format'],
    [
      '"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "TimeoutSeconds": 0',
      'task/timeout-zero',
    ],
    ['"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Retry": {}', 'retry/not-array'],
    [
      '"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Retry": [{"ErrorEquals": ["X"], "JitterStrategy": "ALL"}]',
      'retry/jitter-value',
    ],
    [
      '"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Retry": [{"ErrorEquals": "X"}]',
      'retry/errorequals-string',
    ],
    [
      '"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Retry": [{"ErrorEquals": ["X"], "BackoffRate": 0.5}]',
      'retry/backoff-below-1',
    ],
  ])('%s', (fields, code) => {
    const text = `{"StartAt":"A","States":{"A":{${fields}, "End": true}}}`;
    expect(
      findingsOf(text)
        .filter(({ severity }) => severity === 'error')
        .map(found => found.code),
    ).toEqual([code]);
  });

  test('placeholders and CloudFormation functions are never judged', () =>
    check(`
    {"StartAt": "A", "TimeoutSeconds": \${Timeout}, "States": {
      "A": {"Type": "Wait", "Seconds": "\${Seconds}", "Next": "B"},
      "B": {"Type": "Task", "Resource": {"Fn::GetAtt": ["F", "Arn"]}, "End": true}}}`));

  test('the quotes around a number can be taken away', () => {
    const [found] = findingsOf('{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":"10","End":true}}}', {
      only: 'wait/',
    });
    expect(found?.fix).toEqual({
      kind: 'replaceText',
      span: { start: 54, end: 58 },
      text: '10',
      title: 'Remove the quotes: 10',
    });
  });
});

describe('transitions', () => {
  test('an unknown target names the one that was meant', () =>
    check(`
    {"StartAt": "A", "States": {"Paid": {"Type": "Succeed"}, "A": {"Type": "Pass",
      "Next": "Piad"}}}
    //        ^^^^^^ transition/next-unknown: No state named 'Piad' in this scope. Did you mean 'Paid'?`));

  test('of many unknown targets, what the first five hundred mean is sought', () => {
    const states = Array.from(
      { length: 600 },
      (_, index) => `"Paid ${index}":{"Type":"Pass","Next":"Piad 0"}`,
    );
    const messages = findingsOf(`{"StartAt":"Paid 0","States":{${states.join()}}}`, {
      only: ['transition/next-unknown'],
    }).map(({ message }) => message);
    expect(messages).toHaveLength(600);
    expect(messages[499]).toBe("No state named 'Piad 0' in this scope. Did you mean 'Paid 0'?");
    expect(messages[500]).toBe("No state named 'Piad 0' in this scope.");
  });

  test('a transition out of a Map', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass",
      "Next": "A"}}}}}}
    //        ^^^ transition/map-itemprocessor-to-outer: No state named 'A' in this scope. A transition cannot leave the Map state 'A'; end here with "End": true.`));

  test('neither Next nor End', () =>
    check(`
    {"StartAt": "A", "States": {
      "A": {"Type": "Pass"}}}
    //^^^ transition/next-and-end-missing: State 'A' needs 'Next' or "End": true.`));

  test('"End": false says nothing', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Pass",
      "End": false}}}
    //^^^^^^^^^^^^ transition/end-false-no-next…`));
});

describe('graph', () => {
  test('an unreachable state is drawn faded', () => {
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Succeed"},
      "B": {"Type": "Pass", "Next": "A"}}}
    //^^^ graph/unreachable-state: State 'B' cannot be reached: nothing leads to it.`);
    const [found] = findingsOf('{"StartAt":"A","States":{"A":{"Type":"Succeed"},"B":{"Type":"Succeed"}}}', {
      only: 'graph/',
    });
    expect(found?.tags).toEqual(['unnecessary']);
    expect(found?.aws).toEqual({
      code: 'MISSING_TRANSITION_TARGET',
      message: 'State "B" is not reachable.',
      location: '/States/B',
    });
  });

  test('states that only lead to each other are not reached', () =>
    check(`
    {"StartAt": "A", "States": {"A": {"Type": "Succeed"},
      "B": {"Type": "Pass", "Next": "C"},
    //^^^ graph/unreachable-cycle…
      "C": {"Type": "Pass", "Next": "B"}}}
    //^^^ graph/unreachable-cycle…`));

  test('while a target is unknown, nothing is called unreachable', () =>
    check(`
    {"StartAt": "A", "States": {"B": {"Type": "Succeed"}, "A": {"Type": "Pass",
      "Next": "X"}}}
    //        ^^^ transition/next-unknown…`));

  test('no way out', () =>
    check(`
    {"States": {"A": {"Type": "Pass", "Next": "A"}},
      "StartAt": "A"}
    //           ^^^ graph/no-terminal-state: No state ends the state machine. Give one "End": true, or add a Succeed or Fail state.`));

  test('a Catcher leads somewhere too', () =>
    check(`
    {"StartAt": "A", "States": {
      "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Catch": [{"ErrorEquals": ["X"], "Next": "B"}]},
      "B": {"Type": "Succeed"}}}`));
});
