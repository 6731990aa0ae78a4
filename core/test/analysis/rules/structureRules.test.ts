import type { Knowledge } from '#core/analysis/analysis.ts';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../language/services/assets.ts';
import { checkFindings, findingsOf } from '../checkFindings.ts';

const services: Knowledge = { services: catalogue };
const check = (drawn: string, only: string | readonly string[], knowledge: Knowledge = services): void =>
  checkFindings(drawn, { only, knowledge });

describe('Choice', () => {
  test('a rule has one operator', () =>
    check(
      `
    {"StartAt": "A", "States": {"B": {"Type": "Succeed"}, "A": {"Type": "Choice", "Default": "B", "Choices": [
      {"Variable": "$.a", "Next": "B"},
    // ^^^^^^^^^^ choice/no-operator: This rule tests nothing. Add a comparison such as 'StringEquals', or 'And', 'Or' or 'Not'.
      {"IsNull": true, "Next": "B"},
    // ^^^^^^^^ choice/missing-variable: 'IsNull' compares nothing: add the 'Variable', a path such as "$.order".
      {"Variable": "$.b", "StringEquals": "x",
       "NumericEquals": 1, "Next": "B"},
    // ^^^^^^^^^^^^^^^ choice/two-operators: A rule has one operator, and this is the second. Nest the two in an 'And'.
      {"Variable": "$.c", "IsNull": true,
       "And": [{"Variable": "$.d", "IsNull": true}], "Next": "B"},
    // ^^^^^ choice/and-plus-comparison: A rule has one operator, and this is the second. Nest the two in an 'And'.
      {"Not": {"Or": [{"Variable": "$.e", "IsNull": true},
                      {"Variable": "$.f"}]}, "Next": "B"}]}}}
                    // ^^^^^^^^^^ choice/no-operator…`,
      ['choice/no-operator', 'choice/two', 'choice/and-', 'choice/missing'],
    ));

  test('a misspelt operator is not also missing', () =>
    check(
      `
    {"StartAt": "A", "States": {"B": {"Type": "Succeed"}, "A": {"Type": "Choice", "Default": "B", "Choices": [
      {"Variable": "$.a", "Next": "B",
       "StringEqual": "x"}]}}}
    // ^^^^^^^^^^^^^ choice/unknown-operator: A Choice Rule has no field 'StringEqual'. Did you mean 'StringEquals'?`,
      ['choice/no-operator', 'choice/unknown'],
    ));

  test.each([
    ['two texts', '{"Variable":"$.a","StringEquals":"x"},{"Variable":"$.a","StringEquals":"y"}', true],
    [
      'a text and a number',
      '{"Variable":"$.a","StringEquals":"x"},{"Variable":"$.a","IsNumeric":true}',
      true,
    ],
    [
      'below one and above two',
      '{"Variable":"$.a","NumericLessThan":1},{"Variable":"$.a","NumericGreaterThan":2}',
      true,
    ],
    [
      'at most one and at least one',
      '{"Variable":"$.a","NumericLessThanEquals":1},{"Variable":"$.a","NumericGreaterThanEquals":1}',
      false,
    ],
    [
      'below one and at least one',
      '{"Variable":"$.a","NumericLessThan":1},{"Variable":"$.a","NumericGreaterThanEquals":1}',
      true,
    ],
    [
      'absent, but a text',
      '{"Variable":"$.a","IsPresent":false},{"Variable":"$.a","StringEquals":"x"}',
      true,
    ],
    [
      'a text that is a timestamp',
      '{"Variable":"$.a","IsString":true},{"Variable":"$.a","IsTimestamp":true}',
      false,
    ],
    ['two variables', '{"Variable":"$.a","StringEquals":"x"},{"Variable":"$.b","StringEquals":"y"}', false],
    [
      'a test that is no flag',
      '{"Variable":"$.a","IsPresent":"yes"},{"Variable":"$.a","StringEquals":"x"}',
      false,
    ],
    [
      'before and after',
      '{"Variable":"$.a","TimestampLessThan":"2024-01-01T00:00:00Z"},{"Variable":"$.a","TimestampGreaterThan":"2025-01-01T00:00:00Z"}',
      true,
    ],
    [
      'one instant in two zones',
      '{"Variable":"$.a","TimestampEquals":"2024-01-01T00:00:00Z"},{"Variable":"$.a","TimestampEquals":"2024-01-01T01:00:00+01:00"}',
      false,
    ],
    [
      'a test and its negation',
      '{"Variable":"$.a","StringEquals":"x"},{"Not":{"Variable":"$.a","StringEquals":"x"}}',
      true,
    ],
    [
      'a test and the negation of another',
      '{"Variable":"$.a","StringEquals":"x"},{"Not":{"Variable":"$.a","StringEquals":"y"}}',
      false,
    ],
  ])('an And asks for the impossible: %s', (_, tests, isImpossible) => {
    const text = `{"StartAt":"A","States":{"B":{"Type":"Succeed"},"A":{"Type":"Choice","Default":"A","Choices":[{"And":[${tests}],"Next":"B"}]}}}`;
    expect(findingsOf(text, { only: 'choice/contradiction' })).toHaveLength(isImpossible ? 1 : 0);
  });

  test('a rule that never matches', () =>
    check(
      `
    {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"B": {"Type": "Succeed"}, "A": {"Type": "Choice", "Default": "A", "Choices": [
      {"Condition": "{% false %}", "Next": "B"},
    //              ^^^^^^^^^^^^^ [warning] choice/contradiction: This rule never matches.
      {"Condition": "{% $states.input.a = false %}", "Next": "B"}]}}}`,
      'choice/contradiction',
    ));

  test('a rule that always matches', () =>
    check(
      `
    {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"B": {"Type": "Succeed"}, "A": {"Type": "Choice", "Default": "A", "Choices": [
      {"Condition": "{% $states.input.a %}", "Next": "B"},
      {"Condition": "{% true %}", "Next": "B"}]}}}
    //              ^^^^^^^^^^^^ [warning] choice/rule-always-true…`,
      'choice/rule-always',
    ));

  test('what was asked before needs no second guard', () =>
    check(
      `
    {"StartAt": "A", "States": {"B": {"Type": "Succeed"}, "A": {"Type": "Choice", "Default": "B", "Choices": [
      {"And": [{"Variable": "$.a.b", "IsPresent": true}, {"Variable": "$.a.b", "StringEquals": "x"}], "Next": "B"},
      {"Variable": "$.c.d",
    //             ^^^^^^^ [hint] choice/no-ispresent-guard…
       "StringEquals": "x", "Next": "B"}]}}}`,
      'choice/no-ispresent',
    ));

  test('without Default, unless the rules cover all', () => {
    const machine = (rules: string): string =>
      `{"StartAt":"A","States":{"B":{"Type":"Succeed"},"A":{"Type":"Choice","Choices":[${rules}]}}}`;
    const present = '{"Variable":"$.a","IsPresent":true,"Next":"B"}';
    const absent = '{"Variable":"$.a","IsPresent":false,"Next":"B"}';
    expect(findingsOf(machine(present), { only: 'choice/no-default' })).toHaveLength(1);
    expect(findingsOf(machine(`${present},${absent}`), { only: 'choice/no-default' })).toEqual([]);
  });
});

