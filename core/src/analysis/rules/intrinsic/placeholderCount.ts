import type { Rule } from '#core/analysis/rule.ts';
import { asMessage, refusalIn } from '#core/analysis/siteFindings.ts';
import { intrinsicProblems } from './intrinsicProblems.ts';

/** A template whose places and values differ in number. */
export const placeholderCount: Rule = {
  code: 'intrinsic/format-placeholders',
  severity: 'warning',
  summary: '`States.Format` gets more or fewer values than its text has places.',
  explanation: 'The execution fails with `States.Runtime`. Write one `{}` for each value.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.Format(\'{} {}\', 1)"},"End":true}}}',
  *check(machine) {
    for (const { site, problem } of intrinsicProblems(machine, ['placeholderCount'])) {
      yield refusalIn(site, problem, asMessage(problem.message));
    }
  },
};
