import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** `$$.Task.Token` in a state that is no Task. */
export const taskTokenOutsideCallback: Rule = {
  code: 'data/task-token-outside-callback',
  severity: 'warning',
  summary: 'A task token is read in a state that is no Task.',
  explanation:
    'The token exists in Task states whose Resource ends in `.waitForTaskToken`, and in activities. Put it into the parameters of that Task.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"$$.Task.Token"},"End":true}}}',
  *check(machine) {
    for (const { site, steps } of machine.expressions.contextPaths) {
      const [first] = steps;
      if (first?.name !== 'Task' || site.state.type === 'Task') continue;
      const range = { start: first.start, end: steps.at(-1)?.end ?? first.end };
      yield findingIn(
        site,
        range,
        say`A ${site.state.type} state has no task token. It exists in Tasks whose Resource ends in '.waitForTaskToken'.`,
      );
    }
  },
};
