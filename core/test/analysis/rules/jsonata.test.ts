import { describe, expect, test } from 'vitest';
import { checkFindings, findingsOf } from '../checkFindings.ts';

/** A JSONata state machine of one state with these lines in it. */
function check(lines: string, type = 'Pass'): void {
  const required = type === 'Task' ? '"Resource": "arn:aws:states:::lambda:invoke",' : '';
  checkFindings(
    `{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "${type}", ${required} "End": true,
${lines}
}}}`,
    { only: ['jsonata/', 'jsonpath/', 'template/', 'flow/undefined', 'variable/'] },
  );
}

describe('what cannot be read', () => {
  test('is drawn where the reader stopped', () =>
    check(
      String.raw`
      "Output": "{% $states.input.a = %}"
      //                            ^ jsonata/syntax-error: This is no JSONata: Unexpected end of expression.`,
    ));
  test('is drawn through escapes', () =>
    check(
      String.raw`
      "Output": "{% \"\u0061\" & ) %}"
      //                         ^ jsonata/syntax-error`,
    ));
  test('has a code by its place', () =>
    check(
      `
      "Arguments": {"a": "{% [1,,2] %}"},
      //                        ^ jsonata/arguments-syntax-error
      "Assign": {"x": "{% ) %}"},
      //                  ^ jsonata/assign-syntax-error
      "Output": {"a": [{"b": "{% 1 + %}"}]}
      //                           ^ jsonata/nested-syntax-error`,
      'Task',
    ));
  test('an open string or regular expression has a code of its own', () =>
    check(
      String.raw`
      "Assign": {"x": "{% \"abc %}",
      //                  ^^^^^ jsonata/unterminated-string: This is no JSONata: String literal must be terminated by a matching quote.
      "y": "{% $match('a', /abc) %}"}
      //                   ^^^^^ jsonata/unterminated-regex`,
    ));
  test('in a Condition', () =>
    checkFindings(
      `{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "B", "Choices": [
  {"Next": "B", "Condition": "{% $states.input.a = %}"}
  //                                             ^ jsonata/condition-syntax-error
]}, "B": {"Type": "Succeed"}}}`,
      { only: 'jsonata/' },
    ));
  test('operators of JSONata 2.1 are not known', () =>
    expect(
      findingsOf(
        '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Succeed","Output":"{% $states.input.a ?? 1 %}"}}}',
      ).map(({ code }) => code),
    ).toContain('jsonata/syntax-error'));
  test('says nothing more about the expression', () =>
    check('"Output": "{% phone + $$ + $foo( %}"\n//                             ^ jsonata/syntax-error'));
  test('is left alone while a substitution stands in it', () => check('"Output": "{% ${Expression} + %}"'));
});

describe('delimiters', () => {
  test('both must be there', () =>
    check(`
      "Assign": {"a": "{% 1", "b": "1 %}", "c": "{%"},
      //              ^^^^^^ jsonata/unclosed-delimiter: '%}' is missing at the end of the string.
      //                           ^^^^^^ jsonata/unclosed-delimiter: '{%' is missing at the start of the string.
      //                                        ^^^^ jsonata/unclosed-delimiter: '%}' is missing at the end of the string.
      "Output": "{% 1 %} "
      //        ^^^^^^^^^^ jsonata/unclosed-delimiter: The string goes on behind '%}'. A JSONata expression must fill the whole string.`));
  test('need no blanks inside', () => check('"Output": ["{%1%}", "{%\\n 1 \\n%}", "a {% b"]'));
  test('must hold something', () =>
    check(`
      "Output": ["{% %}", "{%%}"]
      //         ^^^^^^^ jsonata/empty-expression: There is no expression between '{%' and '%}'.
      //                  ^^^^^^ jsonata/empty-expression: There is no expression between '{%' and '%}'.`));
  test('are missed around what starts at $states', () =>
    check(`
      "Output": {"a": "$states.input.a", "b": "$5.00", "c": "$uuid()", "d": "$.x", "e": "$unknown.x"}
      //              ^^^^^^^^^^^^^^^^^ [warning] jsonata/missing-delimiters: '$states.input.a' is passed on as text. To evaluate it, write {% $states.input.a %}.
      //                                                    ^^^^^^^^^ [warning] jsonata/missing-delimiters
      //                                                                    ^^^^^ [warning] jsonata/missing-delimiters: This is JSONPath in a JSONata state, so it is passed on as text. Write {% $states.input… %}.`));
  test('are not missed where text is refused anyway', () =>
    checkFindings(
      `{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Wait", "Next": "B", "Seconds": "$states.input.s"}, "B": {"Type": "Succeed"}}}`,
      { only: 'jsonata/' },
    ));
  test('are missed around a known variable', () =>
    check(`
      "Assign": {"total": 1}, "Output": ["$total", "$totals"]
      //                                 ^^^^^^^^ [warning] jsonata/missing-delimiters`));
});

