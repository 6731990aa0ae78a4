import type { Rule } from '#core/analysis/rule.ts';
import { isOptimized } from '#core/analysis/taskCalls.ts';
import { isDeferred, valueOf, walk } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

const key = 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID';

/** A nested execution that the console cannot lead back to its parent. */
export const startExecutionParentId: Rule = {
  code: 'integration/startexecution-no-parent-id',
  severity: 'hint',
  summary: 'The nested execution does not know who started it.',
  explanation: `With \`${key}\` in its Input, the console links the child with its parent: \`"${key}.$": "$$.Execution.Id"\`.`,
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-nested-workflows.html#nested-execution-startid',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"m","Input":{"a":1}},"End":true}}}',
  *check({ taskCalls }) {
    for (const call of taskCalls) {
      if (!isOptimized(call, 'states', 'startExecution') || !call.template) continue;
      const input = valueOf(call.template, 'Input');
      if (input?.kind !== 'object' && (input || valueOf(call.template, 'Input.$'))) continue;
      if (input && mayHold(input)) continue;
      yield {
        start: call.node.start,
        end: call.node.end,
        message: say`The console cannot lead from the child back to '${call.state.name}': its Input lacks ${key}.`,
        state: call.state.pointer,
      };
    }
  },
};

function mayHold(input: Parameters<typeof walk>[0]): boolean {
  for (const node of walk(input)) {
    if (isDeferred(node)) return true;
    if (node.kind === 'object' && node.properties.some(property => property.key.value.startsWith(key)))
      return true;
  }
  return false;
}
