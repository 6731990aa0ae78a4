import type { Rule } from '#core/analysis/rule.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A Parallel with nothing to run beside. */
export const singleBranch: Rule = {
  code: 'parallel/single-branch',
  severity: 'information',
  summary: 'The Parallel has one branch only.',
  explanation:
    'Its states could stand in the scope around. One branch is useful to catch the errors of several states in one place; then the rule is silent.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Parallel","Branches":[{"StartAt":"I","States":{"I":{"Type":"Succeed"}}}],"End":true}}}',
  *check({ machine }) {
    for (const state of machine.states) {
      if (state.type !== 'Parallel' || state.branches.length !== 1) continue;
      if (propertyOf(state.node, 'Catch') ?? propertyOf(state.node, 'Retry')) continue;
      const branches = propertyOf(state.node, 'Branches');
      if (branches?.value?.kind !== 'array' || branches.value.items.length !== 1) continue;
      yield {
        start: branches.key.start,
        end: branches.key.end,
        message: say`'${state.name}' has one branch only, so nothing runs in parallel.`,
        state: state.pointer,
      };
    }
  },
};
