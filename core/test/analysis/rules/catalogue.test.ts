import { describe, expect, test } from 'vitest';
import { catalogue } from '../../language/services/assets.ts';
import { findingsOf } from '../checkFindings.ts';

/*
 * One small definition for each fault of form, as people make it: the code it is found under, and that no other
 * error follows from it. `A` is the state in question, `Z` ends the state machine.
 */

const knowledge = { services: catalogue, now: Date.parse('2026-01-01T00:00:00Z') };
const lambda = '"Resource":"arn:aws:lambda:us-east-1:123456789012:function:f"';

const machine = (members: string): string => `{"StartAt":"A","States":{${members}}}`;
const one = (members: string): string => machine(`"A":{${members}}`);
const task = (members: string): string => one(`"Type":"Task",${lambda},"End":true,${members}`);
const retrier = (members: string): string => task(`"Retry":[{${members}}]`);
const wait = (members: string): string => one(`"Type":"Wait","End":true,${members}`);
const choice = (rule: string, rest = ',"Default":"Z"'): string =>
  machine(`"A":{"Type":"Choice","Choices":[${rule}]${rest}},"Z":{"Type":"Succeed"}`);
const inner = '"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}';
const map = (members: string, config = ''): string =>
  one(`"Type":"Map","End":true,"ItemProcessor":{${config}${inner}},${members}`);
const distributed = '"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},';
const reader = (config: string): string =>
  map(
    `"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key":"k"},"ReaderConfig":{${config}}}`,
    distributed,
  );
const pass = (members: string): string => one(`"Type":"Pass","End":true,${members}`);
const root = (members: string): string => `{${members},"StartAt":"A","States":{"A":{"Type":"Succeed"}}}`;
const jsonata = (text: string): string => text.replace('{', '{"QueryLanguage":"JSONata",');
const rule = '{"Variable":"$.a","IsNull":true,"Next":"Z"}';

