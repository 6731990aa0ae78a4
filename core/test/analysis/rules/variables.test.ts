import { describe, test } from 'vitest';
import { checkFindings } from '../checkFindings.ts';

const only = ['variable/', 'flow/variable', 'flow/undefined', 'flow/unused', 'flow/inner', 'flow/assign'];
const jsonata = (drawn: string): void =>
  checkFindings(drawn.replace('{', '{"QueryLanguage": "JSONata", '), { only });
const jsonPath = (drawn: string): void => checkFindings(drawn, { only });

describe('names', () => {
  test('that no variable can have', () =>
    jsonata(
      `
      {"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "End": true, "Output": "{% [$_, $größe] %}",
      "Assign": {"1a": 1,
      //         ^^^^ variable/assign-invalid-name-digit: '1a' starts with a digit. Names of variables start with a letter or '_'.
        "x.y": 1, "a-b": 1, "$z": 1, "states": 1,
      //^^^^^ variable/assign-invalid-name-dot: Only whole variables can be set. Assign all of 'x', or use a name without '.' and '['.
      //          ^^^^^ variable/assign-invalid-name: 'a-b' cannot be the name of a variable: use letters, digits and '_'.
      //                    ^^^^ variable/assign-invalid-name: Names are written without '$' here: 'z'.
      //                             ^^^^^^^^ variable/assign-reserved-states: 'states' is taken: $states holds input, result and context. Choose another name.
        "_": 1, "größe": 1}}}}`,
    ));
  test('have at most 80 characters', () => {
    const name = 'x'.repeat(81);
    jsonPath(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B", "Assign": {
        "${name}.$": "$.a"}}, "B": {"Type": "Pass", "InputPath": "$${name}", "End": true}}}
      //${'^'.repeat(85)} variable/assign-name-over-80: Names of variables have at most 80 characters; this one has 81.`);
  });
});

describe('a variable without a value', () => {
  test('that no state assigns', () =>
    jsonata(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"}, "B": {"Type": "Pass", "End": true,
      "Output": "{% $totl + $total + $doesNotExist + $map([1], $string) %}"}}}
      //            ^^^^^ [warning] flow/undefined-variable: No state assigns '$totl'. Did you mean '$total'?
      //                             ^^^^^^^^^^^^^ [warning] flow/undefined-variable: No state assigns '$doesNotExist'.`));
  test('may be a member of the input', () =>
    jsonPath(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
      "InputPath": "$order.id"}}}
      //            ^^^^^^ [warning] flow/undefined-variable: No state assigns '$order'. A member of the input is '$.order'.`));
  test('on one of two ways', () =>
    jsonata(`
      {"StartAt": "C", "States": {"C": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.a %}", "Next": "X"}], "Default": "Y"},
      "X": {"Type": "Pass", "Assign": {"v": 1}, "Next": "Y"},
      "Y": {"Type": "Pass", "End": true, "Output": "{% $v %}"}}}
      //                                               ^^ [warning] flow/variable-undefined-on-one-path: '$v' may have no value here: it is assigned only on the way through 'X'.`));
  test('is set on both ways', () =>
    jsonata(`
      {"StartAt": "C", "States": {
      "C": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "Y", "Assign": {"v": 1}}], "Default": "Y", "Assign": {"v": 2}},
      "Y": {"Type": "Pass", "End": true, "Output": "{% $v %}"}}}`));
  test('is set in the rule of a Choice, not in the others', () =>
    jsonata(`
      {"StartAt": "C", "States": {
      "C": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "Y", "Assign": {"v": 1}}], "Default": "Y"},
      "Y": {"Type": "Pass", "End": true, "Output": "{% $v %}"}}}
      //                                               ^^ [warning] flow/variable-undefined-on-one-path`));
  test('is tested by the state machine itself', () => {
    jsonata(`
      {"StartAt": "C", "States": {
      "C": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "Y", "Assign": {"v": 1}}], "Default": "Y"},
      "Y": {"Type": "Pass", "End": true, "Output": "{% $exists($v) ? $v : 0 %}"}}}`);
  });
  test('in the state that sets it', () =>
    jsonata(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true, "Assign": {"v": 1},
      "Output": "{% $v %}"}}}
      //            ^^ [warning] flow/assign-not-visible-in-same-state-output: '$v' gets its value after this state only: Assign takes effect in the next state.`));
  test('before the state that sets it', () =>
    jsonata(`
      {"StartAt": "A", "States": {"B": {"Type": "Pass", "Assign": {"v": 1}, "End": true}, "A": {"Type": "Pass", "Next": "B",
      "Output": "{% $v %}"}}}
      //            ^^ [warning] flow/variable-used-before-assign: '$v' has no value here yet: 'B', which assigns it, does not come before.`));
  test('in a loop, from the second round on', () =>
    jsonata(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B",
      "Output": "{% $v %}"}, "B": {"Type": "Pass", "Assign": {"v": 1}, "Next": "C"},
      //            ^^ [warning] flow/variable-undefined-on-one-path
      "C": {"Type": "Choice", "Choices": [{"Condition": "{% $v > 1 %}", "Next": "A"}], "Default": "D"}, "D": {"Type": "Succeed"}}}`));
  test('behind a Catcher', () =>
    jsonata(`
      {"StartAt": "A", "States": {
      "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Assign": {"v": 1, "w": 1}, "Next": "B",
            "Catch": [{"ErrorEquals": ["States.ALL"], "Assign": {"w": 2}, "Next": "B"}]},
      "B": {"Type": "Pass", "End": true, "Output": "{% $v + $w %}"}}}
      //                                               ^^ [warning] flow/variable-lost-on-catch-path: '$v' is not set when 'A' fails, because its Catcher leads here without that Assign. Set it in the Catcher, or before.`));
  test('behind the state that a Catcher leads to', () =>
    jsonata(`
      {"StartAt": "A", "States": {
      "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Assign": {"v": 1}, "End": true, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "H"}]},
      "H": {"Type": "Pass", "Next": "I"}, "I": {"Type": "Pass", "End": true,
      "Output": "{% $v %}"}}}
      //            ^^ [warning] flow/variable-lost-on-catch-path`));
  test('is not told of states that cannot be reached', () =>
    jsonata(`
      {"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "End": true, "Output": "{% $v %}"}}}`));
});

