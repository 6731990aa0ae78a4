import type { Rule } from '#core/analysis/rule.ts';
import { asMessage, refusalIn } from '#core/analysis/siteFindings.ts';
import { intrinsicProblems } from './intrinsicProblems.ts';

/** A backslash that escapes nothing. */
export const illegalEscape: Rule = {
  code: 'intrinsic/illegal-escape',
  severity: 'error',
  summary: 'A backslash stands before a character that needs none.',
  explanation:
    "Inside text, `\\'`, `\\{`, `\\}` and `\\\\` are the only escapes. In JSON each backslash is written twice.",
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.Format(\'a\\\\n\')"},"End":true}}}',
  *check(machine) {
    for (const { site, problem } of intrinsicProblems(machine, ['illegalEscape'])) {
      yield refusalIn(site, problem, asMessage(problem.message));
    }
  },
};
