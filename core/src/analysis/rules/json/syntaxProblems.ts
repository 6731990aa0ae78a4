import type { Analysis } from '#core/analysis/analysis.ts';
import type { RuleFinding } from '#core/analysis/rule.ts';
import type { SyntaxProblem, SyntaxTree } from '#core/syntax/node.ts';

/** What the parser could not read in the file, and in the definitions that stand in strings of it. */
export function* syntaxProblems(
  { source, syntax, machines }: Analysis,
  code: SyntaxProblem['code'],
): Generator<RuleFinding> {
  // A file that may be anything is not ours to judge, unless a definition stands in it.
  if (source.role === 'other' && machines.length === 0) return;
  const trees = new Set<SyntaxTree>([syntax, ...machines.map(({ site }) => site.tree)]);
  for (const { problems } of trees) {
    for (const problem of problems) {
      if (problem.code !== code) continue;
      yield { start: problem.start, end: problem.end, message: problem.message };
    }
  }
}
