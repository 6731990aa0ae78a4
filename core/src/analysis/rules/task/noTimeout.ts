import type { Rule } from '#core/analysis/rule.ts';
import { waitsForWorker } from '#core/analysis/taskCalls.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A Task that may never come back. */
export const noTimeout: Rule = {
  code: 'task/no-timeout',
  variants: ['task/waitfortasktoken-without-timeout'],
  severity: 'hint',
  summary: 'The Task has no timeout.',
  explanation:
    'Without TimeoutSeconds a Task may hang for up to a year. One that waits for somebody else — an activity or a task token — needs it most: if the token is lost, nobody notices.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#sfn-stuck-execution',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","End":true}}}',
  *check({ taskCalls }) {
    for (const call of taskCalls) {
      const { state } = call;
      if (timeoutFields.some(name => propertyOf(state.node, name))) continue;
      const waits = waitsForWorker(call);
      yield {
        start: state.key.start,
        end: state.key.end,
        ...(waits && { code: 'task/waitfortasktoken-without-timeout', severity: 'information' }),
        message: waits
          ? say`'${state.name}' waits for an answer from outside, for up to a year: add 'TimeoutSeconds' or 'HeartbeatSeconds'.`
          : say`'${state.name}' has no 'TimeoutSeconds'.`,
        state: state.pointer,
        fix: {
          kind: 'action',
          name: 'addTimeout',
          arguments: { state: state.pointer },
          title: say`Add TimeoutSeconds`,
        },
      };
    }
  },
};

const timeoutFields = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];
