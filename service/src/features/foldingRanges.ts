import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { SyntaxNode } from '#core/syntax/node.ts';
import type { Span } from '#core/text/span.ts';
import { endOfText } from '#service/edits.ts';

/** Objects, lists, texts of several lines and runs of comments. */
export function foldingRanges(analysis: Analysis): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const { root } = analysis.syntax;
  if (root) fold(analysis, root, root, ranges);
  for (const run of commentRuns(analysis)) {
    const startLine = analysis.lines.positionAt(run.start).line;
    const endLine = analysis.lines.positionAt(run.end).line;
    if (endLine > startLine) ranges.push({ startLine, endLine, kind: FoldingRangeKind.Comment });
  }
  return ranges;
}

/** `head`: where the fold begins, the key of a property rather than its value. */
function fold(analysis: Analysis, node: SyntaxNode, head: Span, ranges: FoldingRange[]): void {
  const { source, lines } = analysis;
  const isBracketed = /[[{]/.test(source.text.charAt(node.start));
  if (node.kind === 'object' || node.kind === 'array' || isMultiLineText(node)) {
    const startLine = lines.positionAt(isBracketed ? node.start : head.start).line;
    // The line with the closing bracket stays in sight.
    const endLine = lines.positionAt(endOfText(source.text, node.end)).line - (isBracketed ? 1 : 0);
    if (endLine > startLine && node !== analysis.syntax.root) ranges.push({ startLine, endLine });
  }
  if (node.kind === 'object') {
    for (const property of node.properties) {
      if (property.value && !property.inherited) fold(analysis, property.value, property.key, ranges);
    }
  } else if (node.kind === 'array') {
    for (const item of node.items) fold(analysis, item, item, ranges);
  } else if (node.kind === 'tag' && node.content) {
    fold(analysis, node.content, head, ranges);
  }
}

function isMultiLineText(node: SyntaxNode): boolean {
  return node.kind === 'string' && (node.style === 'literal' || node.style === 'folded');
}

function commentRuns({ syntax, source }: Analysis): Span[] {
  const runs: { start: number; end: number }[] = [];
  for (const { start, end } of syntax.comments) {
    const last = runs.at(-1);
    if (last && /^\s*$/.test(source.text.slice(last.end, start))) last.end = end;
    else runs.push({ start, end });
  }
  return runs;
}
