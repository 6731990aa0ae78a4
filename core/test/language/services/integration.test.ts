import { expect, test } from 'vitest';
import { emptyCatalogue } from '#core/language/services/catalogue.ts';
import {
  integrationPattern,
  matchParameter,
  missingParameters,
  optimizedCounterpart,
  resolveIntegration,
  resultOf,
} from '#core/language/services/integration.ts';
import type { Integration, Resolution } from '#core/language/services/integration.ts';
import { optimizedActions } from '#core/language/services/optimized.ts';
import { parseResource } from '#core/language/services/resource.ts';
import type { IntegrationArn } from '#core/language/services/resource.ts';
import { nameByAlias } from '#core/language/services/serviceAliases.ts';
import { catalogue } from './assets.ts';

test('every optimized action stands on an SDK action that exists, or on parameters of its own', () => {
  for (const { service, action, sdk, ownParameters, place } of optimizedActions) {
    const parameters = integration(`arn:aws:states:::${service}:${action}`).parameters ?? [];
    expect(
      sdk === undefined || catalogue.service(sdk.service)?.action(sdk.action),
      `${service}:${action}`,
    ).toBeTruthy();
    expect(parameters.length, `${service}:${action}`).toBeGreaterThanOrEqual(
      Math.max(1, ownParameters.length),
    );
    expect(place === 'Task' || service === 's3').toBe(true);
  }
});

test('what an optimized integration changes wins over the SDK action', () => {
  const types = (resource: string): Record<string, string> =>
    Object.fromEntries((integration(resource).parameters ?? []).map(field => [field.name, field.type.kind]));
  expect(types('arn:aws:states:::lambda:invoke')).toMatchObject({ FunctionName: 'string', Payload: 'json' });
  expect(types('arn:aws:states:::aws-sdk:lambda:invoke')).toMatchObject({ Payload: 'blob' });
  expect(types('arn:aws:states:::sqs:sendMessage')).toMatchObject({
    QueueUrl: 'string',
    MessageBody: 'json',
  });
  expect(types('arn:aws:states:::ecs:runTask')).toMatchObject({
    TaskDefinition: 'string',
    Cluster: 'string',
  });
});

test('an optimized integration names DynamoDB’s types as the API does, an SDK integration as Java does', () => {
  expect(attributeTypes('arn:aws:states:::dynamodb:putItem')).toEqual(
    expect.arrayContaining(['BOOL', 'SS', 'NULL']),
  );
  expect(attributeTypes('arn:aws:states:::aws-sdk:dynamodb:putItem')).toEqual(
    expect.arrayContaining(['Bool', 'Ss', 'Nul']),
  );
});

test('errors have the prefix that each kind of integration uses', () => {
  expect(integration('arn:aws:states:::dynamodb:getItem').errors).toContain(
    'DynamoDB.ResourceNotFoundException',
  );
  expect(integration('arn:aws:states:::aws-sdk:dynamodb:getItem').errors).toContain(
    'DynamoDb.ResourceNotFoundException',
  );
  expect(integration('arn:aws:states:::lambda:invoke').errors).toEqual(
    expect.arrayContaining([
      'Lambda.TooManyRequestsException',
      'Lambda.ServiceException',
      'Lambda.SdkClientException',
    ]),
  );
  expect(integration('arn:aws:states:::states:startExecution').errors).toContain(
    'StepFunctions.StateMachineDoesNotExistException',
  );
});

test.each([
  ['arn:aws:states:::lambda:invoke', 'request-response', true],
  ['arn:aws:states:::lambda:invoke.sync', 'sync', false],
  ['arn:aws:states:::sqs:sendMessage.sync', 'sync', false],
  ['arn:aws:states:::sqs:sendMessage.waitForTaskToken', 'waitForTaskToken', true],
  ['arn:aws:states:::states:startExecution.sync:2', 'sync:2', true],
  ['arn:aws:states:::batch:submitJob.sync:2', 'sync:2', false],
  ['arn:aws:states:::aws-sdk:glue:startJobRun.sync', 'sync', false],
  ['arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken', 'waitForTaskToken', true],
])('%s asks for %s, offered: %s', (arn, pattern, isOffered) => {
  expect(integrationPattern(integrationArn(arn))).toBe(pattern);
  expect(integration(arn).patterns.some(offered => offered === pattern)).toBe(isOffered);
});

