import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { asMessage, refusalIn } from '#core/analysis/siteFindings.ts';
import type { IntrinsicArgument, IntrinsicProblem } from '#core/expressions/intrinsic/ast.ts';
import { intrinsicFunctions } from '#core/language/intrinsics.ts';
import { intrinsicProblems } from './intrinsicProblems.ts';

/** Too few or too many arguments. */
export const arity: Rule = {
  code: 'intrinsic/arity',
  variants: intrinsicFunctions.map(({ name }) => codeFor(name)),
  severity: 'error',
  summary: 'An intrinsic function has too few or too many arguments.',
  explanation: 'AWS refuses the state machine.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.UUID(1)"},"End":true}}}',
  *check(machine) {
    for (const { site, problem } of intrinsicProblems(machine, ['argumentCount'])) {
      yield {
        ...refusalIn(site, problem, asMessage(problem.message)),
        code: codeFor(nameAt(site, problem)),
      };
    }
  },
};

/** `intrinsic/uuid-arity`; a Format without any argument has a name of its own. */
function codeFor(name: string): string {
  return name === 'States.Format'
    ? 'intrinsic/format-no-args'
    : `intrinsic/${name.slice(7).toLowerCase()}-arity`;
}

/** The function of the innermost call around the problem. */
function nameAt({ expression }: ExpressionSite, { start, end }: IntrinsicProblem): string {
  let name = '';
  let argument: IntrinsicArgument | undefined = expression.kind === 'intrinsic' ? expression.call : undefined;
  while (argument?.kind === 'call') {
    name = argument.name;
    const { nameRange }: typeof argument = argument;
    if (nameRange.start === start && nameRange.end === end) return name;
    argument = argument.arguments.find(
      inner => inner.kind === 'call' && inner.start <= start && end < inner.end,
    );
  }
  return name;
}
