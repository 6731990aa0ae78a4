import { awsLocation } from '#core/analysis/location.ts';
import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import type { TaskCall } from '#core/analysis/taskCalls.ts';
import type { ArnPart } from '#core/language/services/resource.ts';
import { askIfMeant } from '#core/text/closest.ts';
import { say } from '#core/text/message.ts';

/** A service or an action that Step Functions does not have. */
export const unknownAction: Rule = {
  code: 'integration/unknown-action',
  variants: [
    'integration/unknown-service',
    'integration/unknown-optimized-action',
    'integration/sdk-unknown-service',
    'integration/sdk-unknown-action',
    'integration/sdk-action-case',
  ],
  severity: 'error',
  summary: 'Step Functions has no such service or action.',
  explanation:
    'Optimized integrations (`arn:aws:states:::sqs:sendMessage`) are few; all other actions are called through the SDK (`arn:aws:states:::aws-sdk:sqs:createQueue`), with the action in camelCase. AWS refuses names it does not know. Our list of SDK services and actions has a date: what is not in it and is no slip of the pen may be newer, so it is a warning only.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:query","End":true}}}',
  *check(analysis) {
    for (const call of analysis.taskCalls) {
      const { resolution, resource } = call;
      const isSdk = resource.kind === 'sdk';
      if (resolution.kind === 'unknown-service') {
        const { part, suggestion } = resolution;
        yield finding(analysis, call, part, suggestion, {
          code: isSdk ? 'integration/sdk-unknown-service' : 'integration/unknown-service',
          ...((isSdk ? suggestion === undefined : namesAccount(call)) && { severity: 'warning' }),
          message: isSdk
            ? say`There is no AWS service '${part.text}'.`
            : say`There is no optimized integration with '${part.text}'. Other services are called as 'aws-sdk:service:action'.`,
        });
      } else if (resolution.kind === 'unknown-action') {
        const { part, suggestion, isCaseOnly, sdkAlternative } = resolution;
        const service = isSdk || resource.kind === 'optimized' ? resource.service.text : '';
        const message = isSdk
          ? say`'${service}' has no action '${part.text}'.`
          : say`'${service}' has no optimized action '${part.text}'.`;
        yield finding(analysis, call, part, sdkAlternative === undefined ? suggestion : undefined, {
          code: !isSdk
            ? 'integration/unknown-optimized-action'
            : isCaseOnly
              ? 'integration/sdk-action-case'
              : 'integration/sdk-unknown-action',
          ...(isSdk && !isCaseOnly && { severity: 'warning' }),
          message:
            sdkAlternative === undefined
              ? message
              : say`${message} Call it as 'arn:aws:states:::${sdkAlternative}'.`,
        });
      } else if (resolution.kind === 'known' && resolution.integration.optimized?.place !== undefined) {
        const { place } = resolution.integration.optimized;
        if (place === 'Task' || resource.kind !== 'optimized') continue;
        yield finding(analysis, call, resource.action, undefined, {
          code: 'integration/unknown-optimized-action',
          message: say`'${resource.service.text}:${resource.action.text}' is for the ${place} of a Map. In a Task, call 'aws-sdk:s3:${resource.action.text}'.`,
        });
      }
    }
  },
};

/** `arn:aws:states:us-east-1:123456789012:task:X`, as old examples have it: it may be anything. */
function namesAccount({ node }: TaskCall): boolean {
  return /^arn:[^:]*:states:[^:]+:/.test(node.value);
}

function finding(
  { site }: MachineAnalysis,
  { node, state }: TaskCall,
  part: ArnPart,
  suggestion: string | undefined,
  told: Pick<RuleFinding, 'code' | 'severity' | 'message'>,
): RuleFinding {
  const span = { start: node.offsetOf(part.start), end: node.offsetOf(part.end) };
  return {
    ...(span.end > span.start ? span : { start: node.start, end: node.end }),
    ...told,
    message: askIfMeant(told.message, suggestion),
    state: state.pointer,
    ...(suggestion !== undefined && {
      fix: { kind: 'replaceText', span, text: suggestion, title: say`Change to '${suggestion}'` },
    }),
    aws: {
      code: 'SCHEMA_VALIDATION_FAILED',
      message: `The resource provided ${node.value} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
      location: awsLocation(site.node, node),
    },
  };
}
