import type { Analysis } from '#core/analysis/analysis.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { treeAsYaml } from '#core/syntax/treeAsYaml.ts';
import { inWords, say } from '#core/text/message.ts';
import type { Refusal } from './rename.ts';

/** The whole file in the other format: JSON becomes YAML, YAML becomes JSON. Comments of YAML are lost. */
export function convert(analysis: Analysis): { readonly kind: 'converted'; readonly text: string } | Refusal {
  const { source, syntax, translate } = analysis;
  const problem = syntax.problems.find(({ code }) => code !== 'comment');
  if (problem || !syntax.root) {
    const reason = problem
      ? say`The file has to be readable before it can be converted. Line ${analysis.lines.positionAt(problem.start).line + 1}: ${problem.message}`
      : say`The file has to be readable before it can be converted.`;
    return { kind: 'refused', reason: inWords(reason, translate) };
  }
  const text =
    source.format === 'json' ? treeAsYaml(syntax.root) : JSON.stringify(toJson(syntax.root), undefined, 2);
  return { kind: 'converted', text: `${text}\n` };
}
