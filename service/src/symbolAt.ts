import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Variable } from '#core/analysis/variables.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { StringNode } from '#core/syntax/node.ts';
import { touches, type Offset, type Span } from '#core/text/span.ts';

/** What the cursor names. Navigation, rename, highlight and hover start here. */
export type NamedSymbol = StateSymbol | VariableSymbol;

export interface StateSymbol {
  readonly kind: 'state';
  readonly machine: MachineAnalysis;
  readonly state: State;
  /** The name under the cursor, without quotes. */
  readonly span: Span;
}

export interface VariableSymbol {
  readonly kind: 'variable';
  readonly machine: MachineAnalysis;
  readonly variable: Variable;
  /** The name under the cursor, without `$` and `.$`. */
  readonly span: Span;
}

export function symbolAt(analysis: Analysis, offset: Offset): NamedSymbol | undefined {
  const machine = analysis.machineAt(offset);
  if (!machine) return undefined;
  const reference = machine.references.referenceAt(offset);
  if (reference) {
    const { to, node } = reference;
    return to && { kind: 'state', machine, state: to, span: contentSpan(node) };
  }
  const mark = machine.variables.at(offset);
  if (mark?.variable) {
    return {
      kind: 'variable',
      machine,
      variable: mark.variable,
      span: { start: mark.start, end: mark.end },
    };
  }
  const state = machine.stateAt(offset);
  return state && touches(state.key, offset)
    ? { kind: 'state', machine, state, span: contentSpan(state.key) }
    : undefined;
}

/** A place that names a symbol; the span is that of the bare name. */
export interface Occurrence extends Span {
  readonly role: 'definition' | 'reference';
  /** The string that is the name, for states; a variable's name is only a part of one. */
  readonly node: StringNode | undefined;
}

/** Every place that names the symbol, definitions first; aliases of YAML count once. */
export function occurrencesOf(symbol: NamedSymbol): readonly Occurrence[] {
  const all: Occurrence[] = [];
  if (symbol.kind === 'state') {
    all.push({ role: 'definition', node: symbol.state.key, ...contentSpan(symbol.state.key) });
    for (const { node } of symbol.machine.references.referencesTo(symbol.state)) {
      all.push({ role: 'reference', node, ...contentSpan(node) });
    }
  } else {
    for (const { start, end } of symbol.variable.assignments) {
      all.push({ role: 'definition', node: undefined, start, end });
    }
    for (const { start, end } of symbol.variable.uses) {
      all.push({ role: 'reference', node: undefined, start, end });
    }
  }
  const seen = new Set<Offset>();
  return all.filter(({ start }) => !seen.has(start) && seen.add(start));
}

/** The text of a string without its quotes. */
export function contentSpan(node: StringNode): Span {
  return { start: node.offsetOf(0), end: node.offsetOf(node.value.length) };
}
