import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Variable, VariableUse } from '#core/analysis/variables.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { quote } from '#core/syntax/quote.ts';
import { inWords, say, type Message } from '#core/text/message.ts';
import type { Offset } from '#core/text/span.ts';
import { isInFlow, type Edit } from '#service/edits.ts';
import { mentionAt, mentionsOf } from '#service/surroundings/mentions.ts';
import { sameMentions, stateNamed } from '#service/surroundings/mentionTargets.ts';
import {
  isCompanion,
  machineMeant,
  mentionsIn,
  nothingAround,
  type Mentioned,
  type Surroundings,
} from '#service/surroundings/surroundings.ts';
import {
  contentSpan,
  occurrencesOf,
  symbolAt,
  type LocalSymbol,
  type NamedSymbol,
  type Occurrence,
  type StateSymbol,
} from '#service/symbolAt.ts';
import { isEscaped } from '#service/writing.ts';
import { toOffset, toRange, toTextEdit } from '#service/toLsp.ts';

/** Why something cannot be done; shown to the user as it is. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: string;
}

const nothingToRename = say`Only states and variables can be renamed, from any place that names them.`;

/** What would be renamed at a position, with its present name. */
export function prepareRename(
  analysis: Analysis,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | Refusal {
  const offset = toOffset(analysis, position);
  if (isCompanion(analysis)) return prepareMention(analysis, offset);
  const symbol = symbolAt(analysis, offset);
  if (!symbol) return refused(analysis, nothingToRename);
  return { range: toRange(analysis, symbol.span), placeholder: nameOf(symbol) };
}

/**
 * Renames a state or a variable wherever it is named, each place in the quotes it has; a state in the mock and
 * test files around, too. From a mock or test file also a test case or a response.
 */
export function rename(
  analysis: Analysis,
  position: Position,
  newName: string,
  around: Surroundings = nothingAround,
): WorkspaceEdit | Refusal {
  const offset = toOffset(analysis, position);
  if (isCompanion(analysis)) return renameMention(analysis, offset, newName, around);
  const symbol = symbolAt(analysis, offset);
  return symbol ? renameSymbol(symbol, newName, around) : refused(analysis, nothingToRename);
}

function renameSymbol(symbol: NamedSymbol, newName: string, around: Surroundings): WorkspaceEdit | Refusal {
  const mentions = symbol.kind === 'state' ? mentionsOfState(symbol, around) : [];
  const { analysis } = symbol.machine;
  const reason = faultOf(symbol, newName) ?? mockFault(mentions, newName);
  if (reason) return refused(analysis, reason);
  const edits = occurrencesOf(symbol).map(occurrence => editOf(symbol, occurrence, newName));
  return {
    changes: {
      ...mentionChanges(mentions, newName),
      [analysis.source.uri]: edits.map(edit => toTextEdit(analysis, edit)),
    },
  };
}

function mentionsOfState({ machine, state }: StateSymbol, around: Surroundings): readonly Mentioned[] {
  return mentionsIn(machine, around, ({ kind, node }) => kind === 'state' && node.value === state.name);
}

/** A test case has one answer by each name: there must not be two of the new one. */
function mockFault(mentions: readonly Mentioned[], newName: string): Message | undefined {
  for (const { analysis, mention } of mentions) {
    if (mention.node.value === newName) continue;
    const taken = mentionsOf(analysis).find(
      other =>
        other.kind === 'testCase' &&
        other.machine.name === mention.machine?.name &&
        other.states.includes(newName) &&
        other.states.includes(mention.node.value),
    );
    if (taken)
      return say`The test case '${taken.node.value}' has an answer for a state '${newName}' already.`;
  }
  return undefined;
}

function mentionChanges(mentions: readonly Mentioned[], newName: string): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { analysis, mention } of mentions) {
    const { start, end } = mention.node;
    (changes[analysis.source.uri] ??= []).push(
      toTextEdit(analysis, { start, end, text: JSON.stringify(newName) }),
    );
  }
  return changes;
}

const nothingToRenameHere = say`Only states, test cases and responses can be renamed here.`;

