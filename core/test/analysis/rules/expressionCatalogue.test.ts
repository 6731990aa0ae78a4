import { describe, expect, test } from 'vitest';
import { catalogue } from '../../language/services/assets.ts';
import { findingsOf } from '../checkFindings.ts';

/*
 * Small definitions for each fault in expressions, variables and data, as people make them: the code it is found
 * under, and that no other error follows from it.
 */

const lambda = '"Resource":"arn:aws:lambda:us-east-1:123456789012:function:f"';
const machine = (members: string, root = ''): string => `{${root}"StartAt":"A","States":{${members}}}`;
const jsonata = (members: string): string => machine(members, '"QueryLanguage":"JSONata",');
const pass = (members: string): string => machine(`"A":{"Type":"Pass","End":true,${members}}`);
const task = (members: string): string => machine(`"A":{"Type":"Task",${lambda},"End":true,${members}}`);
const map = (members: string): string =>
  machine(
    `"A":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},${members}}`,
  );
const template = (value: string): string => pass(`"Parameters":{"v.$":${JSON.stringify(value)}}`);
const jsonataPass = (members: string): string => jsonata(`"A":{"Type":"Pass","End":true,${members}}`);
const jsonataTask = (members: string): string =>
  jsonata(`"A":{"Type":"Task",${lambda},"End":true,${members}}`);
const output = (expression: string): string =>
  jsonataPass(`"Output":${JSON.stringify(`{% ${expression} %}`)}`);
const inner = (member: string): string => `"StartAt":"I","States":{"I":{"Type":"Pass","End":true,${member}}}`;

