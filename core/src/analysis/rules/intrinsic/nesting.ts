import type { Rule } from '#core/analysis/rule.ts';
import { asMessage, refusalIn } from '#core/analysis/siteFindings.ts';
import { intrinsicProblems } from './intrinsicProblems.ts';

/** Calls nested too deeply. */
export const nesting: Rule = {
  code: 'intrinsic/nested-over-10',
  severity: 'error',
  summary: 'Intrinsic functions stand in each other more than ten deep.',
  explanation: 'AWS allows ten levels. Compute a part in an earlier state.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array()))))))))))"},"End":true}}}',
  *check(machine) {
    for (const { site, problem } of intrinsicProblems(machine, ['nesting'])) {
      yield refusalIn(site, problem, asMessage(problem.message));
    }
  },
};
