import { expect, test } from 'vitest';
import { emptyCatalogue, parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import type { Action, Field, FieldType } from '#core/language/services/catalogue.ts';
import { parseServiceDocumentation } from '#core/language/services/documentation.ts';
import { catalogue, documentation } from './assets.ts';

test('has every service and every action that the Developer Guide promises', () => {
  const documented = catalogue.services.filter(service => service.isDocumented);
  expect(documented.length).toBeGreaterThan(400);
  expect(sum(catalogue.services.map(service => service.actionCount))).toBeGreaterThan(18_000);
  expect(catalogue.services.map(service => service.name)).toEqual(
    expect.arrayContaining([
      'dynamodb',
      'sfn',
      's3',
      'cloudwatchlogs',
      'eventbridge',
      'sesv2',
      'secretsmanager',
      's3vectors',
    ]),
  );
});

test('knows the parameters of an action: their types, which are required, and what lies inside', () => {
  const { parameters } = action('dynamodb', 'putItem');
  expect(described(parameters, 2)).toMatchObject({
    'TableName!': 'string',
    'Item!': {
      '*': { S: 'string', Ss: ['string'], M: { '*': expect.anything() as unknown }, Bool: 'boolean' },
    },
    ReturnValues: 'NONE|ALL_OLD|UPDATED_OLD|ALL_NEW|UPDATED_NEW',
  });
});

test('names parameters as the SDK for Java does, and keeps the name that the API uses', () => {
  const { parameters } = action('rds', 'describeDBInstances');
  expect(parameters.find(field => field.name === 'DbInstanceIdentifier')?.apiName).toBe(
    'DBInstanceIdentifier',
  );
});

test('knows what an action gives, several structures deep', () => {
  expect(described(action('ec2', 'describeInstances').result, 4)).toMatchObject({
    Reservations: [{ Instances: [{ InstanceId: 'string', State: { Name: 'string' } }] }],
  });
});

test('lists the errors of an action with the prefix that Retry and Catch need', () => {
  expect(action('dynamodb', 'getItem').errors).toEqual(
    expect.arrayContaining([
      'DynamoDb.ResourceNotFoundException',
      'DynamoDb.DynamoDbException',
      'DynamoDb.SdkClientException',
    ]),
  );
  expect(action('s3', 'getObject').errors).toContain('S3.NoSuchKeyException');
});

test.each([
  ['batch', 'submitJob', ['JobName', 'JobQueue', 'JobDefinition']],
  ['ec2', 'runInstances', ['MaxCount', 'MinCount']],
  ['s3', 'putObject', ['Bucket', 'Key']],
  ['kms', 'decrypt', []],
])('knows what %s:%s requires, whether the model says so plainly or not', (service, name, expected) => {
  expect(requiredNames(action(service, name))).toEqual(expected);
});

test('what the SDK fills in by itself is not required', () => {
  expect(requiredNames(action('emrserverless', 'startJobRun'))).not.toContain('ClientToken');
  expect(requiredNames(action('route53resolver', 'associateFirewallRuleGroup'))).not.toContain(
    'CreatorRequestId',
  );
});

test('links to the API reference of the service', () => {
  expect(action('dynamodb', 'putItem').reference).toBe(
    'https://docs.aws.amazon.com/goto/WebAPI/dynamodb-2012-08-10/PutItem',
  );
});

test('marks the actions that Step Functions cannot call', () => {
  expect(action('s3', 'selectObjectContent').isSupported).toBe(false);
  expect(action('s3', 'getObject').isSupported).toBe(true);
});

test('keeps retired services, whose state machines still exist', () => {
  expect(catalogue.service('lookoutvision')?.action('startModel')).toBeDefined();
});

test('every service can be decoded, and every name is fit for a Resource or a key', () => {
  const broken: string[] = [];
  for (const { name } of catalogue.services) {
    const service = catalogue.service(name);
    expect(service?.actions).toHaveLength(service?.actionCount ?? -1);
    for (const each of service?.actions ?? []) {
      const names = [...each.parameters, ...each.result].map(field => field.name);
      if (!/^[a-z]\w*$/.test(each.name) || !names.every(field => /^[A-Z][\w.-]*$/.test(field))) {
        broken.push(`${name}:${each.name} ${names.join(' ')}`);
      }
      if (new Set(each.parameters.map(field => field.name)).size !== each.parameters.length)
        broken.push(each.name);
    }
  }
  expect(broken).toEqual([]);
});

test('a service is found by its exact name only', () => {
  expect(catalogue.service('DynamoDB')).toBeUndefined();
  expect(catalogue.service('dynamodb')?.action('PutItem')).toBeUndefined();
  expect(emptyCatalogue.service('dynamodb')).toBeUndefined();
});

test.each(['', 'x', 'stepwise-services 1\n\n', 'title\nwords\nS3 1 zz\n\n', 'title\nwords\nS3 2 9\n\nA\t'])(
  'a broken file %j gives an empty or smaller catalogue',
  text => {
    const broken = parseServiceCatalogue(text);
    expect(broken.service('s3')?.action('getObject')).toBeUndefined();
  },
);

test('describes actions and parameters in a sentence, unless it would only repeat the name', () => {
  const putItem = action('dynamodb', 'putItem');
  expect(documentation.ofAction('dynamodb', putItem)).toMatch(/replaces an old item/);
  expect(documentation.ofParameter('dynamodb', putItem, 'ConditionExpression')).toMatch(/condition/);
  expect(documentation.ofParameter('dynamodb', putItem, 'TableName')).toBeUndefined();
  expect(documentation.ofParameter('rds', action('rds', 'createDBInstance'), 'DbInstanceClass')).toMatch(
    /compute and memory/,
  );
});

test('documentation made with another catalogue is ignored', () => {
  const foreign = parseServiceDocumentation('title\n\nDynamoDb 4\n\nOne\n', catalogue);
  expect(foreign.ofAction('dynamodb', action('dynamodb', 'putItem'))).toBeUndefined();
});

function action(service: string, name: string): Action {
  const found = catalogue.service(service)?.action(name);
  if (found === undefined) throw new Error(`no ${service}:${name}`);
  return found;
}

const requiredNames = ({ parameters }: Action): readonly string[] =>
  parameters.filter(field => field.isRequired).map(field => field.name);

/** Fields as JSON: `!` marks the required, `*` is any key, `…` what lies deeper than asked. */
function described(fields: readonly Field[], depth: number): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(field => [`${field.name}${field.isRequired ? '!' : ''}`, describedType(field.type, depth)]),
  );
}

function describedType(type: FieldType, depth: number): unknown {
  switch (type.kind) {
    case 'enum':
      return type.values.join('|');
    case 'list':
      return [describedType(type.element, depth)];
    case 'map':
      return { '*': describedType(type.value, depth) };
    case 'structure':
      return depth === 0 ? '…' : described(type.fields, depth - 1);
    default:
      return type.kind;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
