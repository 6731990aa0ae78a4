import type { CodeLens, Command, Location, Range } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import { mentionsIn, nothingAround, type Surroundings } from '#service/surroundings/surroundings.ts';
import { toRange } from '#service/toLsp.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { locationOf } from './references.ts';

/** Which lenses the user wants to see. */
export interface CodeLensOptions {
  readonly references: boolean;
  readonly run: boolean;
}

/**
 * Run and Debug above each state machine, and its test cases in mock files; above each state how many transitions
 * lead to it, and how many test cases have an answer for it.
 */
export function codeLenses(
  analysis: Analysis,
  options: CodeLensOptions,
  around: Surroundings = nothingAround,
): CodeLens[] {
  return analysis.machines.flatMap((machine, index) => [
    ...(options.run && machine.machine.states.length > 0
      ? [...runLenses(machine, index), ...testCaseLenses(machine, around)]
      : []),
    ...(options.references ? [...referenceLenses(machine), ...mockLenses(machine, around)] : []),
  ]);
}

function runLenses({ analysis, machine, site }: MachineAnalysis, index: number): CodeLens[] {
  const { translate } = analysis;
  const anchor = machine.root.startAt ?? site.node;
  const range = toRange(analysis, anchor);
  const argument = { uri: analysis.source.uri, machine: index };
  const lens = (title: string, command: string): CodeLens => ({
    range,
    command: { title, command, arguments: [argument] },
  });
  return [
    lens(`$(play) ${translate('Run')}`, 'stepwise.run'),
    lens(`$(debug-alt) ${translate('Debug')}`, 'stepwise.debug'),
  ];
}

/** The way to the test cases: one lens above the whole state machine. */
function testCaseLenses(machine: MachineAnalysis, around: Surroundings): CodeLens[] {
  const { analysis, site } = machine;
  const { translate } = analysis;
  const cases = mentionsIn(
    machine,
    around,
    mention => mention.kind === 'testCase' && mention.isDefinition,
  ).map(locationOf);
  if (cases.length === 0) return [];
  const range = toRange(analysis, machine.machine.root.startAt ?? site.node);
  const title = cases.length === 1 ? translate('1 test case') : translate('{0} test cases', cases.length);
  return [{ range, command: showing(title, analysis, range, cases) }];
}

function mockLenses(machine: MachineAnalysis, around: Surroundings): CodeLens[] {
  const { analysis } = machine;
  const { translate } = analysis;
  const byName = new Map<string, Location[]>();
  const mentions = mentionsIn(machine, around, ({ kind }) => kind === 'state');
  for (const mentioned of mentions) {
    if (!around.mocks.includes(mentioned.analysis)) continue;
    const { value } = mentioned.mention.node;
    byName.set(value, [...(byName.get(value) ?? []), locationOf(mentioned)]);
  }
  return machine.machine.states.flatMap(state => {
    const locations = byName.get(state.name);
    if (!locations) return [];
    const range = toRange(analysis, contentSpan(state.key));
    const title =
      locations.length === 1 ? translate('1 mock case') : translate('{0} mock cases', locations.length);
    return [{ range, command: showing(title, analysis, range, locations) }];
  });
}

function referenceLenses(machine: MachineAnalysis): CodeLens[] {
  const { analysis } = machine;
  const { translate } = analysis;
  const { uri } = analysis.source;
  return machine.machine.states.map(state => {
    const references = machine.references.referencesTo(state);
    const locations = references.map(({ node }) => ({ uri, range: toRange(analysis, contentSpan(node)) }));
    const range = toRange(analysis, contentSpan(state.key));
    const count = references.length;
    const title = count === 1 ? translate('1 reference') : translate('{0} references', count);
    return { range, command: showing(title, analysis, range, locations) };
  });
}

function showing(title: string, { source }: Analysis, range: Range, locations: readonly Location[]): Command {
  return { title, command: 'stepwise.showReferences', arguments: [source.uri, range.start, locations] };
}
