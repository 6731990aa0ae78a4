import type { Rule } from '#core/analysis/rule.ts';
import { waitsForWorker } from '#core/analysis/taskCalls.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A heartbeat that nobody can send. */
export const heartbeatWithoutCallback: Rule = {
  code: 'task/heartbeat-without-callback',
  severity: 'warning',
  summary: 'Nobody sends heartbeats to this Task.',
  explanation:
    'Only the worker of an activity and whoever holds a task token (`.waitForTaskToken`) can send heartbeats. Other Tasks have a timeout.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"HeartbeatSeconds":5,"End":true}}}',
  *check({ taskCalls }) {
    for (const call of taskCalls) {
      const { kind } = call.resource;
      if ((kind !== 'optimized' && kind !== 'sdk' && kind !== 'lambda') || waitsForWorker(call)) continue;
      if (call.pattern !== undefined && call.pattern !== '') continue;
      const field =
        propertyOf(call.state.node, 'HeartbeatSeconds') ??
        propertyOf(call.state.node, 'HeartbeatSecondsPath');
      if (!field) continue;
      yield {
        start: field.key.start,
        end: field.key.end,
        message: say`Nobody sends heartbeats to '${call.state.name}': only activities and '.waitForTaskToken' have them.`,
        state: call.state.pointer,
      };
    }
  },
};
