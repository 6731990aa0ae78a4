/**
 * What a Task's `Resource` (or that of an ItemReader or ResultWriter) names.
 *
 * Total: every text gives one of these. A part that holds a placeholder (`${Function}`) is `isKnown: false`, and
 * nothing may be said against it; where a placeholder hides even the kind, the resource is `undetermined`.
 */
export type ResourceArn =
  | IntegrationArn
  | {
      readonly kind: 'lambda';
      readonly partition: ArnPart;
      readonly region: ArnPart;
      readonly account: ArnPart;
      readonly name: ArnPart;
      /** Version or alias; `undefined` where the ARN has none. */
      readonly qualifier: ArnPart | undefined;
    }
  | {
      readonly kind: 'activity';
      readonly partition: ArnPart;
      readonly region: ArnPart;
      readonly account: ArnPart;
      readonly name: ArnPart;
    }
  /** A placeholder stands where the kind would be told, as in `${LambdaArn}`. */
  | { readonly kind: 'undetermined' }
  /** Nothing that a Task can call: not an ARN, or the ARN of something else. */
  | { readonly kind: 'unrecognized' };

/**
 * A service integration, for example `arn:aws:states:::sqs:sendMessage.waitForTaskToken` (optimized) or
 * `arn:aws:states:::aws-sdk:dynamodb:putItem` (sdk). HTTP tasks are the optimized `http:invoke`.
 */
export interface IntegrationArn {
  readonly kind: 'optimized' | 'sdk';
  readonly partition: ArnPart;
  readonly service: ArnPart;
  readonly action: ArnPart;
  /** What follows the first dot behind the action: `sync`, `sync:2`, `waitForTaskToken`, or a mistake. */
  readonly pattern: ArnPart | undefined;
}

/** A piece of an ARN; `start` and `end` are offsets in the ARN's text. */
export interface ArnPart {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** False where the piece holds a placeholder. */
  readonly isKnown: boolean;
}

/** Whether an optimized integration starts an execution that can run here: not one that ends by a task token. */
export function startsExecution(service: string, action: string, pattern: string | undefined): boolean {
  return service === 'states' && action === 'startExecution' && pattern !== 'waitForTaskToken';
}

/** Reads a `Resource`. `parseResource('arn:aws:states:::lambda:invoke')` is optimized, `lambda`, `invoke`. */
export function parseResource(arn: string): ResourceArn {
  const masked = arn.replace(/\$\{[^}]*\}?|\{\{.*?\}\}/g, placeholder => mask.repeat(placeholder.length));
  const [scheme, partition, namespace, region, account, ...rest] = partsOf(arn, masked);
  const first = rest[0];
  const unclear: ResourceArn = { kind: masked.includes(mask) ? 'undetermined' : 'unrecognized' };
  if (scheme?.text !== 'arn' || partition === undefined || namespace === undefined) return unclear;
  if (region === undefined || account === undefined || first === undefined) return unclear;
  const location = { partition, region, account };
  if (namespace.text === 'lambda' && (first.text === 'function' || !first.isKnown)) {
    const [, name, qualifier] = rest;
    return name === undefined ? unclear : { kind: 'lambda', ...location, name, qualifier };
  }
  if (namespace.text !== 'states' || !first.isKnown) return unclear;
  if (first.text === 'activity' && region.text !== '') {
    const name = rest[1];
    return name === undefined ? unclear : { kind: 'activity', ...location, name };
  }
  // An exported definition may fill in region and account: `arn:aws:states:us-east-1:123456789012:aws-sdk:s3:getObject`.
  if (region.text !== '' && ownResources.has(first.text)) return unclear;
  const isSdk = first.text === 'aws-sdk';
  const [service, action] = isSdk ? rest.slice(1) : rest;
  if (service === undefined) return unclear;
  // `.sync:2` holds a colon of its own: the call reaches from the action to the end.
  const call = callOf(arn, masked, action?.start ?? arn.length);
  return { kind: isSdk ? 'sdk' : 'optimized', partition, service, ...call };
}

/** What `arn:aws:states:region:account:` names besides activities and integrations; no Task can call it. */
const ownResources: ReadonlySet<string> = new Set(['stateMachine', 'execution', 'express', 'mapRun']);

/** Stands for each character of a placeholder, whose colons and dots separate nothing. */
const mask = '\u0001';

function callOf(arn: string, masked: string, start: number): Pick<IntegrationArn, 'action' | 'pattern'> {
  const dot = masked.indexOf('.', start);
  if (dot < 0) return { action: partOf(arn, masked, start, arn.length), pattern: undefined };
  return {
    action: partOf(arn, masked, start, dot),
    pattern: partOf(arn, masked, dot + 1, arn.length),
  };
}

function partsOf(arn: string, masked: string): readonly ArnPart[] {
  const parts: ArnPart[] = [];
  let start = 0;
  for (const piece of masked.split(':')) {
    parts.push(partOf(arn, masked, start, start + piece.length));
    start += piece.length + 1;
  }
  return parts;
}

function partOf(arn: string, masked: string, start: number, end: number): ArnPart {
  return { text: arn.slice(start, end), start, end, isKnown: !masked.slice(start, end).includes(mask) };
}
