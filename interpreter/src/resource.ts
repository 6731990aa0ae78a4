/**
 * What a Task calls, read from its `Resource`.
 *
 * `arn:aws:lambda:…:function:f` is a function, `arn:aws:states:…:activity:a` an activity, and
 * `arn:aws:states:::sqs:sendMessage.waitForTaskToken` a service integration with `service` `sqs`, `action`
 * `sendMessage` and `pattern` `waitForTaskToken`; AWS SDK integrations have a service like `aws-sdk:s3`.
 * Everything else (a placeholder, say) is called as a function is.
 */
export interface Resource {
  readonly kind: 'function' | 'activity' | 'service';
  /** As written. */
  readonly arn: string;
  /** `resourceType` in the history; `lambda`, `aws-sdk:dynamodb`. Empty but for services. */
  readonly service: string;
  readonly action: string;
  readonly pattern: Pattern;
  /** `resource` in the history: action and pattern as written. */
  readonly resource: string;
}

export type Pattern = 'requestResponse' | 'sync' | 'sync2' | 'waitForTaskToken';

export function resourceOf(arn: string): Resource {
  const service = /^arn:[^:]*:states:[^:]*:[^:]*:((?:aws-sdk:)?[^:]+):(.+)$/.exec(arn);
  const [, type = '', resource = ''] = service ?? [];
  if (type === 'activity') return plain('activity', arn);
  if (!service) return plain('function', arn);
  const [, action = resource, suffix = ''] = /^([^.]+)\.(sync:2|sync|waitForTaskToken)$/.exec(resource) ?? [];
  return { kind: 'service', arn, service: type, action, pattern: patternOf(suffix), resource };
}

function patternOf(suffix: string): Pattern {
  switch (suffix) {
    case 'sync':
    case 'waitForTaskToken':
      return suffix;
    case 'sync:2':
      return 'sync2';
    default:
      return 'requestResponse';
  }
}

function plain(kind: 'function' | 'activity', arn: string): Resource {
  return { kind, arn, service: '', action: '', pattern: 'requestResponse', resource: arn };
}
