import type { Rule } from '#core/analysis/rule.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A Choice that goes to one state whatever it finds. */
export const allRulesSameTarget: Rule = {
  code: 'choice/all-rules-same-target',
  severity: 'warning',
  summary: 'All rules and the Default lead to the same state.',
  explanation: 'The Choice decides nothing. Lead one of its ways elsewhere, or remove the state.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"B"}],"Default":"B"},"B":{"Type":"Succeed"}}}',
  *check(analysis) {
    for (const state of analysis.machine.states) {
      if (state.type !== 'Choice' || state.rules.length === 0) continue;
      const targets = new Set(state.transitions.map(({ target }) => target.value));
      if (targets.size !== 1 || !propertyOf(state.node, 'Default')) continue;
      if (state.transitions.length !== state.rules.length + 1) continue;
      if (state.rules.some(({ node }) => propertyOf(node, 'Assign') ?? propertyOf(node, 'Output'))) continue;
      yield {
        start: state.key.start,
        end: state.key.end,
        message: say`'${state.name}' decides nothing: all its ways lead to '${[...targets][0] ?? ''}'.`,
        state: state.pointer,
      };
    }
  },
};
