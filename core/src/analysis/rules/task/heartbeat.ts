import type { Rule } from '#core/analysis/rule.ts';
import { valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A heartbeat that is not due before the timeout. */
export const heartbeat: Rule = {
  code: 'task/heartbeat-not-smaller-than-timeout',
  severity: 'error',
  summary: 'HeartbeatSeconds must be smaller than TimeoutSeconds.',
  explanation: 'A heartbeat that is due after the timeout never counts, and AWS refuses it.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","TimeoutSeconds":10,"HeartbeatSeconds":20,"End":true}}}',
  *check({ machine }) {
    for (const state of machine.states) {
      if (state.type !== 'Task') continue;
      const beat = valueOf(state.node, 'HeartbeatSeconds');
      if (beat?.kind !== 'number') continue;
      const timeout = valueOf(state.node, 'TimeoutSeconds');
      if (timeout?.kind !== 'number') continue;
      // A timeout of 0 or less is reported itself.
      if (beat.value < timeout.value || timeout.value < 1) continue;
      yield {
        start: beat.start,
        end: beat.end,
        message: say`The heartbeat of ${beat.text} seconds must be shorter than the timeout of ${timeout.text}.`,
        state: state.pointer,
        related: [{ start: timeout.start, end: timeout.end, message: say`The timeout.` }],
      };
    }
  },
};