const faults: Readonly<Record<string, string>> = {
  'catch/empty-errorequals': machine(
    `"A":{"Type":"Task",${lambda},"End":true,"Catch":[{"ErrorEquals":[],"Next":"Z"}]},"Z":{"Type":"Succeed"}`,
  ),
  'catch/missing-next': task('"Catch":[{"ErrorEquals":["X"]}]'),
  'catch/states-all-not-last': machine(
    `"A":{"Type":"Task",${lambda},"End":true,"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Z"},{"ErrorEquals":["X"],"Next":"Z"}]},"Z":{"Type":"Succeed"}`,
  ),
  'catch/unknown-field': machine(
    `"A":{"Type":"Task",${lambda},"End":true,"Catch":[{"ErrorEquals":["X"],"Next":"Z","MaxAttempts":1}]},"Z":{"Type":"Succeed"}`,
  ),
  'choice/and-is-object': choice(`{"And":{"Variable":"$.a","IsNull":true},"Next":"Z"}`),
  'choice/condition-in-jsonpath': choice('{"Condition":"{% true %}","Next":"Z"}'),
  'choice/condition-missing': jsonata(choice('{"Next":"Z"}')),
  'choice/condition-not-jsonata-string': jsonata(choice('{"Condition":"$states.input.a","Next":"Z"}')),
  'choice/empty-and': choice('{"And":[],"Next":"Z"}'),
  'choice/empty-choices': choice(''),
  'choice/nested-next': choice('{"And":[{"Variable":"$.a","IsNull":true,"Next":"Z"}],"Next":"Z"}'),
  'choice/operand-type-boolean': choice('{"Variable":"$.a","BooleanEquals":"true","Next":"Z"}'),
  'choice/operand-type-string': choice('{"Variable":"$.a","StringEquals":1,"Next":"Z"}'),
  'choice/rule-missing-next': choice('{"Variable":"$.a","IsNull":true}'),
  'choice/unknown-operator': choice('{"Variable":"$.a","StringIs":"x","Next":"Z"}'),
  'errors/unknown-states-prefix': retrier('"ErrorEquals":["States.Foo"]'),
  'fail/cause-and-causepath': one('"Type":"Fail","Cause":"c","CausePath":"$.c"'),
  'graph/no-terminal-state': machine('"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}'),
  'graph/unreachable-cycle': machine(
    '"A":{"Type":"Succeed"},"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Pass","Next":"B"}',
  ),
  'graph/unreachable-self-loop': machine('"A":{"Type":"Succeed"},"B":{"Type":"Pass","Next":"B"}'),
  'graph/unreachable-state': machine('"A":{"Type":"Succeed"},"B":{"Type":"Pass","End":true}'),
  'integration/missing-required-parameter': one(
    '"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"q"},"End":true',
  ),
  'integration/unknown-service': one(
    '"Type":"Task","Resource":"arn:aws:states:::foo:bar","Parameters":{},"End":true',
  ),
  'json/duplicate-key': machine('"A":{"Type":"Succeed"},"A":{"Type":"Succeed"}'),
  'jsonata/jsonpath-field-ErrorPath': jsonata(one('"Type":"Fail","ErrorPath":"$.e"')),
  'jsonata/jsonpath-field-ItemsPath': jsonata(map('"ItemsPath":"$.i"')),
  'jsonata/jsonpath-field-OutputPath': jsonata(pass('"OutputPath":"$.a"')),
  'jsonata/jsonpath-field-Parameters': jsonata(task('"Parameters":{}')),
  'jsonata/jsonpath-field-ResultPath': jsonata(task('"ResultPath":"$.a"')),
  'jsonata/jsonpath-field-ResultSelector': jsonata(task('"ResultSelector":{}')),
  'jsonata/jsonpath-field-SecondsPath': jsonata(wait('"SecondsPath":"$.s"')),
  'jsonata/jsonpath-field-TimeoutSecondsPath': jsonata(task('"TimeoutSecondsPath":"$.t"')),
  'jsonpath/jsonata-field-Arguments': task('"Arguments":{"a":1}'),
  'jsonpath/jsonata-field-Items': map('"Items":[1]'),
  'jsonpath/jsonata-field-Output': pass('"Output":{"a":1}'),
  'jsonpath/jsonata-field-TimeoutSeconds-string': task('"TimeoutSeconds":"{% 10 %}"'),
  'map/itembatcher-empty': map('"ItemBatcher":{}', distributed),
  'map/itemprocessor-querylanguage': map('"Comment":""', '"QueryLanguage":"JSONata",'),
  'map/itemreader-inputtype-value': reader('"InputType":"XML"'),
  'map/items-and-itemspath': jsonata(map('"Items":[1],"ItemsPath":"$.i"')),
  'map/itemselector-and-parameters': map('"ItemSelector":{},"Parameters":{}'),
  'map/iterator-and-itemprocessor': map(`"Iterator":{${inner.replaceAll('"I"', '"J"')}}`),
  'map/label-empty': map('"Label":""', distributed),
  'map/label-invalid-char': map('"Label":"a*b"', distributed),
  'map/label-over-40': map(`"Label":"${'a'.repeat(41)}"`, distributed),
  'map/maxitems-and-path': reader('"InputType":"JSON","MaxItems":1,"MaxItemsPath":"$.m"'),
  'map/mode-value': map('"Comment":""', '"ProcessorConfig":{"Mode":"PARALLEL"},'),
  'map/no-processor': one('"Type":"Map","End":true'),
  'map/tolerated-count-and-path': map(
    '"ToleratedFailureCount":1,"ToleratedFailureCountPath":"$.t"',
    distributed,
  ),
  'map/tolerated-percentage-over-100': map('"ToleratedFailurePercentage":101', distributed),
  'name/duplicate-across-scopes': one(
    '"Type":"Parallel","End":true,"Branches":[{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}]',
  ),
  'name/empty': '{"StartAt":"","States":{"":{"Type":"Succeed"}}}',
  'name/over-80-chars': `{"StartAt":"${'A'.repeat(81)}","States":{"${'A'.repeat(81)}":{"Type":"Succeed"}}}`,
  'parallel/empty-branches': one('"Type":"Parallel","Branches":[],"End":true'),
  'parallel/missing-branches': one('"Type":"Parallel","End":true'),
  'quota/definition-over-1mb': pass(`"Result":"${'x'.repeat(1_048_576)}"`),
  'retry/empty-errorequals': retrier('"ErrorEquals":[]'),
  'retry/errorequals-string': retrier('"ErrorEquals":"X"'),
  'retry/interval-zero': retrier('"ErrorEquals":["X"],"IntervalSeconds":0'),
  'retry/jitter-value': retrier('"ErrorEquals":["X"],"JitterStrategy":"full"'),
  'retry/maxdelay-over-31622400': retrier('"ErrorEquals":["X"],"MaxDelaySeconds":31622401'),
  'retry/not-array': task('"Retry":{"ErrorEquals":["X"]}'),
  'retry/states-all-not-alone': retrier('"ErrorEquals":["States.ALL","X"]'),
  'retry/states-all-not-last': task('"Retry":[{"ErrorEquals":["States.ALL"]},{"ErrorEquals":["X"]}]'),
  'root/comment-type': root('"Comment":5'),
  'root/empty-states': '{"StartAt":"A","States":{}}',
  'root/required-fields-empty': '{}',
  'root/required-states': '{"StartAt":"A"}',
  'root/timeout-negative': root('"TimeoutSeconds":-1'),
  'root/timeout-too-large': root('"TimeoutSeconds":100000000'),
  'root/unknown-field': root('"Foo":1'),
  'root/version-value': root('"Version":"2.0"'),
  'state/field-wrong-type-choice-end': choice(rule, ',"Default":"Z","End":true'),
  'state/field-wrong-type-choice-next': choice(rule, ',"Default":"Z","Next":"Z"'),
  'state/field-wrong-type-choice-parameters': choice(rule, ',"Default":"Z","Parameters":{}'),
  'state/field-wrong-type-fail-inputpath': one('"Type":"Fail","InputPath":"$.a"'),
  'state/field-wrong-type-pass-resource': pass(lambda),
  'state/field-wrong-type-pass-resultselector': pass('"ResultSelector":{}'),
  'state/field-wrong-type-succeed-next': machine('"A":{"Type":"Succeed","Next":"Z"},"Z":{"Type":"Succeed"}'),
  'state/field-wrong-type-wait-resultpath': wait('"Seconds":1,"ResultPath":"$.a"'),
  'state/missing-type': one('"End":true'),
  'state/misspelt-field': task('"TimeoutSecond":5'),
  'state/not-object': machine('"A":5'),
  'state/timeout-on-map': map('"TimeoutSeconds":5'),
  'task/resource-empty': one('"Type":"Task","Resource":"","End":true'),
  'task/resource-not-arn': one('"Type":"Task","Resource":"not-an-arn","End":true'),
  'task/timeout-float': task('"TimeoutSeconds":1.5'),
  'transition/branch-to-sibling-branch': one(
    '"Type":"Parallel","End":true,"Branches":[{"StartAt":"I","States":{"I":{"Type":"Pass","Next":"J"}}},{"StartAt":"J","States":{"J":{"Type":"Pass","End":true}}}]',
  ),
  'transition/catch-next-unknown': task('"Catch":[{"ErrorEquals":["X"],"Next":"Q"}]'),
  'transition/choice-next-unknown': choice('{"Variable":"$.a","IsNull":true,"Next":"Q"}'),
  'transition/map-itemprocessor-to-outer': machine(
    '"A":{"Type":"Map","Next":"Z","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","Next":"Z"}}}},"Z":{"Type":"Succeed"}',
  ),
  'transition/map-iterator-to-outer': machine(
    '"A":{"Type":"Map","Next":"Z","Iterator":{"StartAt":"I","States":{"I":{"Type":"Pass","Next":"Z"}}}},"Z":{"Type":"Succeed"}',
  ),
  'transition/next-and-end-both': machine('"A":{"Type":"Pass","Next":"Z","End":true},"Z":{"Type":"Succeed"}'),
  'transition/next-and-end-missing': one('"Type":"Pass"'),
  'transition/outer-to-inner': machine(
    '"A":{"Type":"Pass","Next":"I"},"P":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}]}',
  ),
  'transition/parallel-to-outer': machine(
    '"A":{"Type":"Parallel","Next":"Z","Branches":[{"StartAt":"I","States":{"I":{"Type":"Pass","Next":"Z"}}}]},"Z":{"Type":"Succeed"}',
  ),
  'wait/no-duration': wait('"Comment":""'),
  'wait/seconds-float': wait('"Seconds":1.5'),
  'wait/seconds-negative': wait('"Seconds":-1'),
  'wait/secondspath-not-path': wait('"SecondsPath":"s"'),
  'wait/timestamp-format': wait('"Timestamp":"tomorrow"'),
};

