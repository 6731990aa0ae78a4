import type { Rule } from '#core/analysis/rule.ts';
import { integrationPattern } from '#core/language/services/integration.ts';
import { say } from '#core/text/message.ts';
import { anyOf } from '../state/wording.ts';

/** `.sync` on an action that is no job. */
export const unsupportedPattern: Rule = {
  code: 'integration/sync-unsupported',
  variants: ['integration/waitfortasktoken-unsupported', 'integration/unknown-pattern'],
  severity: 'error',
  summary: 'The action does not offer this integration pattern.',
  explanation:
    'Only actions that run a job (`.sync`), or that can hand on a task token (`.waitForTaskToken`), offer more than request and response. SDK integrations never have `.sync`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.sync","End":true}}}',
  *check({ taskCalls }) {
    for (const { resource, resolution, node, state } of taskCalls) {
      if (resolution.kind !== 'known' || (resource.kind !== 'optimized' && resource.kind !== 'sdk')) continue;
      const pattern = integrationPattern(resource);
      if (pattern === 'unknown' || resource.pattern === undefined) continue;
      const { patterns } = resolution.integration;
      if (pattern !== undefined && patterns.includes(pattern)) continue;
      const offered = patterns.filter(known => known !== 'request-response').map(known => `'.${known}'`);
      const part = resource.pattern;
      const called = `${resource.service.text}:${resource.action.text}`;
      yield {
        start: node.offsetOf(part.start - 1),
        end: node.offsetOf(part.end),
        code:
          pattern === undefined
            ? 'integration/unknown-pattern'
            : pattern === 'waitForTaskToken'
              ? 'integration/waitfortasktoken-unsupported'
              : 'integration/sync-unsupported',
        message:
          offered.length === 0
            ? say`'${called}' has no pattern '.${part.text}'. It only sends a request.`
            : say`'${called}' has no pattern '.${part.text}'. It offers ${anyOf(offered)}.`,
        state: state.pointer,
        fix: {
          kind: 'replaceText',
          span: { start: node.offsetOf(part.start - 1), end: node.offsetOf(part.end) },
          text: '',
          title: say`Remove '.${part.text}'`,
        },
      };
    }
  },
};
