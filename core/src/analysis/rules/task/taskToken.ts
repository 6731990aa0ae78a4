import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { Rule } from '#core/analysis/rule.ts';
import type { TaskCall } from '#core/analysis/taskCalls.ts';
import type { State } from '#core/model/stateMachine.ts';
import { isDeferred, valueOf, walk } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A Task that waits for a token it never hands out, or hands out a token it does not wait for. */
export const taskToken: Rule = {
  code: 'task/waitfortasktoken-without-token',
  variants: ['task/token-used-without-waitfortasktoken'],
  severity: 'warning',
  summary: 'The task token and .waitForTaskToken belong together.',
  explanation:
    'With `.waitForTaskToken` the state waits until somebody sends the token back, so its parameters must hand it out: `$$.Task.Token` in JSONPath, `$states.context.Task.Token` in JSONata. Without the pattern there is no token.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","MessageBody":"b"},"End":true}}}',
  *check(analysis) {
    const calls = analysis.taskCalls.filter(
      ({ resource }) =>
        resource.kind === 'optimized' || resource.kind === 'sdk' || resource.kind === 'lambda',
    );
    const waits = calls.some(({ pattern }) => pattern === 'waitForTaskToken');
    if (!waits && !analysis.analysis.source.text.includes('Token')) return;
    const tokenByState = tokenUses(analysis);
    for (const call of calls) {
      const { state, node } = call;
      const use = tokenByState.get(state);
      if (call.pattern === 'waitForTaskToken') {
        if (use || mayHoldToken(call)) continue;
        const token = state.queryLanguage === 'JSONata' ? '$states.context.Task.Token' : '$$.Task.Token';
        yield {
          start: node.start,
          end: node.end,
          message: say`'${state.name}' waits for a task token but never hands it out. Put ${token} into its parameters.`,
          state: state.pointer,
        };
      } else if (use?.names === 'token' && !node.value.includes('${')) {
        yield {
          start: use.site.node.start,
          end: use.site.node.end,
          code: 'task/token-used-without-waitfortasktoken',
          message: say`'${state.name}' has no task token: its Resource does not end in '.waitForTaskToken'.`,
          state: state.pointer,
        };
      }
    }
  },
};

interface TokenUse {
  readonly site: ExpressionSite;
  /** `token`: it is named. `context`: the whole Context Object is used, with the token in it. */
  readonly names: 'token' | 'context';
}

function tokenUses({ expressions }: MachineAnalysis): ReadonlyMap<State, TokenUse> {
  const uses = new Map<State, TokenUse>();
  for (const site of expressions.all) {
    if (/\bTask\b/.test(site.text) && /\bToken\b/.test(site.text))
      uses.set(site.state, { site, names: 'token' });
    else if (/\$\$(?:\.Task)?(?![\w.[])|\$states\.context(?![\w.])|\$states(?![\w.])/.test(site.text)) {
      if (!uses.has(site.state)) uses.set(site.state, { site, names: 'context' });
    }
  }
  return uses;
}

/** Whether a substitution in the parameters may bring the token in. */
function mayHoldToken({ state, template }: TaskCall): boolean {
  const value = valueOf(state.node, state.queryLanguage === 'JSONata' ? 'Arguments' : 'Parameters');
  if (!value) return false;
  if (!template) return true;
  for (const node of walk(template)) if (isDeferred(node)) return true;
  return false;
}
