import type { Rule } from '#core/analysis/rule.ts';
import { isOptimized, type TaskCall } from '#core/analysis/taskCalls.ts';
import { parseResource, type ArnPart } from '#core/language/services/resource.ts';
import type { State } from '#core/model/stateMachine.ts';
import { valueOf, type StringNode } from '#core/syntax/node.ts';
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
    let first: Callee | undefined;
    for (const call of taskCalls) {
      const callee = calleeOf(call);
      if (!callee) continue;
      const { node, state, region } = callee;
      first ??= callee;
      if (first.region.text === region.text) continue;
      yield {
        start: node.offsetOf(region.start),
        end: node.offsetOf(region.end),
        message: say`'${state.name}' calls into ${region.text}, '${first.state.name}' into ${first.region.text}. A Task calls into its own region only.`,
        state: state.pointer,
        related: [
          {
            start: first.node.start,
            end: first.node.end,
            message: say`'${first.state.name}' calls into ${first.region.text}.`,
          },
        ],
      };
    }
  },
};

/** A function or activity, and where its region stands. */
interface Callee {
  readonly state: State;
  readonly node: StringNode;
  readonly region: ArnPart;
}

/** The Resource itself, or the FunctionName of `lambda:invoke`. */
function calleeOf(call: TaskCall): Callee | undefined {
  const { state } = call;
  const name = isOptimized(call, 'lambda', 'invoke') ? valueOf(call.template, 'FunctionName') : undefined;
  const node = name?.kind === 'string' ? name : call.node;
  if (node !== call.node && !node.value.startsWith('arn:')) return undefined;
  const arn = node === call.node ? call.resource : parseResource(node.value);
  if (arn.kind !== 'lambda' && arn.kind !== 'activity') return undefined;
  return arn.region.isKnown && arn.region.text !== '' ? { state, node, region: arn.region } : undefined;
}