function prepareMention(
  file: Analysis,
  offset: Offset,
): { readonly range: Range; readonly placeholder: string } | Refusal {
  const mention = mentionAt(file, offset);
  if (!mention || mention.kind === 'file' || mention.kind === 'machine')
    return refused(file, nothingToRenameHere);
  return { range: toRange(file, contentSpan(mention.node)), placeholder: mention.node.value };
}

function renameMention(
  file: Analysis,
  offset: Offset,
  newName: string,
  around: Surroundings,
): WorkspaceEdit | Refusal {
  const mention = mentionAt(file, offset);
  switch (mention?.kind) {
    case 'state': {
      const machine = machineMeant(file, mention.machine, around);
      const state = machine && stateNamed(machine.machine.states, mention.node.value);
      if (!state)
        return refused(file, say`No definition has a state '${mention.node.value}' that this could be.`);
      return renameSymbol({ kind: 'state', machine, state, span: state.key }, newName, around);
    }
    case 'testCase':
    case 'response': {
      const isResponse = mention.kind === 'response';
      if (newName.trim() === '') {
        return refused(
          file,
          isResponse
            ? say`The name of a response cannot be empty.`
            : say`The name of a test case cannot be empty.`,
        );
      }
      const mentions = sameMentions(file, mention, around);
      const isTaken =
        newName !== mention.node.value &&
        mentions.some(({ analysis, mention: { machine } }) =>
          mentionsOf(analysis).some(
            other =>
              other.kind === mention.kind &&
              other.machine?.name === machine?.name &&
              other.isDefinition &&
              other.node.value === newName,
          ),
        );
      if (isTaken) {
        return refused(
          file,
          isResponse
            ? say`A response '${newName}' exists already.`
            : say`A test case '${newName}' exists already.`,
        );
      }
      return { changes: mentionChanges(mentions, newName) };
    }
    default:
      return refused(file, nothingToRenameHere);
  }
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

function faultOf(symbol: NamedSymbol, newName: string): Message | undefined {
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

function stateFault(
  { state, machine }: { state: State; machine: MachineAnalysis },
  newName: string,
): Message | undefined {
  if (newName.trim() === '') return say`The name of a state cannot be empty.`;
  if (newName.length > maximumNameLength) {
    return say`The name of a state has at most ${maximumNameLength} characters; this one has ${newName.length}.`;
  }
  if (isEscaped(machine) && /["\\]/.test(newName)) {
    return say`Inside of a quoted DefinitionString a name cannot have quotes or backslashes.`;
  }
  if (newName === state.name) return undefined;
  const other = machine.machine.states.find(({ name }) => name === newName);
  return other && say`A state '${newName}' exists already; names are unique in the whole state machine.`;
}

/** Names AWS takes: those of identifiers, without `states`, which is its own. */
const variableName = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

function variableFault(
  { variable, machine }: { variable: Variable; machine: MachineAnalysis },
  newName: string,
): Message | undefined {
  if (newName === variable.name) return undefined;
  if (!variableName.test(newName)) {
    return say`'${newName}' cannot name a variable: it takes letters, digits and '_', and no digit first. Leave out the '$'.`;
  }
  if (newName.length > maximumNameLength) {
    return say`The name of a variable has at most ${maximumNameLength} characters; this one has ${newName.length}.`;
  }
  if (newName === 'states')
    return say`'states' is what JSONata calls the data of the state; variables cannot.`;
  const other = machine.variables.all.find(
    ({ name, scope }) => name === newName && sees(scope, variable.scope),
  );
  if (other) return say`A variable '$${newName}' exists already where '$${variable.name}' is known.`;
  const taken = variable.uses.find(use => isBoundIn(use, newName));
  return taken && say`The expression in '${taken.site.state.name}' has a '$${newName}' of its own.`;
}

function localFault({ site, name }: LocalSymbol, newName: string): Message | undefined {
  if (newName === name) return undefined;
  if (!variableName.test(newName)) {
    return say`'${newName}' cannot name a variable: it takes letters, digits and '_', and no digit first. Leave out the '$'.`;
  }
  const { expression } = site;
  if (expression.kind !== 'jsonata') return undefined;
  const isTaken = expression.references.variables.some(reference => reference.name === newName);
  return isTaken ? say`The expression has a '$${newName}' already.` : undefined;
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

function refused({ translate }: Analysis, reason: Message): Refusal {
  return { kind: 'refused', reason: inWords(reason, translate) };
}