describe('Retry and Catch', () => {
  test('States.ALL stands alone and last', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
      {"ErrorEquals": ["States.ALL"]},
    //                 ^^^^^^^^^^^^ retry/states-all-not-last: 'States.ALL' must be in the last Retrier: the ones behind it would never be asked.
      {"ErrorEquals": ["X", "States.ALL"]}]}}}
    //                      ^^^^^^^^^^^^ retry/states-all-not-alone: 'States.ALL' must be the only name here: it stands for all the others, too.`,
      'retry/states-all',
    ));

  test('an earlier handler takes the error', () =>
    check(
      `
    {"StartAt": "A", "States": {"B": {"Type": "Succeed"}, "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Catch": [
      {"ErrorEquals": ["X", "States.TaskFailed"], "Next": "B"},
      {"ErrorEquals": ["X"], "Next": "B"},
    //                 ^^^ [warning] catch/shadowed-catcher: 'X' never gets here: an earlier Catcher takes it.
      {"ErrorEquals": ["MyError", "States.Timeout"], "Next": "B"}]}}}
    //                 ^^^^^^^^^ [warning] catch/taskfailed-shadows-custom: 'MyError' never gets here: an earlier Catcher takes it with 'States.TaskFailed'.`,
      ['catch/shadowed', 'catch/taskfailed'],
    ));

  test('names of the language are known', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
      {"ErrorEquals": ["States.Http.StatusCode.404", "My.Error",
        "States.TimeOut"]}]}}}
    //  ^^^^^^^^^^^^^^^^ errors/unknown-states-prefix: The language has no error 'States.TimeOut'. Did you mean 'States.Timeout'?`,
      'errors/',
    ));

  test('a Catcher that leads to a Fail state needs no input', () =>
    check(
      `
    {"StartAt": "A", "States": {"B": {"Type": "Fail"}, "C": {"Type": "Succeed"}, "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Catch": [
      {"ErrorEquals": ["X"], "Next": "B"},
      {"ErrorEquals": ["Y"], "ResultPath": "$.error", "Next": "C"},
      {"ErrorEquals": ["Z"], "Next": "C"}]}}}
    // ^^^^^^^^^^^^^ [hint] catch/no-resultpath-loses-input: 'C' gets the error only: without 'ResultPath' it replaces the input of 'A'.`,
      'catch/no-resultpath',
    ));
});

