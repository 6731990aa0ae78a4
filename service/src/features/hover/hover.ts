import { MarkupKind, type Hover, type Position } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Offset } from '#core/text/span.ts';
import { describeState } from '#service/describeState.ts';
import { placeAt } from '#service/place.ts';
import { symbolAt } from '#service/symbolAt.ts';
import type { SampleSource } from '#service/samples/sources.ts';
import { toOffset, toRange } from '#service/toLsp.ts';
import { expressionHover } from './expression.ts';
import { fieldHover } from './field.ts';
import { valueHover } from './value.ts';
import { variableHover } from './variable.ts';
import type { HoverText } from './hoverText.ts';

/** What is to be said about the text under the pointer: the most particular thing wins. */
export function hover(
  analysis: Analysis,
  position: Position,
  sources: readonly SampleSource[] = [],
): Hover | null {
  const offset = toOffset(analysis, position);
  const machine = analysis.machineAt(offset);
  const found = machine && hoverTextAt(machine, offset, sources);
  if (!found) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: found.markdown },
    range: toRange(analysis, found.span),
  };
}

function hoverTextAt(
  machine: MachineAnalysis,
  offset: Offset,
  sources: readonly SampleSource[],
): HoverText | undefined {
  const symbol = symbolAt(machine.analysis, offset);
  if (symbol?.kind === 'state') {
    return { span: symbol.span, markdown: describeState(machine, symbol.state) };
  }
  if (symbol?.kind === 'variable') return variableHover(symbol, offset, sources);
  const inExpression = expressionHover(machine, offset, sources);
  if (inExpression) return inExpression;
  const place = placeAt(machine, offset);
  if (!place) return undefined;
  return place.kind === 'key' ? fieldHover(place) : valueHover(place);
}