describe('without an input document', () => {
  test('bare names are refused', () =>
    check(`
      "Output": {"v": "{% phone & $states.input.items[price > 1].name %}"}
      //                  ^^^^^ jsonata/bare-top-level-reference: 'phone' stands at the top level, where there is nothing to take it from. Did you mean '$states.input.phone'?`));
  test('a forgotten $ is seen', () =>
    check(`
      "Output": "{% uppercase('a') & states.input.a %}"
      //            ^^^^^^^^^ jsonata/bare-top-level-reference: 'uppercase' stands at the top level, where there is nothing to take it from. Did you mean '$uppercase'?
      //                             ^^^^^^ jsonata/bare-top-level-reference: 'states' stands at the top level, where there is nothing to take it from. Did you mean '$states'?`));
  test('$ and $$ name nothing', () =>
    check(`
      "Output": ["{% $$.Execution.Id %}", "{% $.a %}", "{% $states.input.a[$ > 1] %}", "{% $map([1], function($v){ $ }) %}"]
      //             ^^ jsonata/dollar-dollar: '$$' names nothing here. Write '$states.input' for the input, '$states.context' for the Context Object.
      //                                      ^ [warning] jsonata/top-level-dollar: '$' names nothing at the top level. Write '$states.input' for the input.`));
});

describe('JSONPath', () => {
  test('between the delimiters', () =>
    check(`
      "Output": "{% $.store.book[?(@.x > 1)] %}"
      //            ^^^^^^^^^^^^^^^^^^^^^^^^ jsonata/jsonpath-in-delimiters`));
  test('its functions', () =>
    check(`
      "Output": "{% States.UUID() & States.Format('{}', 1) %}"
      //            ^^^^^^^^^^^ jsonata/intrinsic-in-jsonata: 'States.UUID' belongs to JSONPath. Write $uuid().
      //                            ^^^^^^^^^^^^^ jsonata/intrinsic-in-jsonata: 'States.Format' belongs to JSONPath. Write 'text' & $value.`));
  test('its key suffix', () =>
    check(
      `
      "Arguments": {"a.$": "$.x"}
      //            ^^^^^ [warning] jsonata/dollar-key-suffix: '.$' means nothing in JSONata and becomes part of the name. Write 'a' with an expression {% … %}.`,
      'Task',
    ));
});

describe('functions', () => {
  test('that do not exist', () =>
    check(`
      "Output": "{% $upercase('a') & $eval('1') & $frobnicate() %}"
      //            ^^^^^^^^^ [warning] jsonata/unknown-function: There is no function '$upercase'. Did you mean '$uppercase'?
      //                             ^^^^^ [warning] jsonata/eval-not-supported: Step Functions has no '$eval'. Use '$parse' to read JSON text.
      //                                          ^^^^^^^^^^^ [warning] jsonata/unknown-function: There is no function '$frobnicate'.`));
  test('of the expression itself, of JSONata and of Step Functions are known', () =>
    check(
      '"Output": "{% ($f := function($x){ $uppercase($x) }; [$f(\'a\'), $uuid(), $partition([1], 1), $map([1], $string)]) %}"',
    ));
  test('take a number of arguments, `~>` counted', () =>
    check(`
      "Output": "{% [$uuid(1), $substring('abc'), 'abc' ~> $substring(1), $map([1], $substring(?, 1)), $zip(), $zip([1], [2], [3])] %}"
      //             ^^^^^ [warning] jsonata/argument-count: '$uuid' is called with 1 argument, but it is $uuid().
      //                                                                                               ^^^^ [warning] jsonata/argument-count`));
  test('are no variables', () =>
    check(`
      "Assign": {"price": 1}, "Output": "{% $price(1) %}"
      //                                    ^^^^^^ [warning] jsonata/unknown-function: '$price' is a variable of the state machine; variables hold JSON and cannot be called.`));
});

describe('$states', () => {
  test('has four members', () =>
    check(`
      "Output": "{% $states.inputs.a & $states.context.Execution.Id %}"
      //                    ^^^^^^ [warning] jsonata/unknown-states-member: '$states' has no 'inputs'. Did you mean 'input'?`));
  test('a result exists behind the work only', () =>
    check(
      `
      "Arguments": {"a": "{% $states.result %}"}, "Output": "{% $states.result %}"
      //                             ^^^^^^ [warning] jsonata/result-in-arguments: '$states.result' does not exist before the work is done, when Arguments is evaluated. Read '$states.input'.`,
      'Task',
    ));
  test('states without work have no result', () =>
    check(`
      "Output": "{% $states.result %}"
      //                    ^^^^^^ [warning] jsonata/result-without-result: A Pass state has no result. Read '$states.input'.`));
  test('an error output exists in Catchers only', () =>
    check(
      `
      "Output": "{% $states.errorOutput %}",
      //                    ^^^^^^^^^^^ jsonata/erroroutput-outside-catcher: '$states.errorOutput' exists in Output and Assign of a Catcher only.
      "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "A", "Output": "{% [$states.errorOutput, $states.result] %}"}]
      //                                                                                                 ^^^^^^ [warning] jsonata/result-without-result: A caught error leaves no '$states.result'. Read '$states.errorOutput'.`,
      'Task',
    ));
});

test('places are right in the blocks of YAML', () =>
  checkFindings(
    `
StartAt: A
QueryLanguage: JSONata
x-shared: &shared
  a: "{% phone %}"
  #      ^^^^^ jsonata/bare-top-level-reference
States:
  A:
    Type: Pass
    Assign:
      total: 1
    Output:
      list: |-
        {% (
          $x := $totl;
          #     ^^^^^ [warning] flow/undefined-variable
          [$x, $total]
        ) %}
      folded: >-
        {% $states.input.items
           [price > $totla] %}
        #           ^^^^^^ [warning] flow/undefined-variable
      <<: *shared
    End: true
`,
    { format: 'yaml', only: ['jsonata/', 'flow/undefined'] },
  ));
