import type { Rule } from '#core/analysis/rule.ts';
import { asMessage, refusalIn } from '#core/analysis/siteFindings.ts';
import { intrinsicProblems } from './intrinsicProblems.ts';

/** A parenthesis that is not closed. */
export const unbalancedParenthesis: Rule = {
  code: 'intrinsic/unbalanced-paren',
  severity: 'error',
  summary: 'A parenthesis of an intrinsic function is not closed.',
  explanation: 'AWS refuses the state machine.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.Array(1"},"End":true}}}',
  *check(machine) {
    for (const { site, problem } of intrinsicProblems(machine, ['unbalancedParenthesis'])) {
      yield refusalIn(site, problem, asMessage(problem.message));
    }
  },
};