test('a pattern that does not exist is told from one behind a placeholder', () => {
  expect(integrationPattern(integrationArn('arn:aws:states:::lambda:invoke.async'))).toBeUndefined();
  expect(integrationPattern(integrationArn('arn:aws:states:::lambda:invoke.${Pattern}'))).toBe('unknown');
  expect(integrationPattern(integrationArn('arn:aws:states:::aws-sdk:${Call}'))).toBe('unknown');
});

test.each([
  ['arn:aws:states:::aws-sdk:dynamo:getItem', { kind: 'unknown-service', suggestion: 'dynamodb' }],
  ['arn:aws:states:::aws-sdk:quantumteleport:go', { kind: 'unknown-service', suggestion: undefined }],
  ['arn:aws:states:::labmda:invoke', { kind: 'unknown-service', suggestion: 'lambda' }],
  ['arn:aws:states:::aws-sdk:states:startExecution', { kind: 'unknown-service', suggestion: 'sfn' }],
  [
    'arn:aws:states:::aws-sdk:cognito-idp:adminGetUser',
    { kind: 'unknown-service', suggestion: 'cognitoidentityprovider' },
  ],
  [
    'arn:aws:states:::aws-sdk:emr-serverless:startJobRun',
    { kind: 'unknown-service', suggestion: 'emrserverless' },
  ],
  [
    'arn:aws:states:::sfn:startExecution',
    { kind: 'unknown-service', suggestion: 'states', sdkAlternative: 'aws-sdk:sfn:startExecution' },
  ],
  [
    'arn:aws:states:::rekognition:detectText',
    { kind: 'unknown-service', sdkAlternative: 'aws-sdk:rekognition:detectText' },
  ],
  [
    'arn:aws:states:::aws-sdk:dynamodb:GetItem',
    { kind: 'unknown-action', suggestion: 'getItem', isCaseOnly: true },
  ],
  [
    'arn:aws:states:::aws-sdk:sfn:startExecuton',
    { kind: 'unknown-action', suggestion: 'startExecution', isCaseOnly: false },
  ],
  ['arn:aws:states:::dynamodb:query', { kind: 'unknown-action', sdkAlternative: 'aws-sdk:dynamodb:query' }],
  ['arn:aws:states:::aws-sdk:${Service}:getItem', { kind: 'undetermined' }],
  ['arn:aws:states:::sqs:${Action}', { kind: 'undetermined' }],
  ['arn:aws:states:::aws-sdk:honeycode:getScreenData', { kind: 'undetermined' }],
])('%s resolves to %j', (arn, expected) => {
  expect(resolved(arn)).toMatchObject(expected);
});

test('the part that is wrong has its place in the Resource', () => {
  const arn = 'arn:aws:states:::aws-sdk:dynamodb:GetItem';
  expect(resolved(arn)).toMatchObject({
    part: { text: 'GetItem', start: arn.indexOf('GetItem'), end: arn.length },
  });
});

test('without a catalogue nothing is called unknown, and optimized actions keep their patterns', () => {
  const sdk = resolveIntegration(integrationArn('arn:aws:states:::aws-sdk:nothing:atAll'), emptyCatalogue);
  expect(sdk.kind).toBe('undetermined');
  const sqs = resolveIntegration(integrationArn('arn:aws:states:::sqs:sendMessage'), emptyCatalogue);
  expect(sqs).toMatchObject({ kind: 'known', integration: { parameters: undefined } });
});

test.each([
  ['sns:publish', 'TopicArn', { kind: 'exact' }],
  ['sns:publish', 'topicArn', { kind: 'misspelled', field: { name: 'TopicArn' } }],
  ['sqs:sendMessage', 'QueueURL', { kind: 'misspelled', field: { name: 'QueueUrl' } }],
  [
    'aws-sdk:rds:describeDBInstances',
    'DBInstanceIdentifier',
    { kind: 'misspelled', field: { name: 'DbInstanceIdentifier' } },
  ],
  ['aws-sdk:dynamodb:getItem', 'TableNam', { kind: 'unknown', suggestion: 'TableName' }],
  ['aws-sdk:dynamodb:getItem', 'Colour', { kind: 'unknown', suggestion: undefined }],
  [
    'aws-sdk:codeartifact:describePackageVersion',
    'Package',
    { kind: 'exact', field: { name: 'PackageValue' } },
  ],
  ['aws-sdk:codeartifact:describePackageVersion', 'PackageValue', { kind: 'exact' }],
  ['aws-sdk:codeartifact:describePackageVersion', 'package', { kind: 'misspelled' }],
])('in %s the key %s is %j', (call, key, expected) => {
  expect(matchParameter(integration(`arn:aws:states:::${call}`).parameters ?? [], key)).toMatchObject(
    expected,
  );
});

