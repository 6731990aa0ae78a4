import { describe, test } from 'vitest';
import { checkFindings } from '../checkFindings.ts';

const check = (drawn: string): void => checkFindings(drawn, { only: 'data/' });

describe('the Context Object', () => {
  test('has known members', () =>
    check(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
      "Parameters": {"v.$": "$$.Execution.Nmae", "w.$": "States.Format('{}', $$.Stat.Name)", "ok.$": "$$.Execution.Input.any.thing"}}}}
      //                                  ^^^^ [warning] data/context-path-unknown: The Context Object has no 'Nmae' here. Did you mean 'Name'?
      //                                                                        ^^^^ [warning] data/context-path-unknown: The Context Object has no 'Stat' here. Did you mean 'State'?`));
  test('in JSONata too', () =>
    check(`
      {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
      "Output": "{% $states.context.Execution.Arn & $states.context.State.Name %}"}}}
      //                                      ^^^ [warning] data/context-path-unknown: The Context Object has no 'Arn' here. There are Id, Input, Name, RoleArn, StartTime, RedriveCount, RedriveTime.`));
  test('has an item in Maps only', () =>
    check(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "M",
      "Parameters": {"v.$": "$$.Map.Item.Value"}}, "M": {"Type": "Map", "End": true,
      //                        ^^^^^^^^^^^^^^ [warning] data/map-context-outside-map: 'A' is not in a Map state, so there is no item.
      "ItemSelector": {"v.$": "$$.Map.Item.Value"}, "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true, "Parameters": {"i.$": "$$.Map.Item.Index"}}}}}}}`));
  test('has a token in Tasks only', () =>
    check(`
      {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
      "Output": "{% $states.context.Task.Token %}"}}}
      //                            ^^^^^^^^^^ [warning] data/task-token-outside-callback: A Pass state has no task token. It exists in Tasks whose Resource ends in '.waitForTaskToken'.`));
});

describe('paths into what is gone', () => {
  test('a Result takes the place of the input', () =>
    check(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"a": 1}, "Next": "B"}, "B": {"Type": "Pass", "End": true,
      "Parameters": {"a.$": "$.a", "b.$": "States.Format('{}', $.order.id)"}}}}
      //                                                         ^^^^^ [warning] data/path-into-discarded-input: '$.order' finds nothing: Result of 'A' gives an object with a.`));
  test('without ResultPath, a Catcher leads on with the Error Output alone', () =>
    check(`
      {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Z",
        "Catch": [{"ErrorEquals": ["X"], "Next": "B"}, {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "C"}]},
      "B": {"Type": "Pass", "Next": "Z", "Parameters": {"cause.$": "$.Cause",
        "order.$": "$.order"}},
      //              ^^^^^ [warning] data/path-into-discarded-input: '$.order' finds nothing: there is an object with Error, Cause.
      "C": {"Type": "Pass", "Next": "Z", "Parameters": {"order.$": "$.order",
        "message.$": "$.error.Message"}},
      //                      ^^^^^^^ [warning] data/path-into-discarded-input: '$.error.Message' finds nothing: there is an object with Error, Cause.
      "Z": {"Type": "Succeed"}}}`));
  test('ResultPath keeps it', () =>
    check(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"a": 1}, "ResultPath": "$.r", "Next": "B"}, "B": {"Type": "Pass", "End": true,
      "Parameters": {"a.$": "$.r.a", "b.$": "$.order.id", "c.$": "$.r.c"}}}}
      //                                                              ^ [warning] data/path-into-discarded-input: '$.r.c' finds nothing: Result of 'A' gives an object with a.`));
  test('the result of a Parallel is an array', () =>
    check(`
      {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Next": "B", "Branches": [{"StartAt": "I", "States": {"I": {"Type": "Pass", "Result": {"x": 1}, "End": true}}}]},
      "B": {"Type": "Pass", "End": true, "Parameters": {"a.$": "$[0].x", "b.$": "$.x", "c.$": "$[1].x", "d.$": "$[0].y"}}}}
      //                                                                           ^ [warning] data/path-into-discarded-input: '$.x' finds nothing: what it is taken from is an array.
      //                                                                                        ^^^ [warning] data/path-into-discarded-input: '$[1]' finds nothing: the array has no such item.
      //                                                                                                             ^ [warning] data/path-into-discarded-input`));
  test('is told where a state is reached on one way only', () =>
    check(`
      {"StartAt": "C", "States": {"C": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsPresent": true, "Next": "A"}], "Default": "B"},
      "A": {"Type": "Pass", "Result": {"a": 1}, "Next": "B"}, "B": {"Type": "Pass", "InputPath": "$.order", "End": true}}}`));
  test('a Choice may ask whether something is there', () =>
    check(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"a": 1}, "Next": "C"}, "C": {"Type": "Choice",
      "Choices": [{"And": [{"Variable": "$.b", "IsPresent": true}, {"Variable": "$.b", "IsNull": false}], "Next": "D"}], "Default": "D"}, "D": {"Type": "Succeed"}}}`));
  test('variables have shapes too', () =>
    check(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"order": {"id": 7}}, "Next": "B"}, "B": {"Type": "Pass", "End": true,
      "Parameters": {"a.$": "$order.id", "b.$": "$order.ids"}}}}
      //                                                ^^^ [warning] data/path-into-discarded-input: '$order.ids' finds nothing. Did you mean 'id'?`));
  test('a JSONata expression that is nothing but such a path', () =>
    check(`
      {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": {"a": 1, "l": [{"x": 1}]}, "Next": "B"}, "B": {"Type": "Pass", "End": true,
      "Output": ["{% $states.input.b %}", "{% $states.input.a %}", "{% $states.input.b & 'c' %}", "{% $exists($states.input.b) %}", "{% $states.input.l.y %}"]}}}
      //                           ^ [warning] data/path-into-discarded-input: '$states.input.b' finds nothing: Output of 'A' gives an object with a, l.`));
  test('loops, Catchers, JSONata functions and unknown results stay open', () =>
    check(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"n": 1}, "Next": "T"},
      "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "InputPath": "$.n", "Next": "C", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "E"}]},
      "C": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 1, "Next": "T"}], "Default": "E"},
      "E": {"Type": "Pass", "InputPath": "$.errorMessage", "End": true}}}`));
});

test('OutputPath null is told where it stands', () =>
  check(`
    {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B",
      "OutputPath": null}, "B": {"Type": "Pass", "End": true, "InputPath": "$.a"}}}
    //^^^^^^^^^^^^^^^^^^ [warning] data/outputpath-null-loses-data: The output becomes {}, but 'B' reads '$.a'. To drop only the result, write "ResultPath": null.`));

describe('ResultPath over what nobody has read', () => {
  const machine = (middle: string): string => `
    {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": 1, "ResultPath": "$.x", "Next": "M"}, "M": {${middle}, "Next": "B"},
    "B": {"Type": "Pass", "End": true, "Result": 2,
      "ResultPath": "$.x"}}}`;
  test('is told', () =>
    check(`${machine('"Type": "Wait", "Seconds": 1')}
      //            ^^^^^ [hint] data/resultpath-overwrites-input-field: The input already has '$.x', and no state has read it. This result takes its place.`));
  test('is fine when it was read', () => {
    check(machine('"Type": "Wait", "SecondsPath": "$.x"'));
    check(machine('"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "ResultPath": null'));
  });
});
