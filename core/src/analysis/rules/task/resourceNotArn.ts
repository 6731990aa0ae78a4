import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { optimizedActions } from '#core/language/services/optimized.ts';
import type { ResourceArn } from '#core/language/services/resource.ts';
import { isDeferred } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';
import { actual } from '../state/wording.ts';

/** A Resource that a Task cannot call. */
export const resourceNotArn: Rule = {
  code: 'task/resource-not-arn',
  severity: 'error',
  summary: 'The Resource is not the ARN of something a Task can call.',
  explanation:
    'A Task calls a Lambda function (`arn:aws:lambda:…:function:name`), an activity, or a service (`arn:aws:states:::sqs:sendMessage`). Other texts are refused, expressions too; a warning only for ARNs of other things, and where a build may put the ARN in their place, such as `__name__`, `%name%` or `name:part`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"my-function","End":true}}}',
  *check({ taskCalls, site }) {
    for (const { node, resource, state } of taskCalls) {
      const isOpen = /\$\{[^}]*$/.test(node.value);
      const isCallable = resource.kind !== 'unrecognized' && !isNameless(resource);
      if (!isOpen && (isCallable || node.value === '' || isDeferred(node))) continue;
      yield {
        start: node.start,
        end: node.end,
        ...(!isOpen && !isNameless(resource) && mayBeReplaced(node.value) && { severity: 'warning' }),
        message: isOpen
          ? say`The substitution in ${actual(node)} is not closed. Add a brace.`
          : say`A Task cannot call ${actual(node)}. Use the ARN of a Lambda function or activity, or arn:aws:states:::service:action.`,
        state: state.pointer,
        aws: {
          code: 'SCHEMA_VALIDATION_FAILED',
          message: `The resource provided ${node.value} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
          location: awsLocation(site.node, node),
        },
      };
    }
  },
};

/** `arn:aws:lambda:us-east-1:123456789012:function:`, where the name was to follow. */
function isNameless(resource: ResourceArn): boolean {
  return (resource.kind === 'lambda' || resource.kind === 'activity') && resource.name.text === '';
}

const services: ReadonlySet<string> = new Set([
  'arn',
  'aws-sdk',
  ...optimizedActions.map(({ service }) => service),
]);

/** A whole ARN, or a mark of a build that fills one in: `__arn__`, `%ARN%`, `<arn>`, `{arn}`, `function:name`. */
function mayBeReplaced(text: string): boolean {
  if (/^arn:[\w-]+:[\w-]+:[^:]*:[^:]*:./.test(text)) return true;
  if (text.startsWith('{%')) return false;
  if (/^(?:__.+__|%.+%|<.+>|@.+@|#.+#)$/.test(text) || /[{}]/.test(text)) return true;
  const [prefix] = text.split(':', 1);
  return prefix !== text && !services.has(prefix ?? '');
}
