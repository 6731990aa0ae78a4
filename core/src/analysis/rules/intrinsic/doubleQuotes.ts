import type { Rule } from '#core/analysis/rule.ts';
import { asMessage, refusalIn } from '#core/analysis/siteFindings.ts';
import { intrinsicProblems } from './intrinsicProblems.ts';

/** Text in double quotes. */
export const doubleQuotes: Rule = {
  code: 'intrinsic/double-quotes',
  severity: 'error',
  summary: 'Text stands in double quotes.',
  explanation: "Intrinsic functions take text in single quotes: `'text'`.",
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.Format(\\"a\\")"},"End":true}}}',
  *check(machine) {
    for (const { site, problem } of intrinsicProblems(machine, ['doubleQuotes'])) {
      yield refusalIn(site, problem, asMessage(problem.message));
    }
  },
};
