import type { Rule } from '#core/analysis/rule.ts';
import { asMessage, refusalIn } from '#core/analysis/siteFindings.ts';
import { intrinsicProblems } from './intrinsicProblems.ts';

/** An argument that cannot be read, or is of the wrong type. */
export const badArgument: Rule = {
  code: 'intrinsic/bad-argument',
  severity: 'error',
  summary: 'An argument of an intrinsic function is not what the function takes.',
  explanation:
    "Arguments are `'text'` in single quotes, numbers, `true`, `false`, `null`, paths and other intrinsic functions.",
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.MathAdd(\'a\', 1)"},"End":true}}}',
  *check(machine) {
    for (const { site, problem } of intrinsicProblems(machine, [
      'badArgument',
      'badPath',
      'argumentType',
      'argumentValue',
    ])) {
      yield refusalIn(site, problem, asMessage(problem.message));
    }
  },
};