const errors: Readonly<Record<string, readonly string[]>> = {
  'jsonata/syntax-error': [
    output('$states.input.'),
    output('$f(1'),
    output('{"a": }'),
    output('1 +* 2'),
    // To JSONPath, which takes nearly every character for a name, these would be paths.
    output('$states.input.a==1'),
    output('$states.input.a&&$states.input.b'),
    output('$states.input.`a'),
  ],
  'jsonata/nested-syntax-error': [
    jsonataPass('"Output":{"a":{"b":"{% ( %}"}}'),
    jsonataPass('"Output":["{% ] %}"]'),
    jsonataTask('"Arguments":{"a":[{"b":"{% 1 1 %}"}]}'),
  ],
  'jsonata/arguments-syntax-error': [
    jsonataTask('"Arguments":"{% ( %}"'),
    jsonataTask('"Arguments":{"a":"{% , %}"}'),
  ],
  'jsonata/assign-syntax-error': [jsonataPass('"Assign":{"x":"{% $states.input[ %}"}')],
  'jsonata/unterminated-string': [output("'abc"), output('$states.input.a & "b')],
  'jsonata/unterminated-regex': [output('$match("a", /a)'), output('/abc')],
  'jsonata/empty-expression': [output(''), jsonataPass('"Output":"{%%}"')],
  'jsonata/unclosed-delimiter': [
    jsonataPass('"Output":"{% $states.input"'),
    jsonataPass('"Output":{"a":"$states.input %}"}'),
    jsonataTask('"Arguments":{"a":"{% 1 % }"}'),
  ],
  'jsonata/dollar-dollar': [output('$$.a'), output('$states.input.items[$$.x = y]')],
  'jsonata/bare-top-level-reference': [
    output('phone'),
    output('$sum(prices)'),
    output('a.b.c'),
    output('[a]'),
  ],
  'jsonata/erroroutput-outside-catcher': [
    output('$states.errorOutput.Error'),
    jsonataTask('"Output":"{% $states.errorOutput %}"'),
  ],
  'jsonpath/double-dot-in-reference': [
    pass('"ResultPath":"$..a"'),
    map('"ItemsPath":"$..items"'),
    machine('"A":{"Type":"Wait","SecondsPath":"$..s","End":true}'),
  ],
  'jsonpath/inputpath-intrinsic': [
    pass('"InputPath":"States.Array(1)"'),
    pass('"OutputPath":"States.UUID()"'),
  ],
  'jsonpath/inputpath-not-path': [
    pass('"InputPath":5'),
    pass('"InputPath":"a.b"'),
    pass('"InputPath":""'),
    pass('"OutputPath":"foo"'),
  ],
  'jsonpath/itemspath-not-reference': [
    map('"ItemsPath":"$.a[*]"'),
    map('"ItemsPath":"items"'),
    map('"ItemsPath":"$.a[?(@.b)]"'),
  ],
  'jsonpath/resultpath-context-object': [pass('"ResultPath":"$$.a"'), pass('"ResultPath":"$$"')],
  'jsonpath/resultpath-not-reference': [
    pass('"ResultPath":"$.a[*]"'),
    pass('"ResultPath":"foo"'),
    pass('"ResultPath":"$.a[0:1]"'),
    pass('"ResultPath":"$.a[?(@.b == 1)]"'),
  ],
  'jsonpath/resultpath-variable': [pass('"ResultPath":"$x"'), task('"ResultPath":"$x.y"')],
  'jsonpath/unclosed-bracket': [
    pass('"InputPath":"$.a[0"'),
    pass('"InputPath":"$[\'a"'),
    pass('"ResultPath":"$.a["'),
  ],
  'intrinsic/arraygetitem-arity': [
    template('States.ArrayGetItem($.a)'),
    template('States.ArrayGetItem($.a, 1, 2)'),
  ],
  'intrinsic/bad-argument': [
    template('States.Array(foo)'),
    template("States.MathAdd('1', 2)"),
    template('States.ArrayLength(5)'),
  ],
  'intrinsic/double-quotes': [template('States.Format("Hello {}", $.name)')],
  'intrinsic/format-no-args': [template('States.Format()')],
  'intrinsic/illegal-escape': [template(String.raw`States.Format('a\nb')`)],
  'intrinsic/nested-over-10': [template(`${'States.Array('.repeat(11)}1${')'.repeat(11)}`)],
  'intrinsic/nested-unknown': [template('States.Array(States.Foo(1))')],
  'intrinsic/trailing-garbage': [template('States.UUID() x'), template('States.Array(1))')],
  'intrinsic/unbalanced-paren': [template('States.Array(1'), template('States.Array(States.Array(1)')],
  'intrinsic/unknown-function': [template('States.Foo($.a)'), template('States.format($.a)')],
  'intrinsic/uuid-arity': [template('States.UUID(1)')],
  'template/assign-value': [pass('"Assign":{"x.$":"nope"}')],
  'template/bad-path-syntax': [template('$.a[?(@.b=='), template('$.a.'), template('$.a b')],
  'template/batchinput-value': [
    machine(
      '"A":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"x.$":"nope"}}}',
    ),
  ],
  'template/dollar-key-not-path': [template('foo'), template(''), template('.a')],
  'template/dollar-key-not-string': [
    pass('"Parameters":{"v.$":5}'),
    pass('"Parameters":{"v.$":{"a":1}}'),
    pass('"Parameters":{"v.$":null}'),
  ],
  'template/duplicate-after-strip': [
    pass('"Parameters":{"v":1,"v.$":"$.a"}'),
    task('"ResultSelector":{"v.$":"$.a","v":1}'),
  ],
  'template/itemselector-value': [map('"ItemSelector":{"x.$":"nope"}')],
  'template/nested-in-array': [pass('"Parameters":{"l":[{"x.$":"nope"}]}')],
  'template/resultselector-value': [task('"ResultSelector":{"x.$":"nope"}')],
  'variable/assign-invalid-name-digit': [pass('"Assign":{"1a":1}'), jsonataPass('"Assign":{"9":1}')],
  'variable/assign-invalid-name-dot': [pass('"Assign":{"a.b":1}'), jsonataPass('"Assign":{"x.y.z":1}')],
  'variable/assign-name-over-80': [pass(`"Assign":{"${'x'.repeat(81)}":1}`)],
  'variable/assign-not-object': [pass('"Assign":"x"'), jsonataPass('"Assign":[1]')],
  'variable/assign-outer-scope-in-map': [
    jsonata(
      `"A":{"Type":"Pass","Assign":{"x":1},"Next":"M"},"M":{"Type":"Map","End":true,"Items":[1],"ItemProcessor":{${inner('"Assign":{"x":2}')}}}`,
    ),
  ],
  'variable/assign-outer-scope-in-parallel': [
    machine(
      `"A":{"Type":"Pass","Assign":{"x":1},"Next":"P"},"P":{"Type":"Parallel","End":true,"Branches":[{${inner('"Assign":{"x":2}')}}]}`,
    ),
  ],
  'variable/assign-reserved-states': [
    jsonataPass('"Assign":{"states":1}'),
    pass('"Assign":{"states.$":"$.a"}'),
  ],
  'variable/distributed-map-reads-outer': [
    machine(
      '"A":{"Type":"Pass","Assign":{"x":1},"Next":"M"},"M":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Pass","End":true,"Parameters":{"y.$":"$x"}}}}}',
    ),
  ],
  'fail/errorpath-non-string-intrinsic': [machine('"A":{"Type":"Fail","CausePath":"States.MathAdd(1, 2)"}')],
};

