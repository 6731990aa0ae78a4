import type { Analysis } from '#core/analysis/analysis.ts';
import { NoJsonNumber, treeAsJson } from '#core/syntax/treeAsJson.ts';
import { treeAsYaml } from '#core/syntax/treeAsYaml.ts';
import { inWords, say, type Message } from '#core/text/message.ts';
import type { Refusal } from './rename.ts';

export interface Converted {
  readonly kind: 'converted';
  readonly text: string;
  /** How many comments the file has that the text lacks. */
  readonly comments: number;
}

/**
 * The whole file in the other format: JSON becomes YAML, YAML becomes JSON. Names keep their order and numbers their
 * digits; comments are lost.
 */
export function convert(analysis: Analysis): Converted | Refusal {
  const { source, syntax, lines, translate } = analysis;
  const refuse = (reason: Message): Refusal => ({ kind: 'refused', reason: inWords(reason, translate) });
  const problem = syntax.problems.find(({ code }) => code !== 'comment');
  if (problem) {
    return refuse(
      say`The file has to be readable before it can be converted. Line ${lines.positionAt(problem.start).line + 1}: ${problem.message}`,
    );
  }
  if (!syntax.root) return refuse(say`The file has to be readable before it can be converted.`);
  const text = source.format === 'json' ? treeAsYaml(syntax.root) : treeAsJson(syntax.root);
  if (text instanceof NoJsonNumber) {
    const { node } = text;
    return refuse(
      say`JSON has no number '${node.text}' (line ${lines.positionAt(node.start).line + 1}). Write a text or another number in its place.`,
    );
  }
  return { kind: 'converted', text: `${text}\n`, comments: syntax.comments.length };
}