const advice: Readonly<Record<string, string>> = {
  'choice/contradiction': choice(
    '{"And":[{"Variable":"$.a","NumericGreaterThan":5},{"Variable":"$.a","NumericLessThan":3}],"Next":"Z"}',
  ),
  'choice/no-default': choice(rule, ''),
  'choice/rule-always-true': jsonata(choice('{"Condition":"{% true %}","Next":"Z"}')),
  'choice/stringmatches-no-wildcard': choice('{"Variable":"$.a","StringMatches":"abc","Next":"Z"}'),
  'integration/sdk-instead-of-optimized': one(
    '"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sqs:sendMessage","Parameters":{"QueueUrl":"q","MessageBody":"b"},"End":true',
  ),
  'integration/startexecution-no-parent-id': one(
    '"Type":"Task","Resource":"arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:m"},"End":true',
  ),
  'legacy/map-parameters-deprecated': map('"Parameters":{}'),
  'name/leading-trailing-space': '{"StartAt":" A","States":{" A":{"Type":"Succeed"}}}',
  'pass/result-is-static': pass('"Result":{"a":"$.b"}'),
  'retry/datalimit-not-caught-by-all': retrier('"ErrorEquals":["States.ALL"]'),
  'task/heartbeat-without-callback': one(
    '"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"HeartbeatSeconds":5,"End":true',
  ),
  'task/lambda-payload-path-unwrapped': machine(
    '"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.ok","BooleanEquals":true,"Next":"Z"}],"Default":"Z"},"Z":{"Type":"Succeed"}',
  ),
  'task/token-used-without-waitfortasktoken': one(
    '"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"q","MessageBody":{"t.$":"$$.Task.Token"}},"End":true',
  ),
  'wait/timestamp-in-the-past': wait('"Timestamp":"2020-01-01T00:00:00Z"'),
};