describe('Map', () => {
  const processor = (config: string): string =>
    `"ItemProcessor": {${config}"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}`;
  const distributed = '"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, ';

  test('only a distributed Map has an ItemReader', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, ${processor('"ProcessorConfig": {"Mode": "INLINE"}, ')},
      "ItemReader": {"Resource": "arn:aws:states:::s3:getObject"}}}}
    //^^^^^^^^^^^^ map/itemreader-inline: 'ItemReader' needs a distributed Map: "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}.`,
      'map/',
    ));

  test('Labels are unique and have no blanks', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Map", "Next": "B", ${processor(distributed)},
      "Label": "a b"},
    //           ^ map/label-invalid-char: A Label cannot have a blank.
    "B": {"Type": "Map", "Next": "C", "Label": "x", ${processor(distributed).replaceAll('"I"', '"J"')}},
    "C": {"Type": "Map", "End": true, ${processor(distributed).replaceAll('"I"', '"K"')},
      "Label": "x"}}}
    //         ^^^ map/label-duplicate: The Label 'x' is taken. Labels are unique in the state machine.`,
      'map/label',
    ));

  test('batches need a size', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, ${processor(distributed)},
      "ItemBatcher": {"BatchInput": {}},
    //^^^^^^^^^^^^^ map/itembatcher-empty: 'ItemBatcher' needs 'MaxItemsPerBatch' or 'MaxInputBytesPerBatch'.
      "ResultWriter": {}}}}
    //^^^^^^^^^^^^^^ map/resultwriter-empty…`,
      'map/',
    ));

  test.each([
    ['ItemReader', 'arn:aws:states:::s3:getObject', undefined],
    ['ItemReader', 'arn:aws-cn:states:::s3:listObjectsV2', undefined],
    ['ItemReader', 'arn:${AWS::Partition}:states:::s3:getObject', undefined],
    ['ItemReader', '__reader__', undefined],
    ['ItemReader', 'arn:aws:states:::aws-sdk:s3:getObject', 'warning'],
    ['ItemReader', 'arn:aws:states:::s3:getobject', 'error'],
    ['ItemReader', 'arn:aws:states:::lambda:invoke', 'error'],
    ['ItemReader', 'arn:aws:s3:::bucket', 'error'],
    ['ItemReader', 's3:getObject', 'error'],
    ['ResultWriter', 'arn:aws:states:::s3:putObject', undefined],
    ['ResultWriter', 'arn:aws:states:::s3:getObject', 'error'],
  ])('the Resource of an %s: %s', (field, called, severity) => {
    const text = `{"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, ${processor(distributed)}, "${field}": {"Resource": ${JSON.stringify(called)}, "Parameters": {"Bucket": "b"}}}}}`;
    const [found] = findingsOf(text, { only: `map/${field.toLowerCase()}-resource` });
    expect(found?.severity).toBe(severity);
  });

  test('an undecided Mode says nothing against an ItemReader', () => {
    const text = `{"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, ${processor('"ProcessorConfig": {"Mode": "${Mode}"}, ')}, "ItemReader": {"Resource": "arn:aws:states:::s3:getObject"}}}}`;
    expect(findingsOf(text).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('Task', () => {
  test('a token that is never handed out', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Task", "End": true, "TimeoutSeconds": 60, "Parameters": {"QueueUrl": "q", "MessageBody": "b"},
      "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken"}}}
    //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] task/waitfortasktoken-without-token…`,
      'task/',
    ));

  test.each([
    '{"t.$": "$$.Task.Token"}',
    '{"t.$": "$$"}',
    '"${Body}"',
    '{"a.$": "States.Format(\'{}\', $$.Task.Token)"}',
  ])('the token may be in %s', body => {
    const key = body.startsWith('{') ? 'MessageBody' : 'MessageBody';
    const text = `{"StartAt":"A","States":{"A":{"Type":"Task","End":true,"TimeoutSeconds":60,"Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","${key}":${body}}}}}`;
    expect(findingsOf(text, { only: 'task/', knowledge: services })).toEqual([]);
  });

  test('the result of lambda:invoke is wrapped', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "TimeoutSeconds": 9, "Next": "B"},
      "B": {"Type": "Pass", "End": true, "Parameters": {"ok.$": "$.Payload.x",
        "total.$": "$.total"}}}}
      //           ^^^^^^^^^ [warning] task/lambda-payload-path-unwrapped: The result of 'A' has no 'total'. What the function returned is in Payload: $.Payload.total.`,
      'task/',
    ));

  test.each([
    ['my-function', 'error'],
    ['arn:aws:s3:::bucket', 'warning'],
    ['arn:aws:swf:us-east-1:123456789012:task:X', 'warning'],
    ['arn:aws:lambda', 'error'],
    ['lambda:invoke', 'error'],
    ['__arn__', 'warning'],
    ['{% $states.input.arn %}', 'error'],
    ['arn:aws:lambda:us-east-1:123456789012:function:', 'error'],
    ['foo:bar', 'warning'],
    ['${FunctionArn}', undefined],
    ['{{resolve:ssm:arn}}', undefined],
    ['arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST', undefined],
    ['arn:aws-us-gov:states:us-gov-west-1:123456789012:activity:a', undefined],
  ])('Resource %s: %s', (resource, severity) => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Task","End":true,"Resource":${JSON.stringify(resource)}}}}`;
    expect(findingsOf(text, { only: 'task/resource' })[0]?.severity).toBe(severity);
  });
});

