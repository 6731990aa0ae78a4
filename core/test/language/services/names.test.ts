import { expect, test } from 'vitest';
import { actionName, exceptionName, fieldName, servicePrefix } from '#core/language/services/names.ts';

test.each([
  ['PutItem', 'putItem'],
  ['DescribeDBInstances', 'describeDBInstances'],
  ['ListObjectsV2', 'listObjectsV2'],
])('the action of %s is %s', (operation, expected) => {
  expect(actionName(operation)).toBe(expected);
});

test.each([
  ['name', 'Name'],
  ['stateMachineArn', 'StateMachineArn'],
  ['DBInstanceIdentifier', 'DbInstanceIdentifier'],
  ['TemplateURL', 'TemplateURL'],
  ['SSEKMSKeyId', 'SsekmsKeyId'],
  ['ETag', 'ETag'],
  ['VPC', 'Vpc'],
  ['BOOL', 'Bool'],
  ['NULL', 'Nul'],
  ['equals', 'EqualsValue'],
  ['package', 'PackageValue'],
])('the field of %s is %s', (member, expected) => {
  expect(fieldName(member)).toBe(expected);
});

test.each([
  ['ResourceNotFoundException', 'ResourceNotFoundException'],
  ['BucketAlreadyExists', 'BucketAlreadyExistsException'],
  ['DBInstanceAlreadyExists', 'DbInstanceAlreadyExistsException'],
  ['DBClusterNotFoundFault', 'DbClusterNotFoundException'],
])('the error of %s is %s', (error, expected) => {
  expect(exceptionName(error)).toBe(expected);
});

test.each([
  ['DynamoDB', 'DynamoDb'],
  ['SFN', 'Sfn'],
  ['ACM PCA', 'AcmPca'],
  ['SESv2', 'SesV2'],
  ['WAFV2', 'Wafv2'],
  ['IoT', 'Iot'],
  ['IoTAnalytics', 'IoTAnalytics'],
  ['Directory Service', 'Directory'],
  ['Elasticsearch Service', 'Elasticsearch'],
  ['SageMaker A2I Runtime', 'SageMakerA2IRuntime'],
])('the prefix of %s is %s', (serviceId, expected) => {
  expect(servicePrefix(serviceId)).toBe(expected);
});
