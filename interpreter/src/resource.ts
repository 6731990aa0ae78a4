import { parseResource, startsExecution } from '#core/language/services/resource.ts';

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
  /** `resourceType` in the history: `lambda`, `aws-sdk:dynamodb`. Empty but for services. */
  readonly service: string;
  readonly action: string;
  readonly pattern: Pattern;
  /** `resource` in the history: action and pattern as written. */
  readonly resource: string;
}

export type Pattern = 'requestResponse' | 'sync' | 'sync2' | 'waitForTaskToken';

export function resourceOf(arn: string): Resource {
  const parsed = parseResource(arn);
  switch (parsed.kind) {
    case 'optimized':
    case 'sdk': {
      const action = parsed.action.text;
      const pattern = parsed.pattern?.text;
      return {
        kind: 'service',
        arn,
        service: parsed.kind === 'sdk' ? `aws-sdk:${parsed.service.text}` : parsed.service.text,
        action,
        pattern: patternOf(pattern),
        resource: pattern === undefined ? action : `${action}.${pattern}`,
      };
    }
    case 'activity':
      return plain('activity', arn);
    case 'lambda':
    case 'undetermined':
    case 'unrecognized':
      return plain('function', arn);
  }
}

/** Whether a call starts an execution that can run here. */
export function isExecutionStart({ kind, service, action, pattern }: Resource): boolean {
  return kind === 'service' && startsExecution(service, action, pattern);
}

function patternOf(suffix: string | undefined): Pattern {
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
