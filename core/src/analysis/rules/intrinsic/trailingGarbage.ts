import type { Rule } from '#core/analysis/rule.ts';
import { asMessage, refusalIn } from '#core/analysis/siteFindings.ts';
import { intrinsicProblems } from './intrinsicProblems.ts';

/** Text behind the closing parenthesis. */
export const trailingGarbage: Rule = {
  code: 'intrinsic/trailing-garbage',
  severity: 'error',
  summary: 'Something stands behind an intrinsic function.',
  explanation: 'The whole value must be one call. To join texts, use `States.Format`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.UUID() x"},"End":true}}}',
  *check(machine) {
    for (const { site, problem } of intrinsicProblems(machine, ['trailingText'])) {
      yield refusalIn(site, problem, asMessage(problem.message));
    }
  },
};
