import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { parseServiceCatalogue } from '#core/language/services/catalogue.ts';

/*
 * Each fault of the catalogue of diagnostics in the smallest definition that has it, found under its
 * name and without any other error. How findings are placed and worded is tested beside each rule.
 */

const services = parseServiceCatalogue(
  fs.readFileSync(path.resolve(import.meta.dirname, '../../../assets/services/catalogue.txt'), 'utf8'),
);

const end: JsonObject = { Type: 'Pass', End: true };
const machine = (states: JsonObject, extra: JsonObject = {}): JsonObject => ({
  StartAt: Object.keys(states)[0] ?? '',
  States: states,
  ...extra,
});
/** One state `A`, followed by a Pass state `B`. */
const one = (state: JsonObject, extra: JsonObject = {}): JsonObject =>
  machine({ A: { Next: 'B', ...state }, B: end }, extra);
const jsonata = (state: JsonObject): JsonObject => one(state, { QueryLanguage: 'JSONata' });
const lambda = 'arn:aws:states:::lambda:invoke';
const task = (extra: JsonObject = {}): JsonObject => ({
  Type: 'Task',
  Resource: lambda,
  Parameters: { FunctionName: 'f' },
  ...extra,
});
const taskJsonata = (extra: JsonObject = {}): JsonObject => ({
  Type: 'Task',
  Resource: lambda,
  Arguments: { FunctionName: 'f' },
  ...extra,
});
const retry = (...retriers: Json[]): JsonObject => one(task({ Retry: retriers }));
const caught = (...catchers: Json[]): JsonObject => one(task({ Catch: catchers }));
/** A Choice with these rules and the Default `B`. */
const choice = (rules: Json, extra: JsonObject = {}): JsonObject =>
  machine({ A: { Type: 'Choice', Choices: rules, Default: 'B', ...extra }, B: end });
const choiceJsonata = (rules: Json): JsonObject =>
  machine({ A: { Type: 'Choice', Choices: rules, Default: 'B' }, B: end }, { QueryLanguage: 'JSONata' });
