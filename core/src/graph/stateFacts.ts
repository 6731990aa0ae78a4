import { parseResource } from '#core/language/services/resource.ts';
import type { State, TaskState } from '#core/model/stateMachine.ts';
import { valueOf, type ObjectNode, type SyntaxNode } from '#core/syntax/node.ts';
import type { Translate } from '#core/text/translate.ts';
import { withoutDelimiters } from './conditionText.ts';
import type { StateFacts } from './graph.ts';

/** What the graph tells of a state beside its place. */
export function stateFacts(state: State, isReachable: boolean, translate: Translate): StateFacts {
  const comment = valueOf(state.node, 'Comment');
  return {
    state: state.pointer,
    name: state.name,
    type: state.type,
    detail: detailOf(state, translate),
    service: state.type === 'Task' ? serviceOf(state) : undefined,
    isDistributed: state.type === 'Map' && state.isDistributed,
    isUnreachable: !isReachable,
    retries: state.retriers.map(retrier => retrierText(retrier, translate)),
    mostRetries: Math.max(0, ...state.retriers.map(retrier => numberAt(retrier, 'MaxAttempts', 3))),
    comment: comment?.kind === 'string' ? comment.value : undefined,
  };
}

function detailOf(state: State, translate: Translate): string {
  switch (state.type) {
    case 'Task':
      return taskText(state, translate);
    case 'Wait':
      return waitText(state.node, translate);
    case 'Fail':
      return shortText(valueOf(state.node, 'Error') ?? valueOf(state.node, 'ErrorPath')) ?? '';
    case 'Map': {
      const concurrency = shortText(
        valueOf(state.node, 'MaxConcurrency') ?? valueOf(state.node, 'MaxConcurrencyPath'),
      );
      return concurrency === undefined || concurrency === '0'
        ? ''
        : translate('max. {0} at once', concurrency);
    }
    case 'Parallel':
      return state.branches.length === 1
        ? translate('1 branch')
        : translate('{0} branches', state.branches.length);
    default:
      return '';
  }
}

/** Service and action of a Task, and the function where one is named: `Lambda: create-user`. */
function taskText({ node, resource }: TaskState, translate: Translate): string {
  if (!resource) return '';
  const arn = parseResource(resource.value);
  switch (arn.kind) {
    case 'lambda':
      return `Lambda: ${arn.name.text}`;
    case 'activity':
      return `Activity: ${arn.name.text}`;
    case 'optimized':
    case 'sdk': {
      const pattern = arn.pattern ? ` (${patternText(arn.pattern.text, translate)})` : '';
      const name = arn.service.text === 'lambda' ? functionName(node) : undefined;
      return `${serviceTitle(arn.service.text)}: ${name ?? arn.action.text}${pattern}`;
    }
    case 'undetermined':
    case 'unrecognized':
      return resource.value;
  }
}

function serviceOf({ resource }: TaskState): string | undefined {
  if (!resource) return undefined;
  const arn = parseResource(resource.value);
  switch (arn.kind) {
    case 'lambda':
    case 'activity':
      return arn.kind;
    case 'optimized':
    case 'sdk':
      return arn.service.text;
    case 'undetermined':
    case 'unrecognized':
      return undefined;
  }
}

function patternText(pattern: string, translate: Translate): string {
  if (pattern === 'waitForTaskToken') return translate('waits for callback');
  return pattern.startsWith('sync') ? translate('waits for completion') : pattern;
}

function functionName(node: ObjectNode): string | undefined {
  const name = valueOf(valueOf(node, 'Parameters') ?? valueOf(node, 'Arguments'), 'FunctionName');
  if (name?.kind !== 'string' || name.value.startsWith('{%')) return undefined;
  const arn = parseResource(name.value);
  return arn.kind === 'lambda' ? arn.name.text : name.value.startsWith('arn:') ? undefined : name.value;
}

const titles: Readonly<Record<string, string>> = {
  lambda: 'Lambda',
  sns: 'SNS',
  sqs: 'SQS',
  dynamodb: 'DynamoDB',
  s3: 'S3',
  ecs: 'ECS',
  eks: 'EKS',
  batch: 'Batch',
  glue: 'Glue',
  athena: 'Athena',
  events: 'EventBridge',
  eventbridge: 'EventBridge',
  states: 'Step Functions',
  sfn: 'Step Functions',
  http: 'HTTP',
  bedrockruntime: 'Bedrock',
  bedrock: 'Bedrock',
  codebuild: 'CodeBuild',
  sagemaker: 'SageMaker',
  apigateway: 'API Gateway',
  ec2: 'EC2',
  ses: 'SES',
  sesv2: 'SES',
};

function serviceTitle(service: string): string {
  return titles[service] ?? service;
}

function waitText(node: ObjectNode, translate: Translate): string {
  const seconds = valueOf(node, 'Seconds');
  if (seconds?.kind === 'number') return durationText(seconds.value);
  const amount = shortText(seconds ?? valueOf(node, 'SecondsPath'));
  if (amount !== undefined) return `${amount} s`;
  const moment = shortText(valueOf(node, 'Timestamp') ?? valueOf(node, 'TimestampPath'));
  return moment === undefined ? '' : translate('until {0}', moment);
}

/** Seconds in the largest units that fit: 90061 is `1 d 1 h 1 min 1 s`. */
export function durationText(seconds: number): string {
  if (!Number.isInteger(seconds) || seconds < 60) return `${seconds} s`;
  const parts: string[] = [];
  let rest = seconds;
  for (const [size, unit] of [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest %= size;
  }
  return parts.join(' ');
}

/** `States.Timeout: 3 retries after 1 s, ×2, at most 30 s`. */
function retrierText(retrier: ObjectNode, translate: Translate): string {
  const names = errorNames(retrier);
  const attempts = numberAt(retrier, 'MaxAttempts', 3);
  const interval = numberAt(retrier, 'IntervalSeconds', 1);
  const rate = numberAt(retrier, 'BackoffRate', 2);
  const longest = numberAt(retrier, 'MaxDelaySeconds', undefined);
  const hasJitter = shortText(valueOf(retrier, 'JitterStrategy')) === 'FULL';
  const first = durationText(interval);
  return [
    attempts === 1
      ? translate('{0}: 1 retry after {1}', names, first)
      : translate('{0}: {1} retries after {2}', names, attempts, first),
    `×${rate}`,
    ...(longest === undefined ? [] : [translate('at most {0}', durationText(longest))]),
    ...(hasJitter ? [translate('jitter')] : []),
  ].join(', ');
}

function numberAt<T>(node: ObjectNode, name: string, otherwise: T): number | T {
  const value = valueOf(node, name);
  return value?.kind === 'number' ? value.value : otherwise;
}

/** The names of `ErrorEquals`, separated by commas. */
export function errorNames(node: ObjectNode): string {
  const names = valueOf(node, 'ErrorEquals');
  if (names?.kind !== 'array') return '';
  return names.items.map(item => shortText(item) ?? '?').join(', ');
}

function shortText(node: SyntaxNode | undefined): string | undefined {
  switch (node?.kind) {
    case 'string':
      return withoutDelimiters(node.value);
    case 'number':
      return node.text;
    case 'placeholder':
      return `\${${node.name}}`;
    default:
      return undefined;
  }
}
