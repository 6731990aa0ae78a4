import type { Rule } from '#core/analysis/rule.ts';
import type { TaskCall } from '#core/analysis/taskCalls.ts';
import type { ArnPart } from '#core/language/services/resource.ts';
import { say } from '#core/text/message.ts';

/** Functions or activities of two regions in one state machine. */
export const regionMismatch: Rule = {
  code: 'integration/region-mismatch',
  severity: 'warning',
  summary: 'Another Task calls into another region.',
  explanation:
    'A Task calls functions and activities of its own region only. One of the two will not be found.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Next":"B"},"B":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:f","End":true}}}',
  *check({ taskCalls }) {
    let first: TaskCall | undefined;
    for (const call of taskCalls) {
      const region = regionOf(call);
      if (!region) continue;
      first ??= call;
      const before = regionOf(first);
      if (!before || before.text === region.text) continue;
      yield {
        start: call.node.offsetOf(region.start),
        end: call.node.offsetOf(region.end),
        message: say`'${call.state.name}' calls into ${region.text}, '${first.state.name}' into ${before.text}. A Task calls into its own region only.`,
        state: call.state.pointer,
        related: [
          {
            start: first.node.start,
            end: first.node.end,
            message: say`'${first.state.name}' calls into ${before.text}.`,
          },
        ],
      };
    }
  },
};

function regionOf({ resource }: TaskCall): ArnPart | undefined {
  if (resource.kind !== 'lambda' && resource.kind !== 'activity') return undefined;
  return resource.region.isKnown && resource.region.text !== '' ? resource.region : undefined;
}
