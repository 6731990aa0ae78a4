import type { CodeLens, Command } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import { toRange } from '#service/toLsp.ts';
import { contentSpan } from '#service/symbolAt.ts';

/** Which lenses the user wants to see. */
export interface CodeLensOptions {
  readonly references: boolean;
  readonly run: boolean;
}

/** Run and Debug above each state machine, and above each state how many transitions lead to it. */
export function codeLenses(analysis: Analysis, options: CodeLensOptions): CodeLens[] {
  return analysis.machines.flatMap((machine, index) => [
    ...(options.run && machine.machine.states.length > 0 ? runLenses(machine, index) : []),
    ...(options.references ? referenceLenses(machine) : []),
  ]);
}

function runLenses({ analysis, machine, site }: MachineAnalysis, index: number): CodeLens[] {
  const anchor = machine.root.startAt ?? site.node;
  const range = toRange(analysis, anchor);
  const argument = { uri: analysis.source.uri, machine: index };
  const lens = (title: string, command: string): CodeLens => ({
    range,
    command: { title, command, arguments: [argument] },
  });
  return [lens('$(play) Run', 'stepwise.run'), lens('$(debug-alt) Debug', 'stepwise.debug')];
}

function referenceLenses(machine: MachineAnalysis): CodeLens[] {
  const { analysis } = machine;
  const { uri } = analysis.source;
  return machine.machine.states.map(state => {
    const references = machine.references.referencesTo(state);
    const locations = references.map(({ node }) => ({ uri, range: toRange(analysis, contentSpan(node)) }));
    const range = toRange(analysis, contentSpan(state.key));
    const count = references.length;
    const title = count === 1 ? '1 reference' : `${count} references`;
    const command: Command = {
      title,
      command: 'stepwise.showReferences',
      arguments: [uri, range.start, locations],
    };
    return { range, command };
  });
}