describe('scopes', () => {
  const inner = (assign: string, output: string): string =>
    `{"StartAt": "I", "States": {"I": {"Type": "Pass", "Assign": {${assign}}, "Next": "J"}, "J": {"Type": "Pass", "End": true, "Output": "${output}"}}}`;
  test('inner states read outer variables', () =>
    jsonata(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "P"}, "P": {"Type": "Parallel", "End": true, "Branches": [
      ${inner('"y": 1', '{% $x + $y %}')}]}}}`));
  test('a value that the outer state itself sets comes too late', () =>
    jsonata(`
      {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Assign": {"x": 1}, "Branches": [{"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true,
      "Output": "{% $x %}"}}}]}}}
      //            ^^ [warning] flow/variable-used-before-assign`));
  test('outer states do not read inner variables, nor branches those of each other', () =>
    jsonata(`
      {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Next": "B", "Branches": [
      ${inner('"y": 1', '{% $y %}')},
      {"StartAt": "K", "States": {"K": {"Type": "Pass", "End": true,
      "Output": "{% $y %}"}}}]}, "B": {"Type": "Pass", "End": true,
      //            ^^ [warning] flow/inner-variable-used-outside
      "Output": "{% $y %}"}}}
      //            ^^ [warning] flow/inner-variable-used-outside: '$y' is assigned inside 'P' only and cannot be read out here. Return it in the output and assign it again.`));
  test('inner states cannot set outer variables', () =>
    jsonata(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "P"}, "P": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "I", "States": {"I": {"Type": "Map", "End": true, "Items": [1], "ItemProcessor": {"StartAt": "J", "States": {"J": {"Type": "Pass", "End": true,
      "Output": "{% $x %}", "Assign": {"x": 2}}}}}}}]}}}
      //                                ^ variable/assign-outer-scope-in-map: 'x' is a variable of the states around 'I', which cannot be set in here. Choose another name, or return the value in the output.`));
  test('a distributed Map reads nothing from outside, and may use the same names', () =>
    jsonata(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1, "y": 1}, "Next": "M"}, "M": {"Type": "Map", "End": true, "Items": "{% [$x, $y] %}", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "J", "States": {"J": {"Type": "Pass", "Next": "K",
      "Output": "{% $x %}", "Assign": {"y": 2}}, "K": {"Type": "Pass", "Output": "{% $y %}", "End": true}}}}}}
      //            ^^ variable/distributed-map-reads-outer: '$x' belongs to the states around the distributed Map, whose iterations cannot read it. Pass it in with ItemSelector.`));
});

describe('a variable that nothing reads', () => {
  test('is drawn faded', () =>
    jsonPath(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
      "Assign": {"never.$": "$.a"}}}}
      //          ^^^^^ [hint] flow/unused-variable: Nothing reads the variable 'never'.`));
  test('is not told while an expression that may read it cannot be read', () =>
    jsonata(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"v": 1}, "Next": "B"}, "B": {"Type": "Pass", "End": true, "Output": "{% $v + %}"}}}`));
  test('may be read in an intrinsic function, a path, a filter or a deferred text', () =>
    jsonPath(`
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"a": 1, "b": 1, "c": 1}, "Next": "B"}, "B": {"Type": "Pass", "End": true,
      "Parameters": {"x.$": "States.Format('{}', States.Array($a.x))", "y.$": "$b[0]", "z.$": "States.Format('\${Prefix}{}', $c)"}}}}`));
});