describe('a fault is found once, under its code', () => {
  test.each(Object.entries(faults))('%s', (code, text) => {
    const errors = findingsOf(text, { knowledge }).filter(({ severity }) => severity === 'error');
    // Each state of a cycle is told; otherwise it is one error.
    expect([...new Set(errors.map(found => found.code))]).toEqual([code]);
    expect(errors).toHaveLength(code === 'graph/unreachable-cycle' ? 2 : 1);
  });
});

describe('advice is given, and is no error', () => {
  test.each(Object.entries(advice))('%s', (code, text) => {
    const found = findingsOf(text, { knowledge });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(found.map(finding => finding.code)).toContain(code);
  });
});

describe('what only Express refuses', () => {
  test.each([
    [
      'express/activity-in-express',
      one('"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:a","End":true'),
    ],
    [
      'express/sync-in-express',
      one(
        '"Type":"Task","Resource":"arn:aws:states:::glue:startJobRun.sync","Parameters":{"JobName":"j"},"End":true',
      ),
    ],
    ['express/distributed-map-in-express', map('"Comment":""', distributed)],
  ])('%s', (code, text) => {
    expect(findingsOf(text, { knowledge, only: 'express/' })).toEqual([]);
    const express = { ...knowledge, workflowType: 'EXPRESS' } as const;
    expect(findingsOf(text, { knowledge: express, only: 'express/' }).map(found => found.code)).toEqual([
      code,
    ]);
  });
});
