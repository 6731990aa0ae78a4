import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { IntrinsicProblem, IntrinsicProblemCode } from '#core/expressions/intrinsic/ast.ts';

export interface IntrinsicFault {
  readonly site: ExpressionSite;
  readonly problem: IntrinsicProblem;
}

/**
 * What is wrong in intrinsic functions: of what cannot be read the first problem, since the others follow
 * from it; otherwise all that AWS would refuse.
 */
export function* intrinsicProblems(
  machine: MachineAnalysis,
  codes: readonly IntrinsicProblemCode[],
): Generator<IntrinsicFault> {
  for (const site of machine.expressions.faulty) {
    const { expression } = site;
    if (expression.kind !== 'intrinsic') continue;
    const [first] = expression.errors;
    const problems = first && isReadingProblem(first) ? [first] : expression.errors;
    for (const problem of problems) if (codes.includes(problem.code)) yield { site, problem };
  }
}

function isReadingProblem({ code }: IntrinsicProblem): boolean {
  return readingProblems.has(code);
}

const readingProblems: ReadonlySet<IntrinsicProblemCode> = new Set<IntrinsicProblemCode>([
  'badArgument',
  'badPath',
  'doubleQuotes',
  'illegalEscape',
  'notACall',
  'trailingText',
  'unbalancedParenthesis',
]);