const choice = (condition: string, rest = ''): string =>
  `"Type":"Choice","Choices":[{"Condition":"{% ${condition} %}","Next":"X"}]${rest}`;

const advice: Readonly<Record<string, readonly string[]>> = {
  'jsonata/dollar-key-suffix': [
    jsonataPass('"Output":{"a.$":"$.a"}'),
    jsonataPass('"Assign":{"x":{"a.$":1}}'),
  ],
  'jsonata/eval-not-supported': [output("$eval('1')"), output("'1' ~> $eval()")],
  'jsonata/missing-delimiters': [
    jsonataPass('"Output":"$states.input.a"'),
    jsonataPass('"Output":{"a":["$states.context.Execution.Id"]}'),
    jsonataTask('"Arguments":{"a":"$uuid()"}'),
    jsonataTask('"Arguments":{"a":"$.x"}'),
    jsonataPass('"Output":"Hello {% $states.input.name %}!"'),
  ],
  'jsonata/intrinsic-in-jsonata': [jsonataPass('"Output":{"id":"States.UUID()"}')],
  'pass/result-is-static': [pass('"Result":{"a":"{% $states.input %}"}')],
  'jsonata/result-in-arguments': [jsonataTask('"Arguments":{"a":"{% $states.result.x %}"}')],
  'jsonata/result-in-choice': [
    jsonata(`"A":{${choice('$states.result.a', ',"Default":"X"')}},"X":{"Type":"Succeed"}`),
  ],
  'jsonata/top-level-dollar': [output('$'), output('$.a'), output('$count($)')],
  'jsonata/unknown-function': [output('$foo(1)'), output("$toUpper('a')")],
  'jsonata/unknown-states-member': [output('$states.output.a'), output('$states.Input')],
  'path/field-without-path-suffix': [
    machine('"A":{"Type":"Fail","Error":"$.error"}'),
    machine('"A":{"Type":"Fail","Cause":"$$.Execution.Id"}'),
    machine(`"A":{"Type":"Fail","Cause":"States.Format('no {}', $.order)"}`),
    machine(
      '"A":{"Type":"Choice","Choices":[{"Not":{"Variable":"$.a","StringLessThan":"$.b"},"Next":"X"}],"Default":"X"},"X":{"Type":"Succeed"}',
    ),
  ],
  'template/missing-dollar-suffix': [
    pass('"Parameters":{"v":"$.a"}'),
    task('"ResultSelector":{"v":{"w":"$.a[0]"}}'),
    map('"ItemSelector":{"v":"$$.Map.Item.Value"}'),
    task('"Credentials":{"RoleArn":"$.role"}'),
  ],
  'template/missing-dollar-suffix-intrinsic': [pass('"Parameters":{"v":"States.UUID()"}')],
  'data/context-path-unknown': [
    template('$$.Execution.Foo'),
    template('$$.Foo'),
    output('$states.context.Execution.Foo'),
  ],
  'data/map-context-outside-map': [
    template('$$.Map.Item.Index'),
    output('$states.context.Map.Item.Value'),
    map('"ResultSelector":{"v.$":"$$.Map.Item.Value"}'),
  ],
  'data/task-token-outside-callback': [template('$$.Task.Token')],
  'data/path-into-discarded-input': [
    machine(
      '"A":{"Type":"Pass","Result":{"x":1},"Next":"B"},"B":{"Type":"Pass","InputPath":"$.y","End":true}',
    ),
    pass('"InputPath":null,"Parameters":{"v.$":"$.a"}'),
    machine(
      '"A":{"Type":"Pass","Parameters":{"x.$":"$.a"},"Next":"B"},"B":{"Type":"Pass","Parameters":{"y.$":"$.a"},"End":true}',
    ),
    machine(
      '"A":{"Type":"Pass","Parameters":{"x.$":"$.a"},"Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.a","StringEquals":"x","Next":"C"}],"Default":"C"},"C":{"Type":"Succeed"}',
    ),
  ],
  'fail/no-error-or-cause': [jsonata('"A":{"Type":"Fail"}')],
  'flow/undefined-variable': [
    output('$x'),
    template('$x.a'),
    pass('"InputPath":"$x"'),
    template("States.Format('{}', $x)"),
  ],
  'flow/unused-variable': [jsonataPass('"Assign":{"x":1}')],
  'flow/variable-used-before-assign': [
    jsonata(
      '"A":{"Type":"Pass","Output":"{% $v %}","Next":"B"},"B":{"Type":"Pass","Assign":{"v":1},"End":true}',
    ),
  ],
  'flow/assign-not-visible-in-same-state-output': [jsonataTask('"Assign":{"v":1},"Output":"{% $v %}"')],
  'flow/inner-variable-used-outside': [
    jsonata(
      `"A":{"Type":"Map","Items":[1],"Next":"B","ItemProcessor":{${inner('"Assign":{"v":1}')}}},"B":{"Type":"Pass","End":true,"Output":"{% $v %}"}`,
    ),
  ],
  'flow/variable-lost-on-catch-path': [
    jsonata(
      `"A":{"Type":"Task",${lambda},"Assign":{"v":1},"Next":"B","Catch":[{"ErrorEquals":["States.ALL"],"Next":"C"}]},"B":{"Type":"Succeed","Output":"{% $v %}"},"C":{"Type":"Pass","Output":"{% $v %}","End":true}`,
    ),
  ],
  'flow/variable-undefined-on-one-path': [
    jsonata(
      `"A":{${choice('$states.input.a', ',"Default":"Y"')}},"X":{"Type":"Pass","Assign":{"v":1},"Next":"Y"},"Y":{"Type":"Succeed","Output":"{% $v %}"}`,
    ),
  ],
  'flow/self-loop-without-exit': [
    jsonata(
      `"A":{${choice('$states.input.a', ',"Default":"Y"')}},"X":{"Type":"Wait","Seconds":1,"Next":"X"},"Y":{"Type":"Succeed"}`,
    ),
  ],
  'flow/dead-end-cycle-no-terminal-reachable': [
    jsonata(
      `"A":{${choice('$states.input.a', ',"Default":"Y"')}},"X":{"Type":"Pass","Next":"Z"},"Z":{"Type":"Pass","Next":"X"},"Y":{"Type":"Succeed"}`,
    ),
  ],
  'security/secret-in-definition': [
    task('"Parameters":{"AccessKeyId":"AKIAIOSFODNN7EXAMPLE"}'),
    task('"Parameters":{"Password":"hunter2"}'),
    jsonataTask('"Arguments":{"headers":{"Authorization":"Bearer abcdef0123456789"}}'),
    task('"Parameters":{"apiKey":"0123456789abcdef"}'),
    task('"Parameters":{"Environment":[{"Name":"DB_PASSWORD","Value":"correct horse"}]}'),
    task('"Parameters":{"Environment":[{"Name":"API_KEY","Value":"0123456789abcdef"}]}'),
  ],
  'placeholder/unresolved-substitution': [pass('"Result":"${Name}"'), pass('"Result":{"n":${Count}}')],
};

