import { expect, test } from 'vitest';
import { parseResource } from '#core/language/services/resource.ts';
import type { ArnPart } from '#core/language/services/resource.ts';

/** One line a resource: its kind and parts; a part with a placeholder is marked `?`. */
function describeResource(arn: string): string {
  const resource = parseResource(arn);
  const parts = Object.entries(resource)
    .filter((entry): entry is [string, ArnPart] => typeof entry[1] === 'object')
    .map(([name, part]) => {
      expect(arn.slice(part.start, part.end)).toBe(part.text);
      return `${name}=${part.text}${part.isKnown ? '' : '?'}`;
    });
  return [resource.kind, ...parts].join(' ');
}

test.each([
  ['arn:aws:states:::lambda:invoke', 'optimized partition=aws service=lambda action=invoke'],
  [
    'arn:aws-cn:states:::sqs:sendMessage.waitForTaskToken',
    'optimized partition=aws-cn service=sqs action=sendMessage pattern=waitForTaskToken',
  ],
  [
    'arn:aws:states:::states:startExecution.sync:2',
    'optimized partition=aws service=states action=startExecution pattern=sync:2',
  ],
  ['arn:aws:states:::http:invoke', 'optimized partition=aws service=http action=invoke'],
  [
    'arn:aws-us-gov:states:::aws-sdk:dynamodb:putItem.waitForTaskToken',
    'sdk partition=aws-us-gov service=dynamodb action=putItem pattern=waitForTaskToken',
  ],
  [
    'arn:aws:states:eu-west-1:123456789012:aws-sdk:s3:getObject',
    'sdk partition=aws service=s3 action=getObject',
  ],
  [
    'arn:aws:states:us-east-1:123456789012:activity:Approve',
    'activity partition=aws region=us-east-1 account=123456789012 name=Approve',
  ],
  [
    'arn:aws-iso:lambda:us-iso-east-1:123456789012:function:Pay',
    'lambda partition=aws-iso region=us-iso-east-1 account=123456789012 name=Pay',
  ],
  [
    'arn:aws:lambda:us-east-1:123456789012:function:Pay:$LATEST',
    'lambda partition=aws region=us-east-1 account=123456789012 name=Pay qualifier=$LATEST',
  ],
])('%s', (arn, expected) => {
  expect(describeResource(arn)).toBe(expected);
});

test.each([
  ['${PayFunctionArn}', 'undetermined'],
  ['${PayFunction.Arn}:live', 'undetermined'],
  ['arn:${AWS::Partition}:states:::${Target}', 'undetermined'],
  [
    'arn:${AWS::Partition}:states:::lambda:invoke',
    'optimized partition=${AWS::Partition}? service=lambda action=invoke',
  ],
  ['arn:aws:states:::aws-sdk:${Service}:getItem', 'sdk partition=aws service=${Service}? action=getItem'],
  [
    'arn:aws:states:::sqs:sendMessage.${a.b}',
    'optimized partition=aws service=sqs action=sendMessage pattern=${a.b}?',
  ],
  [
    'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Name}',
    'lambda partition=aws region=${AWS::Region}? account=${AWS::AccountId}? name=${Name}?',
  ],
  ['arn:aws:states:::${unfinished', 'undetermined'],
])('a placeholder is never a mistake: %s', (arn, expected) => {
  expect(describeResource(arn)).toBe(expected);
});

test.each([
  ['arn:aws:states:::', 'optimized partition=aws service= action='],
  ['arn:aws:states:::lam', 'optimized partition=aws service=lam action='],
  ['arn:aws:states:::aws-sdk:', 'sdk partition=aws service= action='],
  ['arn:aws:states:::aws-sdk:s3:', 'sdk partition=aws service=s3 action='],
  ['arn:aws:states:::sqs:sendMessage.', 'optimized partition=aws service=sqs action=sendMessage pattern='],
])('what is being typed has its parts already: %s', (arn, expected) => {
  expect(describeResource(arn)).toBe(expected);
});

test.each([
  '',
  'Pay',
  'foo:bar',
  'arn:aws:s3:::bucket',
  'arn:aws:states:us-east-1:123456789012:stateMachine:m',
])('%j is nothing that a Task can call', arn => {
  expect(describeResource(arn)).toBe('unrecognized');
});