describe('the result of lambda:invoke, read as if it were the function’s', () => {
  const lambda = '"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke"';
  const jsonPath = (members: string, next = '{"Type": "Succeed"}'): string =>
    `{"StartAt": "A", "States": {"A": {${lambda}, "Parameters": {"FunctionName": "f"}, "Next": "B", ${members}}, "B": ${next}}}`;
  const jsonata = (members: string, next: string): string =>
    `{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {${lambda}, "Arguments": {"FunctionName": "f"}, "Next": "B", ${members}}, "B": ${next}}}`;
  const readsIt = '{"Type": "Pass", "Output": "{% $states.input.status %}", "End": true}';
  test.each([
    ['ResultSelector', jsonPath('"ResultSelector": {"s.$": "$.status"}')],
    ['OutputPath', jsonPath('"OutputPath": "$.status"')],
    ['Assign', jsonPath('"Assign": {"s.$": "$.status"}')],
    [
      'behind its ResultPath',
      jsonPath('"ResultPath": "$.r"', '{"Type": "Wait", "SecondsPath": "$.r.seconds", "End": true}'),
    ],
    ['the next state in JSONata', jsonata('"Comment": ""', readsIt)],
  ])('%s', (_, text) =>
    expect(findingsOf(text, { only: 'task/lambda-payload', knowledge: services })).toHaveLength(1),
  );
  test.each([
    [
      'another place',
      jsonPath('"ResultPath": "$.r"', '{"Type": "Pass", "InputPath": "$.status", "End": true}'),
    ],
    ['a Catcher', jsonPath('"Catch": [{"ErrorEquals": ["X"], "Next": "B", "Assign": {"c.$": "$.Cause"}}]')],
    ['behind its Output', jsonata('"Output": "{% $states.result.Payload %}"', readsIt)],
    [
      'behind ResultSelector',
      jsonPath('"ResultSelector": {"status.$": "$.Payload"}, "OutputPath": "$.status"'),
    ],
  ])('not: %s', (_, text) =>
    expect(findingsOf(text, { only: 'task/lambda-payload', knowledge: services })).toEqual([]),
  );
});

