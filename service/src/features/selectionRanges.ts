import type { Position, SelectionRange } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { spanIn, positionIn } from '#core/analysis/expressionSites.ts';
import type { JsonataNode } from '#core/expressions/jsonata/ast.ts';
import type { SyntaxNode } from '#core/syntax/node.ts';
import { contains, touches, type Offset, type Span } from '#core/text/span.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/** What *Expand Selection* takes in step by step: word, expression, string, property, object, state. */
export function selectionRanges(analysis: Analysis, positions: readonly Position[]): SelectionRange[] {
  return positions.map(position => {
    const offset = toOffset(analysis, position);
    const spans = [{ start: 0, end: analysis.source.text.length }];
    if (analysis.syntax.root) collect(analysis, analysis.syntax.root, offset, spans);
    let selection: SelectionRange | undefined;
    let outer: Span | undefined;
    for (const span of spans) {
      if (outer && (!contains(outer, span) || (outer.start === span.start && outer.end === span.end)))
        continue;
      selection = { range: toRange(analysis, span), ...(selection && { parent: selection }) };
      outer = span;
    }
    return selection ?? { range: { start: position, end: position } };
  });
}

function collect(analysis: Analysis, node: SyntaxNode, offset: Offset, spans: Span[]): void {
  spans.push(node);
  switch (node.kind) {
    case 'object': {
      const property = node.properties.findLast(
        candidate => !candidate.inherited && touches(candidate, offset),
      );
      if (!property) return;
      spans.push(property);
      if (touches(property.key, offset)) spans.push(property.key, contentSpan(property.key));
      else if (property.value && touches(property.value, offset))
        collect(analysis, property.value, offset, spans);
      return;
    }
    case 'array': {
      const item = node.items.findLast(candidate => touches(candidate, offset));
      if (item) collect(analysis, item, offset, spans);
      return;
    }
    case 'string':
      spans.push(contentSpan(node), ...expressionSpans(analysis, offset));
      return;
    case 'tag':
      if (node.content) collect(analysis, node.content, offset, spans);
      return;
    default:
      return;
  }
}

/** The expression without its delimiters, then the parts of it that hold the cursor. */
function expressionSpans(analysis: Analysis, offset: Offset): Span[] {
  const site = analysis.machineAt(offset)?.expressions.at(offset);
  if (!site) return [];
  const spans = [spanIn(site, 0, site.text.length)];
  if (site.expression.kind !== 'jsonata' || !site.expression.ast) return spans;
  const at = positionIn(site, offset);
  const inner: Span[] = [];
  visit(site.expression.ast, at, inner);
  return [...spans, ...inner.map(({ start, end }) => spanIn(site, start, end))];
}

function visit(node: JsonataNode, at: number, spans: Span[]): void {
  if (at < node.start || at > node.end) return;
  spans.push({ start: node.start, end: node.end });
  for (const child of Object.values(node)) visitMember(child, at, spans);
}

function visitMember(value: unknown, at: number, spans: Span[]): void {
  if (Array.isArray(value)) for (const item of value) visitMember(item, at, spans);
  else if (isJsonataNode(value)) visit(value, at, spans);
  else if (typeof value === 'object' && value !== null && 'key' in value && 'value' in value) {
    visitMember(value.key, at, spans);
    visitMember(value.value, at, spans);
  }
}

function isJsonataNode(value: unknown): value is JsonataNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    'start' in value &&
    'predicates' in value
  );
}