test.each([
  ['lambda:invoke', ['Payload'], [['FunctionName']]],
  ['http:invoke', ['ApiEndpoint'], [['Method'], ['Authentication', 'InvocationConfig']]],
  ['http:invoke', ['ApiEndpoint', 'Method', 'InvocationConfig'], []],
  ['sns:publish', ['Message'], [['TopicArn', 'TargetArn', 'PhoneNumber']]],
  ['sns:publish', ['message', 'topicArn'], []],
  ['aws-sdk:dynamodb:getItem', [], [['TableName'], ['Key']]],
  ['aws-sdk:organizations:listRoots', [], []],
])('%s with the keys %j lacks %j', (call, keys, expected) => {
  expect(missingParameters(integration(`arn:aws:states:::${call}`), keys)).toEqual(expected);
});

test('an SDK integration knows its optimized counterpart', () => {
  const counterpart = (arn: string): string | undefined => optimizedCounterpart(integration(arn))?.service;
  expect(counterpart('arn:aws:states:::aws-sdk:sqs:sendMessage')).toBe('sqs');
  expect(counterpart('arn:aws:states:::aws-sdk:eventbridge:putEvents')).toBe('events');
  expect(counterpart('arn:aws:states:::aws-sdk:sqs:receiveMessage')).toBeUndefined();
  expect(counterpart('arn:aws:states:::aws-sdk:s3:getObject')).toBeUndefined();
});

test('every alias leads to a service that exists, and is none itself', () => {
  const names = new Set(catalogue.services.map(service => service.name));
  for (const [alias, name] of nameByAlias) {
    expect(names.has(name), name).toBe(true);
    expect(names.has(alias), alias).toBe(false);
  }
});

test('tells the result by the pattern that the state waits with', () => {
  const names = (arn: string): readonly string[] | undefined => {
    const pattern = integrationPattern(integrationArn(arn));
    if (pattern === undefined || pattern === 'unknown') return undefined;
    return resultOf(integration(arn), pattern, catalogue)?.map(field => `${field.name}:${field.type.kind}`);
  };
  const startExecution = 'arn:aws:states:::states:startExecution';
  expect(names(startExecution)).toEqual([
    'ExecutionArn:string',
    'StartDate:timestamp',
    'SdkHttpMetadata:map',
    'SdkResponseMetadata:map',
  ]);
  expect(names(`${startExecution}.sync`)).toContain('Output:string');
  expect(names(`${startExecution}.sync:2`)).toContain('Output:json');
  expect(names(`${startExecution}.waitForTaskToken`)).toBeUndefined();
  expect(names('arn:aws:states:::batch:submitJob.sync')).toContain('JobQueue:string');
  expect(names('arn:aws:states:::glue:startJobRun.sync')).toContain('JobRunState:enum');
  expect(names('arn:aws:states:::aws-sdk:sfn:startExecution')).toEqual([
    'ExecutionArn:string',
    'StartDate:timestamp',
  ]);
});

function attributeTypes(arn: string): readonly string[] {
  const item = integration(arn).parameters?.find(field => field.name === 'Item')?.type;
  const attribute = item?.kind === 'map' ? item.value : undefined;
  return attribute?.kind === 'structure' ? attribute.fields.map(field => field.name) : [];
}

function integrationArn(arn: string): IntegrationArn {
  const resource = parseResource(arn);
  if (resource.kind !== 'sdk' && resource.kind !== 'optimized') throw new Error(`${arn} is ${resource.kind}`);
  return resource;
}

const resolved = (arn: string): Resolution => resolveIntegration(integrationArn(arn), catalogue);

function integration(arn: string): Integration {
  const resolution = resolved(arn);
  if (resolution.kind !== 'known') throw new Error(`${arn} is ${resolution.kind}`);
  return resolution.integration;
}
