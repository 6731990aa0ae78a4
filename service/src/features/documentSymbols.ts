import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import { innerScopes, type Scope, type State } from '#core/model/stateMachine.ts';
import { toRange } from '#service/toLsp.ts';

/** The outline: states with their types, inner states below their Map or Parallel state. */
export function documentSymbols(analysis: Analysis): DocumentSymbol[] {
  const { translate } = analysis;
  return analysis.machines.flatMap(machine => {
    const states = machine.machine.root.states.map(state => stateSymbol(machine, state));
    if (machine.site.kind === 'file') return states;
    return [
      {
        name: machine.site.name ?? translate('State machine'),
        detail: translate('state machine'),
        kind: SymbolKind.Module,
        range: toRange(analysis, machine.site.node),
        selectionRange: toRange(analysis, machine.site.node),
        children: states,
      },
    ];
  });
}

const kinds: Readonly<Record<State['type'], SymbolKind>> = {
  Task: SymbolKind.Function,
  Pass: SymbolKind.Variable,
  Choice: SymbolKind.Operator,
  Wait: SymbolKind.Event,
  Succeed: SymbolKind.Constant,
  Fail: SymbolKind.Constant,
  Parallel: SymbolKind.Struct,
  Map: SymbolKind.Array,
  Unknown: SymbolKind.Null,
};

function stateSymbol(machine: MachineAnalysis, state: State): DocumentSymbol {
  const { analysis } = machine;
  const children = innerScopes(state).flatMap((scope, index, all) =>
    all.length > 1 ? [branchSymbol(machine, scope, index)] : scopeSymbols(machine, scope),
  );
  return {
    // VS Code refuses the whole outline for one empty name.
    name: state.name === '' ? '""' : state.name,
    detail: detailOf(machine, state),
    kind: kinds[state.type],
    range: toRange(analysis, state.property),
    selectionRange: toRange(analysis, state.key),
    ...(children.length > 0 && { children }),
  };
}

function detailOf(machine: MachineAnalysis, state: State): string {
  const { translate } = machine.analysis;
  const isStart = machine.references.referencesTo(state).some(({ kind }) => kind === 'StartAt');
  const type = state.type === 'Unknown' ? translate('no type') : state.type;
  return isStart ? `${type} · ${translate('start')}` : type;
}

function branchSymbol(machine: MachineAnalysis, scope: Scope, index: number): DocumentSymbol {
  return {
    name: machine.analysis.translate('Branch {0}', index + 1),
    kind: SymbolKind.Namespace,
    range: toRange(machine.analysis, scope.node),
    selectionRange: toRange(machine.analysis, scope.startAt ?? scope.node),
    children: scopeSymbols(machine, scope),
  };
}

function scopeSymbols(machine: MachineAnalysis, scope: Scope): DocumentSymbol[] {
  return scope.states.map(state => stateSymbol(machine, state));
}