const cases = (table: Readonly<Record<string, readonly string[]>>): [string, string][] =>
  Object.entries(table).flatMap(([code, texts]) => texts.map((text): [string, string] => [code, text]));

describe('an error is found once, under its code', () => {
  test.each(cases(errors))('%s: %s', (code, text) => {
    const found = findingsOf(text, { knowledge: { services: catalogue } });
    expect(found.filter(({ severity }) => severity === 'error').map(finding => finding.code)).toEqual([code]);
  });
});

describe('advice is given, and no error', () => {
  test.each(cases(advice))('%s: %s', (code, text) => {
    const found = findingsOf(text, { knowledge: { services: catalogue } });
    expect(found.map(finding => finding.code)).toContain(code);
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('said of nothing else', () => {
  test.each([
    ['jsonata/missing-delimiters', jsonataPass('"Output":"Hello {% if name %}{{ name }}{% endif %}!"')],
    ['jsonata/intrinsic-in-jsonata', jsonataPass('"Output":"States.UUID is a function"')],
    ['data/map-context-outside-map', map('"ItemSelector":{"v.$":"$$.Map.Item.Value"}')],
    ['path/field-without-path-suffix', machine('"A":{"Type":"Fail","Cause":"States.Format is missing"}')],
  ])('%s: %s', (code, text) => {
    const found = findingsOf(text, { knowledge: { services: catalogue } });
    expect(found.map(finding => finding.code)).not.toContain(code);
  });
});
