import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Variable, VariableUse } from '#core/analysis/variables.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { quote } from '#core/syntax/quote.ts';
import { isInFlow, type Edit } from '#service/edits.ts';
import {
  occurrencesOf,
  symbolAt,
  type LocalSymbol,
  type NamedSymbol,
  type Occurrence,
} from '#service/symbolAt.ts';
import { isEscaped } from '#service/writing.ts';
import { toOffset, toRange, toTextEdit } from '#service/toLsp.ts';

/** Why something cannot be done; shown to the user as it is. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: string;
}

const nothingToRename = 'Only states and variables can be renamed, from any place that names them.';

/** What would be renamed at a position, with its present name. */
export function prepareRename(
  analysis: Analysis,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | Refusal {
  const symbol = symbolAt(analysis, toOffset(analysis, position));
  if (!symbol) return refused(nothingToRename);
  return { range: toRange(analysis, symbol.span), placeholder: nameOf(symbol) };
}

/** Renames a state or a variable wherever it is named, each place in the quotes it has. */
export function rename(analysis: Analysis, position: Position, newName: string): WorkspaceEdit | Refusal {
  const symbol = symbolAt(analysis, toOffset(analysis, position));
  if (!symbol) return refused(nothingToRename);
  const reason = faultOf(symbol, newName);
  if (reason !== undefined) return refused(reason);
  const edits = occurrencesOf(symbol).map(occurrence => editOf(symbol, occurrence, newName));
  return { changes: { [analysis.source.uri]: edits.map(edit => toTextEdit(analysis, edit)) } };
}

/** The edits that give a state another name wherever it is named; the name must be free. */
export function renameEdits(machine: MachineAnalysis, state: State, newName: string): readonly Edit[] {
  const symbol: NamedSymbol = { kind: 'state', machine, state, span: state.key };
  return occurrencesOf(symbol).map(occurrence => editOf(symbol, occurrence, newName));
}

function nameOf(symbol: NamedSymbol): string {
  switch (symbol.kind) {
    case 'state':
      return symbol.state.name;
    case 'variable':
      return symbol.variable.name;
    case 'local':
      return symbol.name;
  }
}

function faultOf(symbol: NamedSymbol, newName: string): string | undefined {
  switch (symbol.kind) {
    case 'state':
      return stateFault(symbol, newName);
    case 'variable':
      return variableFault(symbol, newName);
    case 'local':
      return localFault(symbol, newName);
  }
}

function editOf(symbol: NamedSymbol, { start, end, node }: Occurrence, newName: string): Edit {
  if (!node) return { start, end, text: newName };
  if (isEscaped(symbol.machine)) return { start, end, text: newName };
  const text = quote(newName, node.style, { inFlow: isInFlow(symbol.machine, node) });
  return { start: node.start, end: node.end, text };
}

const maximumNameLength = 80;

function stateFault({ state, machine }: { state: State; machine: MachineAnalysis }, newName: string) {
  if (newName.trim() === '') return 'The name of a state cannot be empty.';
  if (newName.length > maximumNameLength) {
    return `The name of a state has at most ${maximumNameLength} characters; this one has ${newName.length}.`;
  }
  if (isEscaped(machine) && /["\\]/.test(newName)) {
    return 'Inside of a quoted DefinitionString a name cannot have quotes or backslashes.';
  }
  if (newName === state.name) return undefined;
  const other = machine.machine.states.find(({ name }) => name === newName);
  return other && `A state '${newName}' exists already; names are unique in the whole state machine.`;
}

/** Names AWS takes: those of identifiers, without `states`, which is its own. */
const variableName = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

function variableFault(
  { variable, machine }: { variable: Variable; machine: MachineAnalysis },
  newName: string,
): string | undefined {
  if (newName === variable.name) return undefined;
  if (!variableName.test(newName)) {
    return `'${newName}' cannot name a variable: it takes letters, digits and '_', and no digit first. Leave out the '$'.`;
  }
  if (newName.length > maximumNameLength) {
    return `The name of a variable has at most ${maximumNameLength} characters; this one has ${newName.length}.`;
  }
  if (newName === 'states') return "'states' is what JSONata calls the data of the state; variables cannot.";
  const other = machine.variables.all.find(
    ({ name, scope }) => name === newName && sees(scope, variable.scope),
  );
  if (other) return `A variable '$${newName}' exists already where '$${variable.name}' is known.`;
  const taken = variable.uses.find(use => isBoundIn(use, newName));
  return taken && `The expression in '${taken.site.state.name}' has a '$${newName}' of its own.`;
}

function localFault({ site, name }: LocalSymbol, newName: string): string | undefined {
  if (newName === name) return undefined;
  if (!variableName.test(newName)) {
    return `'${newName}' cannot name a variable: it takes letters, digits and '_', and no digit first. Leave out the '$'.`;
  }
  const { expression } = site;
  if (expression.kind !== 'jsonata') return undefined;
  const isTaken = expression.references.variables.some(reference => reference.name === newName);
  return isTaken ? `The expression has a '$${newName}' already.` : undefined;
}

/** Whether one of the scopes contains the other, so that a name of one can hide that of the other. */
function sees(one: Scope, other: Scope): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

function isWithin(inner: Scope, outer: Scope): boolean {
  for (let scope: Scope | undefined = inner; scope; scope = scope.owner?.scope) {
    if (scope === outer) return true;
  }
  return false;
}

function isBoundIn({ site }: VariableUse, name: string): boolean {
  const { expression } = site;
  return (
    expression.kind === 'jsonata' &&
    expression.references.variables.some(
      reference => reference.name === name && reference.scope !== undefined,
    )
  );
}

function refused(reason: string): Refusal {
  return { kind: 'refused', reason };
}
