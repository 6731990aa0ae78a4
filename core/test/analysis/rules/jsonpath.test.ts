import { describe, test } from 'vitest';
import { checkFindings } from '../checkFindings.ts';

const only = [
  'jsonpath/',
  'template/',
  'intrinsic/',
  'path/',
  'fail/',
  'choice/variable-not',
  'choice/operand-path',
  'wait/',
];

/** A state machine of one state with these lines in it. */
function check(lines: string, type = 'Pass', fields = '"End": true,'): void {
  const required = type === 'Task' ? '"Resource": "arn:aws:states:::lambda:invoke",' : '';
  checkFindings(
    `{"StartAt": "A", "States": {"A": {"Type": "${type}", ${required} ${fields}
${lines}
}, "Z": {"Type": "Succeed"}}}`,
    { only },
  );
}

describe('paths', () => {
  test('start with $', () =>
    check(`
      "InputPath": "order.id", "OutputPath": "States.UUID()"
      //            ^^^^^^^^ jsonpath/inputpath-not-path: InputPath takes a path, and paths start with '$'. Did you mean '$.order.id'?
      //                                      ^^^^^^^^^^^^^ jsonpath/inputpath-intrinsic: OutputPath takes a path, not an intrinsic function. Compute the value in a Pass state before, under a key that ends in '.$'.`));
  test('are read in the dialect of AWS', () =>
    check(
      `"InputPath": "$.a.[0].['b c'][?(@.d == 1)]..e", "ResultPath": "$.a.b[0]", "OutputPath": "$$.Execution"`,
    ));
  test('that cannot be read', () =>
    check(`
      "InputPath": "$.a[0", "OutputPath": "$.a b"
      //               ^^ jsonpath/unclosed-bracket
      //                                     ^^^ jsonpath/syntax-error: This path cannot be read: Use bracket notion ['my prop'] if your property contains blank characters. position: 2.`));
  test('are left alone while a substitution stands in them', () =>
    check('"InputPath": "${Path}", "ResultPath": "$.${Name}["'));
});

describe('Reference Paths', () => {
  test('name one place', () =>
    check(`
      "ResultPath": "$.a[*]", "OutputPath": "$.a[*]"
      //                ^^^ jsonpath/resultpath-not-reference: A Reference Path names one place, so it cannot have the wildcard '*'.`));
  test('do not look for names at any depth', () =>
    check(`
      "ResultPath": "$..a"
      //              ^^ jsonpath/double-dot-in-reference: A Reference Path names one place, so it cannot have the deep scan '..'.`));
  test('of results stay in the input', () => {
    check(`
      "ResultPath": "$$.a"
      //             ^^ jsonpath/resultpath-context-object: ResultPath cannot change the Context Object. Use a path into the input, which starts with '$.'.`);
    check(`
      "ResultPath": "$x.a"
      //             ^^ jsonpath/resultpath-variable: ResultPath cannot set the variable '$x'. Use Assign, or a path into the input such as '$.x'.`);
  });
  test('of the items of a Map', () =>
    check(
      `
      "ItemsPath": "States.Array(1)"
      //            ^^^^^^^^^^^^^^^ jsonpath/itemspath-not-reference`,
      'Map',
    ));
  test('of a Wait', () =>
    check(
      `
      "SecondsPath": "seconds"
      //              ^^^^^^^ wait/secondspath-not-path: SecondsPath takes a path, and paths start with '$'. Did you mean '$.seconds'?`,
      'Wait',
    ));
});

describe('Choice Rules', () => {
  test('compare what paths lead to', () =>
    check(
      `
      "Choices": [{"Variable": "a", "StringEqualsPath": "b", "Next": "Z"}]
      //                        ^ choice/variable-not-path: Variable takes a path, and paths start with '$'. Did you mean '$.a'?
      //                                                 ^ choice/operand-path-not-path: StringEqualsPath takes a path, and paths start with '$'. Did you mean '$.b'?`,
      'Choice',
      '',
    ));
  test('take text as it stands without Path', () =>
    check(
      `
      "Choices": [{"Variable": "$.a", "StringEquals": "$.b", "Next": "Z"}, {"Variable": "$.a", "StringEquals": "$5", "Next": "Z"}]
      //                                              ^^^^^ [warning] path/field-without-path-suffix: '$.b' is taken as text. To read what is there, use 'StringEqualsPath'.`,
      'Choice',
      '',
    ));
});