const inner = machine({ I: end });
const map = (extra: JsonObject = {}): JsonObject => ({ Type: 'Map', ItemProcessor: inner, ...extra });
const distributed = { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const parallel = (...branches: Json[]): JsonObject => ({ Type: 'Parallel', Branches: branches });
const second = machine({ J: end });
const express = { Comment: 'stepwise-type EXPRESS' };

const errors: Readonly<Record<string, JsonObject | string>> = {
  'catch/empty-errorequals': caught({ ErrorEquals: [], Next: 'B' }),
  'catch/missing-next': caught({ ErrorEquals: ['X'] }),
  'catch/states-all-not-last': caught(
    { ErrorEquals: ['States.ALL'], Next: 'B' },
    { ErrorEquals: ['X'], Next: 'B' },
  ),
  'catch/states-all-not-alone': caught({ ErrorEquals: ['X', 'States.ALL'], Next: 'B' }),
  'catch/unknown-field': caught({ ErrorEquals: ['X'], Next: 'B', MaxAttempts: 1 }),
  'choice/and-is-object': choice([{ And: { Variable: '$.a', IsNull: true }, Next: 'B' }]),
  'choice/condition-in-jsonpath': choice([{ Condition: '{% true %}', Next: 'B' }]),
  'choice/condition-missing': choiceJsonata([{ Next: 'B' }]),
  'choice/condition-not-jsonata-string': choiceJsonata([{ Condition: 'yes', Next: 'B' }]),
  'choice/empty-and': choice([{ And: [], Next: 'B' }]),
  'choice/empty-choices': choice([]),
  'choice/nested-next': choice([{ And: [{ Variable: '$.a', IsNull: true, Next: 'B' }], Next: 'B' }]),
  'choice/operand-type-boolean': choice([{ Variable: '$.a', BooleanEquals: 'true', Next: 'B' }]),
  'choice/operand-type-string': choice([{ Variable: '$.a', StringEquals: 1, Next: 'B' }]),
  'choice/rule-missing-next': choice([{ Variable: '$.a', IsNull: true }]),
  'choice/unknown-operator': choice([{ Variable: '$.a', StringEqual: 'x', Next: 'B' }]),
  'errors/unknown-states-prefix': retry({ ErrorEquals: ['States.TimeOut'] }),
  'fail/cause-and-causepath': machine({ A: { Type: 'Fail', Error: 'E', Cause: 'c', CausePath: '$.c' } }),
  'graph/no-terminal-state': machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }),
  'graph/unreachable-cycle': machine({
    A: end,
    B: { Type: 'Pass', Next: 'C' },
    C: { Type: 'Pass', Next: 'B' },
  }),
  'graph/unreachable-self-loop': machine({ A: end, B: { Type: 'Pass', Next: 'B' } }),
  'graph/unreachable-state': machine({ A: end, B: end }),
  'integration/missing-required-parameter': one({
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem',
    Parameters: { TableName: 't' },
  }),
  'integration/unknown-service': one({
    Type: 'Task',
    Resource: 'arn:aws:states:::lamda:invoke',
    Parameters: { FunctionName: 'f' },
  }),
  'intrinsic/arraygetitem-arity': one({ Type: 'Pass', Parameters: { 'x.$': 'States.ArrayGetItem($.a)' } }),
  'intrinsic/bad-argument': one({ Type: 'Pass', Parameters: { 'x.$': 'States.MathAdd($.a, foo)' } }),
  'intrinsic/double-quotes': one({ Type: 'Pass', Parameters: { 'x.$': 'States.Format("a {}", $.a)' } }),
  'intrinsic/illegal-escape': one({
    Type: 'Pass',
    Parameters: { 'x.$': String.raw`States.Format('a \n {}', $.a)` },
  }),
  'intrinsic/nested-over-10': one({
    Type: 'Pass',
    Parameters: { 'x.$': `${'States.Array('.repeat(11)}1${')'.repeat(11)}` },
  }),
  'intrinsic/trailing-garbage': one({ Type: 'Pass', Parameters: { 'x.$': 'States.UUID() + 1' } }),
  'json/duplicate-key': '{"StartAt":"A","States":{"A":{"Type":"Pass","Type":"Pass","End":true}}}',
  'jsonata/empty-expression': jsonata({ Type: 'Pass', Output: '{%  %}' }),
  'jsonata/erroroutput-outside-catcher': jsonata({ Type: 'Pass', Output: '{% $states.errorOutput %}' }),
  'jsonata/jsonpath-field-ErrorPath': machine(
    { A: { Type: 'Fail', ErrorPath: '$.e' } },
    { QueryLanguage: 'JSONata' },
  ),
  'jsonata/jsonpath-field-ItemsPath': jsonata(map({ ItemsPath: '$.a' })),
  'jsonata/jsonpath-field-OutputPath': jsonata({ Type: 'Pass', OutputPath: '$' }),
  'jsonata/jsonpath-field-Parameters': jsonata({ Type: 'Pass', Parameters: {} }),
  'jsonata/jsonpath-field-ResultPath': jsonata({ Type: 'Pass', ResultPath: '$.a' }),
  'jsonata/jsonpath-field-ResultSelector': jsonata(taskJsonata({ ResultSelector: {} })),
  'jsonata/jsonpath-field-SecondsPath': jsonata({ Type: 'Wait', SecondsPath: '$.s' }),
  'jsonata/jsonpath-field-TimeoutSecondsPath': jsonata(taskJsonata({ TimeoutSecondsPath: '$.t' })),
  'jsonata/nested-syntax-error': jsonata({ Type: 'Pass', Output: { a: { b: ['{% 1 + %}'] } } }),
  'jsonata/syntax-error': jsonata({ Type: 'Pass', Output: '{% 1 + %}' }),
  'jsonata/unclosed-delimiter': jsonata({ Type: 'Pass', Output: '{% 1' }),
  'jsonata/unterminated-regex': jsonata({ Type: 'Pass', Output: '{% $match("a", /a %}' }),
  'jsonpath/double-dot-in-reference': one({ Type: 'Pass', ResultPath: '$..a' }),
  'jsonpath/inputpath-intrinsic': one({ Type: 'Pass', InputPath: 'States.Array($.a)' }),
  'jsonpath/inputpath-not-path': one({ Type: 'Pass', InputPath: 'a.b' }),
  'jsonpath/itemspath-not-reference': one(map({ ItemsPath: '$.a[*]' })),
  'jsonpath/jsonata-field-Arguments': one({
    Type: 'Task',
    Resource: lambda,
    Parameters: { FunctionName: 'f' },
    Arguments: {},
  }),
  'jsonpath/jsonata-field-Items': one(map({ Items: [1] })),
  'jsonpath/jsonata-field-Output': one({ Type: 'Pass', Output: {} }),
  'jsonpath/jsonata-field-TimeoutSeconds-string': one(task({ TimeoutSeconds: '{% 10 %}' })),
  'jsonpath/resultpath-context-object': one({ Type: 'Pass', ResultPath: '$$.a' }),
  'jsonpath/resultpath-not-reference': one({ Type: 'Pass', ResultPath: '$.a[*]' }),
  'jsonpath/resultpath-variable': one({ Type: 'Pass', ResultPath: '$x.a' }),
  'jsonpath/unclosed-bracket': one({ Type: 'Pass', InputPath: '$.a[0' }),
  'map/itembatcher-empty': one(map({ ItemProcessor: distributed, ItemBatcher: {} })),
  'map/itemprocessor-querylanguage': one(map({ ItemProcessor: { ...inner, QueryLanguage: 'JSONPath' } })),
  'map/itemreader-inputtype-value': one(
    map({
      ItemProcessor: distributed,
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'XML' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
    }),
  ),
  'map/items-and-itemspath': jsonata(map({ Items: [1], ItemsPath: '$.a' })),
  'map/itemselector-and-parameters': one(map({ ItemSelector: {}, Parameters: {} })),
  'map/iterator-and-itemprocessor': one(map({ Iterator: second })),
  'map/label-empty': one(map({ ItemProcessor: distributed, Label: '' })),
  'map/label-invalid-char': one(map({ ItemProcessor: distributed, Label: 'a b' })),
  'map/label-over-40': one(map({ ItemProcessor: distributed, Label: 'x'.repeat(41) })),
  'map/maxitems-and-path': one(
    map({
      ItemProcessor: distributed,
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON', MaxItems: 1, MaxItemsPath: '$.m' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
    }),
  ),
  'map/mode-value': one(map({ ItemProcessor: { ...inner, ProcessorConfig: { Mode: 'distributed' } } })),
  'map/no-processor': one({ Type: 'Map' }),
  'map/tolerated-count-and-path': one(
    map({ ItemProcessor: distributed, ToleratedFailureCount: 1, ToleratedFailureCountPath: '$.c' }),
  ),
  'map/tolerated-percentage-over-100': one(
    map({ ItemProcessor: distributed, ToleratedFailurePercentage: 101 }),
  ),
  'name/duplicate-across-scopes': machine({ A: { ...parallel(machine({ B: end })), Next: 'B' }, B: end }),
  'name/empty': machine({ '': end }),
  'name/over-80-chars': machine({ ['x'.repeat(81)]: end }),
  'parallel/empty-branches': one(parallel()),
  'parallel/missing-branches': one({ Type: 'Parallel' }),
  'quota/definition-over-1mb': one({ Type: 'Pass', Comment: 'x'.repeat(1_050_000) }),
  'retry/empty-errorequals': retry({ ErrorEquals: [] }),
  'retry/errorequals-string': retry({ ErrorEquals: 'States.ALL' }),
  'retry/interval-zero': retry({ ErrorEquals: ['X'], IntervalSeconds: 0 }),
  'retry/jitter-value': retry({ ErrorEquals: ['X'], JitterStrategy: 'HALF' }),
  'retry/maxdelay-over-31622400': retry({ ErrorEquals: ['X'], MaxDelaySeconds: 31_622_401 }),
  'retry/not-array': one(task({ Retry: { ErrorEquals: ['X'] } })),
  'retry/states-all-not-alone': retry({ ErrorEquals: ['States.ALL', 'X'] }),
  'retry/states-all-not-last': retry({ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }),
  'root/comment-type': machine({ A: end }, { Comment: 1 }),
  'root/empty-states': { StartAt: 'A', States: {} },
  'root/required-fields-empty': {},
  'root/required-states': { StartAt: 'A' },
  'root/timeout-negative': machine({ A: end }, { TimeoutSeconds: -1 }),
  'root/timeout-too-large': machine({ A: end }, { TimeoutSeconds: 100_000_000 }),
  'root/unknown-field': machine({ A: end }, { Name: 'x' }),
  'root/version-value': machine({ A: end }, { Version: '2.0' }),
  'state/field-wrong-type-choice-end': choice([{ Variable: '$.a', IsNull: true, Next: 'B' }], { End: true }),
  'state/field-wrong-type-choice-next': choice([{ Variable: '$.a', IsNull: true, Next: 'B' }], { Next: 'B' }),
  'state/field-wrong-type-choice-parameters': choice([{ Variable: '$.a', IsNull: true, Next: 'B' }], {
    Parameters: {},
  }),
  'state/field-wrong-type-fail-inputpath': machine({ A: { Type: 'Fail', Error: 'E', InputPath: '$' } }),
  'state/field-wrong-type-pass-resource': one({ Type: 'Pass', Resource: lambda }),
  'state/field-wrong-type-pass-resultselector': one({ Type: 'Pass', ResultSelector: {} }),
  'state/field-wrong-type-succeed-next': machine({ A: { Type: 'Succeed', Next: 'B' }, B: end }),
  'state/field-wrong-type-wait-resultpath': one({ Type: 'Wait', Seconds: 1, ResultPath: '$' }),
  'state/missing-type': machine({ A: { End: true } }),
  'state/misspelt-field': one({ Type: 'Pass', ResultPaht: '$.a' }),
  'state/not-object': { StartAt: 'A', States: { A: end, B: 'Pass' } },
  'state/timeout-on-map': one(map({ TimeoutSeconds: 10 })),
  'task/resource-empty': one({ Type: 'Task', Resource: '' }),
  'task/resource-not-arn': one({ Type: 'Task', Resource: 'my function' }),
  'task/timeout-float': one(task({ TimeoutSeconds: 1.5 })),
  'template/batchinput-value': one(
    map({ ItemProcessor: distributed, ItemBatcher: { MaxItemsPerBatch: 1, BatchInput: { 'a.$': 'b' } } }),
  ),
  'template/duplicate-after-strip': one({ Type: 'Pass', Parameters: { a: 1, 'a.$': '$.a' } }),
  'template/itemselector-value': one(map({ ItemSelector: { 'a.$': 'b' } })),
  'template/resultselector-value': one(task({ ResultSelector: { 'a.$': 'b' } })),
  'transition/branch-to-sibling-branch': one(parallel(machine({ I: { Type: 'Pass', Next: 'J' } }), second)),
  'transition/catch-next-unknown': caught({ ErrorEquals: ['X'], Next: 'Z' }),
  'transition/choice-next-unknown': choice([{ Variable: '$.a', IsNull: true, Next: 'Z' }]),
  'transition/map-itemprocessor-to-outer': one(
    map({ ItemProcessor: machine({ I: { Type: 'Pass', Next: 'B' } }) }),
  ),
  'transition/map-iterator-to-outer': one({
    Type: 'Map',
    Iterator: machine({ I: { Type: 'Pass', Next: 'B' } }),
  }),
  'transition/next-and-end-both': one({ Type: 'Pass', End: true }),
  'transition/next-and-end-missing': machine({ A: { Type: 'Pass' } }),
  'transition/outer-to-inner': machine({ A: { ...parallel(inner), Next: 'I' }, B: end }),
  'transition/parallel-to-outer': one(parallel(machine({ I: { Type: 'Pass', Next: 'B' } }))),
  'variable/assign-invalid-name-digit': one({ Type: 'Pass', Assign: { '1a': 1 } }),
  'variable/assign-name-over-80': one({ Type: 'Pass', Assign: { ['x'.repeat(81)]: 1 } }),
  'variable/assign-outer-scope-in-map': machine({
    A: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' },
    M: {
      ...map({ ItemProcessor: machine({ I: { Type: 'Pass', Assign: { x: 2 }, End: true } }) }),
      End: true,
    },
  }),
  'variable/assign-outer-scope-in-parallel': machine({
    A: { Type: 'Pass', Assign: { x: 1 }, Next: 'P' },
    P: { ...parallel(machine({ I: { Type: 'Pass', Assign: { x: 2 }, End: true } })), End: true },
  }),
  'variable/assign-reserved-states': one({ Type: 'Pass', Assign: { states: 1 } }),
  'wait/no-duration': one({ Type: 'Wait' }),
  'wait/seconds-float': one({ Type: 'Wait', Seconds: 1.5 }),
  'wait/seconds-negative': one({ Type: 'Wait', Seconds: -1 }),
  'wait/secondspath-not-path': one({ Type: 'Wait', SecondsPath: 'a' }),
  'wait/timestamp-format': one({ Type: 'Wait', Timestamp: '2030-01-01' }),
};