describe('a function called by its ARN', () => {
  const task = (members: string): string =>
    `{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true, ${members}}}}`;
  test.each([
    ['task/heartbeat-without-callback', task('"HeartbeatSeconds": 5')],
    ['task/token-used-without-waitfortasktoken', task('"Parameters": {"t.$": "$$.Task.Token"}')],
  ])('has no %s', (code, text) =>
    expect(findingsOf(text, { only: code, knowledge: services })).toHaveLength(1),
  );
});

describe('Express', () => {
  const wait = '{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 3600, "End": true}}}';

  test('is known from the host, or from a Comment', () => {
    const codes = (text: string, knowledge: Knowledge): string[] =>
      findingsOf(text, { only: 'express/', knowledge }).map(({ code }) => code);
    expect(codes(wait, {})).toEqual([]);
    expect(codes(wait, { workflowType: 'EXPRESS' })).toEqual(['express/wait-over-5-minutes']);
    const commented = wait.replace('{', '{"Comment": "Orders. stepwise-type EXPRESS", ');
    expect(codes(commented, {})).toEqual(['express/wait-over-5-minutes']);
    expect(codes(commented.replace('EXPRESS', 'STANDARD'), { workflowType: 'EXPRESS' })).toEqual([]);
  });

  test('the children of a distributed Map may be Express', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, "ItemProcessor": {
      "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "I", "States": {"I": {"Type": "Task", "End": true,
        "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "j"}}}}}}}
      //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ express/sync-in-express: An Express workflow only sends requests: '.sync' needs a Standard workflow.`,
      'express/',
    ));
});

describe('integrations', () => {
  test('the region of a function that lambda:invoke calls', () =>
    check(
      `
    {"StartAt": "A", "States": {
      "A": {"Type": "Task", "Next": "B", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f"},
      "B": {"Type": "Task", "Next": "C", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}},
      "C": {"Type": "Task", "End": true, "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {
        "FunctionName": "arn:aws:lambda:eu-west-1:123456789012:function:g"}}}}
    //                                  ^^^^^^^^^ [warning] integration/region-mismatch: 'C' calls into eu-west-1, 'A' into us-east-1. A Task calls into its own region only.`,
      'integration/region',
    ));

  test('accounts are seen in parameters, too', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Task", "End": true, "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {
      "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/123456789012/q",
    //                                                 ^^^^^^^^^^^^ [hint] integration/hard-coded-account…
      "MessageBody": {"topic": "arn:aws:sns:eu-west-1:123456789012:t", "order": "123456789012"}}}}}
    //                                                ^^^^^^^^^^^^ [hint] integration/hard-coded-account…`,
      'integration/hard-coded',
    ));

  test.each([
    ['{"S": "x"}', 0],
    ['{"N.$": "$.n"}', 0],
    ['{}', 0],
    ['{"s": "x"}', 1],
    ['{"String": "x"}', 1],
  ])('a value of DynamoDB: %s', (value, count) => {
    const text = `{"StartAt": "A", "States": {"A": {"Type": "Task", "End": true, "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": {"TableName": "t", "Key": {"id": ${value}}}}}}`;
    expect(findingsOf(text, { only: 'integration/dynamodb', knowledge: services })).toHaveLength(count);
  });

  const task = (resource: string, parameters: string): string => `
    {"StartAt": "A", "States": {"A": {"Type": "Task", "End": true,
      "Resource": "${resource}",
      ${parameters}}}}`;

  test('an action that only the SDK has', () =>
    check(
      task('arn:aws:states:::dynamodb:query', `"Comment": ""`).replace(
        'query",',
        `query",
    //                                       ^^^^^ integration/unknown-optimized-action: 'dynamodb' has no optimized action 'query'. Call it as 'arn:aws:states:::aws-sdk:dynamodb:query'.`,
      ),
      'integration/',
    ));

  test('an action in PascalCase', () =>
    check(
      task('arn:aws:states:::aws-sdk:dynamodb:GetItem', `"Comment": ""`).replace(
        'GetItem",',
        `GetItem",
    //                                               ^^^^^^^ integration/sdk-action-case: 'dynamodb' has no action 'GetItem'. Did you mean 'getItem'?`,
      ),
      'integration/',
    ));

  test('an action newer than our list is a warning', () => {
    const text = task('arn:aws:states:::aws-sdk:dynamodb:frobnicateTable', '"Comment": ""');
    expect(
      findingsOf(text, { only: 'integration/', knowledge: services }).map(({ severity }) => severity),
    ).toEqual(['warning']);
  });

  test('parameters: misspelt, unknown, missing', () =>
    check(
      task(
        'arn:aws:states:::sqs:sendMessage',
        `"Parameters": {
        "queueUrl": "q",
      //^^^^^^^^^^ integration/parameter-case: 'sqs:sendMessage' has no parameter 'queueUrl'. Did you mean 'QueueUrl'?
        "Zzz.$": "$.z"}`,
      )
        .replace(
          '"Parameters": {',
          "\"Parameters\": {\n    //^^^^^^^^^^^^ integration/missing-required-parameter: 'sqs:sendMessage' needs 'MessageBody'.",
        )
        .replace(
          '"$.z"}',
          "\"$.z\"\n      //^^^^^^^ [warning] integration/unknown-parameter: 'sqs:sendMessage' has no parameter 'Zzz'.\n      }",
        ),
      'integration/',
    ));

  test('nothing is said without the catalogue, and nothing about placeholders', () => {
    const text = task('arn:aws:states:::aws-sdk:${Service}:${Action}', '"Parameters": {"a": 1}');
    expect(findingsOf(text, { only: 'integration/', knowledge: services })).toEqual([]);
    const unknown = task('arn:aws:states:::aws-sdk:dynamo:getItem', '"Parameters": {"a": 1}');
    expect(findingsOf(unknown, { only: 'integration/' })).toEqual([]);
  });

  test('.sync only where there is a job', () =>
    check(
      task('arn:aws:states:::sqs:sendMessage.sync', '"Comment": ""').replace(
        '.sync",',
        `.sync",
    //                                             ^^^^^ integration/sync-unsupported: 'sqs:sendMessage' has no pattern '.sync'. It offers '.waitForTaskToken'.`,
      ),
      'integration/',
    ));
});