describe('Payload Templates', () => {
  test('evaluate what starts with $ or is a call', () =>
    check(`
      "Parameters": {"v.$": "foo", "l": [{"x.$": "nope"}], "ok.$": "$.a", "too.$": " States.UUID() "}
      //                     ^^^ template/dollar-key-not-path: 'foo' is neither a path, which starts with '$', nor a call such as States.UUID(). For plain text, write 'v'.
      //                                          ^^^^ template/nested-in-array: 'nope' is neither a path, which starts with '$', nor a call such as States.UUID(). For plain text, write 'x'.`));
  test('have a code by their field', () => {
    check('"Assign": {"x.$": "nope"}\n//                 ^^^^ template/assign-value');
    check(
      '"ResultSelector": {"x.$": "nope"}\n//                         ^^^^ template/resultselector-value',
      'Task',
    );
    check(
      '"ItemSelector": {"x.$": "nope"}\n//                       ^^^^ template/itemselector-value',
      'Map',
    );
    check(
      '"ItemBatcher": {"BatchInput": {"x.$": "nope"}}\n//                                     ^^^^ template/batchinput-value',
      'Map',
    );
  });
  test('evaluate strings only', () =>
    check(`
      "Parameters": {"v.$": 5}
      //                    ^ template/dollar-key-not-string: 'v.$' takes a path or intrinsic function as a string. For a plain value, write 'v'.`));
  test('hold paths that can be read', () =>
    check(`
      "Parameters": {"v.$": "$.a[?(@.b=="}
      //                               ^ template/bad-path-syntax: This path cannot be read: Expected a value in the filter but found ''.`));
  test('give each name once', () =>
    check(`
      "Parameters": {"v": 1, "v.$": "$.v", "w": 1}
      //                     ^^^^^ template/duplicate-after-strip: 'v' and 'v.$' both give 'v'. Remove one of them.`));
  test('pass on text under keys without the suffix', () =>
    check(`
      "Parameters": {"v": "$.a", "f": "States.UUID()", "price": "$5.00", "version": "$LATEST", "n": {"id": "$$.Execution.Id"}}
      //                  ^^^^^ [warning] template/missing-dollar-suffix: '$.a' is passed on as text. To evaluate it, write the key as 'v.$'.
      //                              ^^^^^^^^^^^^^^^ [warning] template/missing-dollar-suffix-intrinsic: 'States.UUID()' is passed on as text. To evaluate it, write the key as 'f.$'.
      //                                                                                                   ^^^^^^^^^^^^^^^^^ [warning] template/missing-dollar-suffix`));
  test('may hold the text of a path where one is wanted', () =>
    check('"Parameters": {"Targets": [{"InputPath": "$.detail", "map": {"JsonPath": "$.a"}}]}'));
  test('a file path is no such text', () =>
    check(
      '"Parameters": {"filePath": "$.file"}\n//                         ^^^^^^^^ [warning] template/missing-dollar-suffix',
    ));
  test('pass on JSONata as text', () =>
    check(`
      "Parameters": {"v": "{% $states.input.a %}", "w": "{% half"}
      //                  ^^^^^^^^^^^^^^^^^^^^^^^ [warning] template/jsonata-in-jsonpath: 'A' uses JSONPath, so this JSONata is passed on as text.`));
  test('are not looked for in a Result', () => check('"Result": {"a.$": 5, "b": "$.a"}'));
});

describe('intrinsic functions', () => {
  const value = (text: string, drawing: string): void => {
    const line = `"Parameters": {"v.$": ${JSON.stringify(text)}}`;
    check(`${line}\n//${' '.repeat(line.indexOf(': "', 15) + 1)}${drawing}`);
  };
  test('must exist', () => {
    value('States.Foo($.a)', '^^^^^^^^^^ intrinsic/unknown-function');
    value(
      'States.Array(States.UUId())',
      "             ^^^^^^^^^^^ intrinsic/nested-unknown: There is no intrinsic function named 'States.UUId'. Did you mean 'States.UUID'?",
    );
  });
  test('take a number of arguments', () => {
    value(
      "States.UUID('x')",
      '            ^^^ intrinsic/uuid-arity: States.UUID takes no arguments, but here is 1.',
    );
    value('States.Format()', '^^^^^^^^^^^^^ intrinsic/format-no-args');
    value('States.ArrayGetItem($.a)', '^^^^^^^^^^^^^^^^^^^ intrinsic/arraygetitem-arity');
    value('States.Array(States.MathAdd(1))', '             ^^^^^^^^^^^^^^ intrinsic/mathadd-arity');
  });
  test('must be readable', () => {
    value("States.Format('x {}', $.a", '             ^ intrinsic/unbalanced-paren');
    value(
      'States.UUID() x',
      '              ^ intrinsic/trailing-garbage: Nothing may follow the closing parenthesis.',
    );
    value("States.MathAdd('a', 1)", '               ^^^ intrinsic/bad-argument');
  });
  test('may be empty, spaced and nested', () => {
    check('"Parameters": {"a.$": "States.Array()", "b.$": "States.Format( \'{}\' , States.UUID( ) )"}');
  });
  test('nest ten deep', () =>
    check(
      `
      "Parameters": {"v.$": "${'States.Array('.repeat(11)}${')'.repeat(11)}"}
      //${' '.repeat(22 - 2)}${' '.repeat(130 + 1)}^^^^^^^^^^^^ intrinsic/nested-over-10`,
    ));
});

describe('Fail', () => {
  test('takes functions that give text', () =>
    check(
      `
      "ErrorPath": "States.Array(1)", "CausePath": "States.Format('{}', $.a)"
      //            ^^^^^^^^^^^^ fail/errorpath-non-string-intrinsic: ErrorPath needs a string, but States.Array does not give one.`,
      'Fail',
      '',
    ));
  test('takes no plain text as a path', () =>
    check(
      `
      "ErrorPath": "Oops", "Cause": "c"
      //            ^^^^ fail/errorpath-not-path`,
      'Fail',
      '',
    ));
  test('says why', () =>
    checkFindings(
      `{"StartAt": "A", "States": {
  "A": {"Type": "Fail"}}}
//^^^ [information] fail/no-error-or-cause: 'A' fails without 'Error' and 'Cause', so nobody learns why.`,
      { only },
    ));
});