const lint: Readonly<Record<string, JsonObject>> = {
  'choice/contradiction': choice([
    {
      And: [
        { Variable: '$.a', StringEquals: 'x' },
        { Variable: '$.a', StringEquals: 'y' },
      ],
      Next: 'C',
    },
  ]),
  'choice/no-default': machine({
    A: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'B' }] },
    B: end,
  }),
  'choice/rule-always-true': choiceJsonata([{ Condition: true, Next: 'B' }]),
  'choice/stringmatches-no-wildcard': choice([{ Variable: '$.a', StringMatches: 'abc', Next: 'B' }]),
  'data/context-path-unknown': one({ Type: 'Pass', Parameters: { 'a.$': '$$.Execution.Foo' } }),
  'data/path-into-discarded-input': machine({
    A: { Type: 'Pass', Result: { a: 1 }, Next: 'B' },
    B: { Type: 'Pass', InputPath: '$.b', End: true },
  }),
  'data/task-token-outside-callback': one({ Type: 'Pass', Parameters: { 't.$': '$$.Task.Token' } }),
  'express/activity-in-express': one(
    { Type: 'Task', Resource: 'arn:aws:states:us-east-1:123456789012:activity:a' },
    express,
  ),
  'express/distributed-map-in-express': one(map({ ItemProcessor: distributed }), express),
  'express/sync-in-express': one(
    {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: 'x' },
    },
    express,
  ),
  'flow/assign-not-visible-in-same-state-output': jsonata({
    Type: 'Pass',
    Assign: { x: 1 },
    Output: '{% $x %}',
  }),
  'flow/dead-end-cycle-no-terminal-reachable': machine({
    A: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'B' }], Default: 'C' },
    B: { Type: 'Wait', Seconds: 1, Next: 'D' },
    D: { Type: 'Pass', Next: 'B' },
    C: end,
  }),
  'flow/inner-variable-used-outside': machine(
    {
      A: { ...parallel(machine({ I: { Type: 'Pass', Assign: { x: 1 }, End: true } })), Next: 'B' },
      B: { Type: 'Pass', Output: '{% $x %}', End: true },
    },
    { QueryLanguage: 'JSONata' },
  ),
  'flow/self-loop-without-exit': machine({
    A: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'B' }], Default: 'C' },
    B: { Type: 'Pass', Next: 'B' },
    C: end,
  }),
  'flow/undefined-variable': jsonata({ Type: 'Pass', Output: '{% $nobody %}' }),
  'flow/variable-lost-on-catch-path': machine(
    {
      A: taskJsonata({ Assign: { x: 1 }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }], Next: 'B' }),
      B: end,
      C: { Type: 'Pass', Output: '{% $x %}', End: true },
    },
    { QueryLanguage: 'JSONata' },
  ),
  'flow/variable-used-before-assign': machine(
    { A: { Type: 'Pass', Output: '{% $x %}', Next: 'B' }, B: { Type: 'Pass', Assign: { x: 1 }, End: true } },
    { QueryLanguage: 'JSONata' },
  ),
  'integration/sdk-instead-of-optimized': one({
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:lambda:invoke',
    Parameters: { FunctionName: 'f' },
  }),
  'integration/startexecution-no-parent-id': one({
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution',
    Parameters: { StateMachineArn: 'x', Input: {} },
  }),
  'jsonata/missing-delimiters': jsonata({ Type: 'Pass', Output: { a: '$states.input.a' } }),
  'jsonata/result-in-arguments': jsonata(
    taskJsonata({ Arguments: { FunctionName: 'f', Payload: '{% $states.result %}' } }),
  ),
  'jsonata/result-in-choice': choiceJsonata([{ Condition: '{% $states.result = 1 %}', Next: 'B' }]),
  'jsonata/top-level-dollar': jsonata({ Type: 'Pass', Output: '{% $ %}' }),
  'jsonata/unknown-function': jsonata({ Type: 'Pass', Output: '{% $summ([1]) %}' }),
  'legacy/map-parameters-deprecated': one(map({ Parameters: {} })),
  'name/leading-trailing-space': machine({ 'A ': end }),
  'pass/result-is-static': one({ Type: 'Pass', Result: { 'a.$': '$.b' } }),
  'placeholder/unresolved-substitution': one({ Type: 'Task', Resource: '${FunctionArn}' }),
  'retry/datalimit-not-caught-by-all': caught({ ErrorEquals: ['States.ALL'], Next: 'B' }),
  'security/secret-in-definition': one({
    Type: 'Pass',
    Parameters: { apiKey: 'AKIAIOSFODNN7EXAMPLF', password: 'hunter2hunter2' },
  }),
  'task/heartbeat-without-callback': one(task({ HeartbeatSeconds: 5, TimeoutSeconds: 10 })),
  'task/lambda-payload-path-unwrapped': machine({
    A: { ...task(), Next: 'B' },
    B: { Type: 'Choice', Choices: [{ Variable: '$.ok', BooleanEquals: true, Next: 'C' }], Default: 'C' },
    C: end,
  }),
  'task/token-used-without-waitfortasktoken': one({
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage',
    Parameters: { QueueUrl: 'q', MessageBody: { 't.$': '$$.Task.Token' } },
  }),
  'template/missing-dollar-suffix': one({ Type: 'Pass', Parameters: { a: '$.b' } }),
  'template/missing-dollar-suffix-intrinsic': one({ Type: 'Pass', Parameters: { a: 'States.UUID()' } }),
  'wait/timestamp-in-the-past': one({ Type: 'Wait', Timestamp: '2001-01-01T00:00:00Z' }),
};

const findingsOf = (definition: JsonObject | string) =>
  analyze(
    {
      uri: 'test.asl.json',
      version: 1,
      format: 'json',
      text: typeof definition === 'string' ? definition : JSON.stringify(definition),
    },
    { services, now: Date.UTC(2026, 0, 1) },
  ).findings;

describe('each fault of the catalogue is found under its name', () => {
  test.each(Object.entries(errors))('%s', (code, definition) => {
    const codes = findingsOf(definition)
      .filter(({ severity }) => severity === 'error')
      .map(finding => finding.code);
    expect([...new Set(codes)]).toEqual([code]);
  });

  test.each(Object.entries(lint))('%s', (code, definition) => {
    expect(findingsOf(definition).map(finding => finding.code)).toContain(code);
  });
});
