import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import { positionIn, spanIn, type ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { Variable } from '#core/analysis/variables.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { StringNode } from '#core/syntax/node.ts';
import { touches, type Offset, type Span } from '#core/text/span.ts';

/** What the cursor names. Navigation, rename, highlight and hover start here. */
export type NamedSymbol = StateSymbol | VariableSymbol | LocalSymbol;

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

/** A variable or parameter of one JSONata expression: `$x` in `function($x) { … }` and `$x := …`. */
export interface LocalSymbol {
  readonly kind: 'local';
  readonly machine: MachineAnalysis;
  readonly site: ExpressionSite;
  readonly name: string;
  /** The block, function or path that defines it, as the expression's references count them. */
  readonly scope: number;
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
  const local = localAt(machine, offset);
  if (local) return local;
  const state = machine.stateAt(offset);
  return state && touches(state.key, offset)
    ? { kind: 'state', machine, state, span: contentSpan(state.key) }
    : undefined;
}

function localAt(machine: MachineAnalysis, offset: Offset): LocalSymbol | undefined {
  const site = machine.expressions.at(offset);
  if (site?.expression.kind !== 'jsonata') return undefined;
  const at = positionIn(site, offset);
  const found = site.expression.references.variables.find(
    ({ scope, start, end }) => scope !== undefined && start - 1 <= at && at <= end,
  );
  if (found?.scope === undefined) return undefined;
  const { name, scope } = found;
  return { kind: 'local', machine, site, name, scope, span: spanIn(site, found.start, found.end) };
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
  } else if (symbol.kind === 'local') {
    all.push(...localOccurrences(symbol));
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

function localOccurrences({ site, name, scope }: LocalSymbol): Occurrence[] {
  if (site.expression.kind !== 'jsonata') return [];
  return site.expression.references.variables
    .filter(reference => reference.name === name && reference.scope === scope)
    .map(({ role, start, end }) => ({
      role: role === 'definition' ? 'definition' : 'reference',
      node: undefined,
      ...spanIn(site, start, end),
    }));
}

/** The text of a string without its quotes. */
export function contentSpan(node: StringNode): Span {
  return { start: node.offsetOf(0), end: node.offsetOf(node.value.length) };
}
