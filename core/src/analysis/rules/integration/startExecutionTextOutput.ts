import type { Rule } from '#core/analysis/rule.ts';
import { isOptimized } from '#core/analysis/taskCalls.ts';
import { say } from '#core/text/message.ts';

/** `startExecution.sync` gives the output of the child as a text. */
export const startExecutionTextOutput: Rule = {
  code: 'integration/startexecution-sync1-string-output',
  severity: 'information',
  summary: 'With .sync, the Output of the child is a text; with .sync:2 it is JSON.',
  explanation: 'Paths into `$.Output` lead nowhere, for it is a string. `.sync:2` parses it.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync","Parameters":{"StateMachineArn":"m"},"End":true}}}',
  *check({ taskCalls }) {
    for (const call of taskCalls) {
      if (!isOptimized(call, 'states', 'startExecution') || call.pattern !== 'sync') continue;
      const { node, state } = call;
      const span = {
        start: node.offsetOf(node.value.length - '.sync'.length),
        end: node.offsetOf(node.value.length),
      };
      yield {
        ...span,
        message: say`With '.sync' the Output of the child is a text. '.sync:2' gives it as JSON.`,
        state: state.pointer,
        fix: { kind: 'replaceText', span, text: '.sync:2', title: say`Change to '.sync:2'` },
      };
    }
  },
};