describe('file', () => {
  test.each([
    ['[]', 'root/not-an-object'],
    ['', 'root/not-an-object'],
    ['not a definition', 'json/syntax'],
    ['{}', 'root/required-fields-empty'],
    ['{"StartAt":"A","States":{"A":{"Type":"Succeed",}}}', 'json/syntax-trailing-comma'],
    ['{"StartAt":"A","States":{"A":{"Type":"Succeed"}}} // done', 'json/comment'],
    ['{"StartAt":"A","States":{"A":{"Type":"Succeed"},"A":{"Type":"Succeed"}}}', 'json/duplicate-key'],
    [
      `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":${'['.repeat(70)}${']'.repeat(70)},"End":true}}}`,
      'nesting/too-deep',
    ],
  ])('%s', (text, code) => {
    expect(
      findingsOf(text)
        .filter(({ severity }) => severity === 'error')
        .map(found => found.code),
    ).toEqual([code]);
  });

  test('AWS says where its parser stopped', () => {
    const [found] = findingsOf('not a definition');
    expect(found?.aws?.location).toBe('[Source: (String)"not a definition"; line: 1, column: 4]');
  });

  test('other files are not ours to judge', () => {
    expect(findingsOf('[1, 2')).not.toEqual([]);
  });
});

describe('names', () => {
  test('are unique in the whole state machine', () =>
    check(
      `
    {"StartAt": "A", "States": {"A": {"Type": "Parallel", "End": true, "Catch": [], "Branches": [{"StartAt": "A", "States": {
      "A": {"Type": "Succeed"}}}]}}}
    //^^^ name/duplicate-across-scopes: The name 'A' is taken. Names of states are unique in the whole state machine.`,
      'name/',
    ));

  test('have at most 80 characters, counted as people do', () => {
    const machine = (name: string): string => `{"StartAt":"${name}","States":{"${name}":{"Type":"Succeed"}}}`;
    expect(findingsOf(machine('😀'.repeat(80)), { only: 'name/' })).toEqual([]);
    expect(findingsOf(machine('a'.repeat(81)), { only: 'name/' })).toHaveLength(1);
  });
});
