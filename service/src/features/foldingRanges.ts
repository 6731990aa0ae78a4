import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { StringNode, SyntaxNode } from '#core/syntax/node.ts';
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
  switch (node.kind) {
    case 'object':
      add(analysis, node, head, ranges);
      for (const { key, value, inherited } of node.properties) {
        if (value && !inherited) fold(analysis, value, key, ranges);
      }
      break;
    case 'array':
      add(analysis, node, head, ranges);
      for (const item of node.items) fold(analysis, item, item, ranges);
      break;
    case 'tag':
      if (node.content) fold(analysis, node.content, head, ranges);
      break;
    case 'string':
      if (isMultiLineText(node)) add(analysis, node, head, ranges);
      break;
    case 'number':
    case 'boolean':
    case 'null':
    case 'placeholder':
  }
}

function add(
  { source, syntax, lines }: Analysis,
  node: SyntaxNode,
  head: Span,
  ranges: FoldingRange[],
): void {
  if (node === syntax.root) return;
  const first = source.text.charAt(node.start);
  const isBracketed = first === '{' || first === '[';
  const startLine = lines.positionAt(isBracketed ? node.start : head.start).line;
  // The line with the closing bracket stays in sight.
  const endLine = lines.positionAt(endOfText(source.text, node.end)).line - (isBracketed ? 1 : 0);
  if (endLine > startLine) ranges.push({ startLine, endLine });
}

function isMultiLineText({ style }: StringNode): boolean {
  return style === 'literal' || style === 'folded';
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
