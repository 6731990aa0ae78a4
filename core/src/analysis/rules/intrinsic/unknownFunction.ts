import type { Rule } from '#core/analysis/rule.ts';
import { asMessage, refusalIn } from '#core/analysis/siteFindings.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { IntrinsicProblem } from '#core/expressions/intrinsic/ast.ts';
import { intrinsicProblems } from './intrinsicProblems.ts';

/** A name that is no intrinsic function. */
export const unknownFunction: Rule = {
  code: 'intrinsic/unknown-function',
  variants: ['intrinsic/nested-unknown'],
  severity: 'error',
  summary: 'An intrinsic function of that name does not exist.',
  explanation:
    'AWS refuses the state machine. There are 18 intrinsic functions; their names are case-sensitive.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.Foo()"},"End":true}}}',
  *check(machine) {
    for (const { site, problem } of intrinsicProblems(machine, ['unknownFunction'])) {
      yield {
        ...refusalIn(site, problem, asMessage(problem.message)),
        code: isNested(site, problem) ? 'intrinsic/nested-unknown' : 'intrinsic/unknown-function',
      };
    }
  },
};

function isNested(site: ExpressionSite, problem: IntrinsicProblem): boolean {
  return site.text.slice(0, problem.start).trim() !== '';
}
