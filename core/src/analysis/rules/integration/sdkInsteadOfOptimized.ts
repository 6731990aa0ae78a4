import type { Rule } from '#core/analysis/rule.ts';
import { optimizedActions } from '#core/language/services/optimized.ts';
import { say } from '#core/text/message.ts';

/** An action called through the SDK though Step Functions has made it its own. */
export const sdkInsteadOfOptimized: Rule = {
  code: 'integration/sdk-instead-of-optimized',
  severity: 'hint',
  summary: 'There is an optimized integration for this action.',
  explanation:
    'Optimized integrations read results as JSON (Lambda, Step Functions), wait for jobs with `.sync`, and need fewer permissions to be spelt out.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:lambda:invoke","End":true}}}',
  *check({ taskCalls }) {
    for (const { resource, node, state } of taskCalls) {
      if (resource.kind !== 'sdk') continue;
      const optimized = optimizedActions.find(
        ({ sdk, place }) =>
          place === 'Task' && sdk?.service === resource.service.text && sdk.action === resource.action.text,
      );
      if (!optimized) continue;
      const better = `${optimized.service}:${optimized.action}`;
      yield {
        start: node.offsetOf(resource.service.start),
        end: node.offsetOf(resource.action.end),
        message: say`There is an optimized integration: 'arn:aws:states:::${better}'.`,
        state: state.pointer,
      };
    }
  },
};
