import type { Analysis, Knowledge, MachineAnalysis } from '#core/analysis/analysis.ts';
import { mockedName } from '#core/mocking/mockedName.ts';
import { isSameFile, pathOf, resolveUri, sharedFolders } from '#service/uris.ts';
import { mentionsOf, type Machine, type Mention } from './mentions.ts';

/** The files around a document that speak of the same state machines, each in its newest version. */
export interface Surroundings {
  /** The URIs of all definitions of the workspace: a mock file names one of them by its file name. */
  readonly definitionUris: readonly string[];
  /** The definitions that are spoken of; the document itself where it is one. */
  readonly definitions: readonly Analysis[];
  readonly mocks: readonly Analysis[];
  readonly tests: readonly Analysis[];
}

export const nothingAround: Surroundings = { definitionUris: [], definitions: [], mocks: [], tests: [] };

/** Whether the file speaks of state machines and holds none: a mock or test file. */
export function isCompanion({ source }: Analysis): boolean {
  return source.role === 'mocks' || source.role === 'tests';
}

/** A mention together with its file. */
export interface Mentioned {
  readonly analysis: Analysis;
  readonly mention: Mention;
}

/** The name by which mock files call a state machine. */
export function nameOf({ analysis, site }: MachineAnalysis): string {
  return mockedName(pathOf(analysis.source.uri), site.name);
}

/** The definition files that a mock or test file may mean, best first; templates are not among them. */
export function definitionUrisOf(file: Analysis, uris: readonly string[]): readonly string[] {
  const { uri } = file.source;
  const found = new Set<string>();
  for (const { machine } of mentionsOf(file)) {
    if (machine === undefined) continue;
    const path = machine.definition;
    const exact = path === undefined ? undefined : resolveUri(uri, path);
    const known = exact === undefined ? nearest(uri, machine.name, uris) : exact;
    if (known !== undefined) found.add(uris.find(each => isSameFile(each, known)) ?? known);
  }
  return [...found];
}

/** Of the definitions with a name, the one that shares most folders with the file. */
function nearest(uri: string, name: string, uris: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const candidate of uris) {
    if (mockedName(pathOf(candidate), undefined) !== name) continue;
    const gain = best === undefined ? 1 : sharedFolders(uri, candidate) - sharedFolders(uri, best);
    // Of two forms of one machine always the same, JSON before YAML.
    if (best === undefined || gain > 0 || (gain === 0 && candidate < best)) best = candidate;
  }
  return best;
}

/** Whether a mock or test file means this state machine where it names one. */
export function means(
  file: Analysis,
  named: Machine,
  machine: MachineAnalysis,
  { definitionUris, tests }: Surroundings,
): boolean {
  const { uri } = file.source;
  const own = machine.analysis.source.uri;
  if (named.definition !== undefined) {
    if (!isSameFile(resolveUri(uri, named.definition), own)) return false;
    return named.site === undefined
      ? machine.analysis.machines[0] === machine
      : named.site === machine.site.name;
  }
  if (named.name !== nameOf(machine)) return false;
  if (tests.some(test => isLink(test, file, own))) return true;
  const best = machine.site.name === undefined ? nearest(uri, named.name, [...definitionUris, own]) : own;
  // JSON and YAML of the same name in the same folder are two forms of one machine.
  return (
    best !== undefined && (isSameFile(best, own) || sharedFolders(uri, best) === sharedFolders(uri, own))
  );
}

/** Whether a test file brings a mock file and a definition together. */
function isLink(test: Analysis, mocks: Analysis, definition: string): boolean {
  const paths = mentionsOf(test).flatMap(mention => (mention.kind === 'file' ? mention.node.value : []));
  const files = paths.map(path => resolveUri(test.source.uri, path));
  return (
    files.some(file => isSameFile(file, mocks.source.uri)) && files.some(file => isSameFile(file, definition))
  );
}

/** The places in mock and test files that name something of a state machine. */
export function mentionsIn(
  machine: MachineAnalysis,
  around: Surroundings,
  isWanted: (mention: Mention) => boolean,
): readonly Mentioned[] {
  return [...around.mocks, ...around.tests].flatMap(analysis => {
    // The mentions of one state machine share what they call it by.
    const meant = new Map<Machine, boolean>();
    const isMeant = (named: Machine): boolean => {
      const known = meant.get(named) ?? means(analysis, named, machine, around);
      meant.set(named, known);
      return known;
    };
    return mentionsOf(analysis).flatMap(mention =>
      isWanted(mention) && mention.machine && isMeant(mention.machine) ? { analysis, mention } : [],
    );
  });
}

/** The state machine that a mock or test file means. */
export function machineMeant(
  file: Analysis,
  named: Machine,
  around: Surroundings,
): MachineAnalysis | undefined {
  for (const definition of around.definitions) {
    const machine = definition.machines.find(candidate => means(file, named, candidate, around));
    if (machine) return machine;
  }
  return undefined;
}

/** What the names in a mock or test file stand for, for its checks and completion. */
export function knowledgeOfNames(
  file: Analysis,
  around: Surroundings,
): Pick<Knowledge, 'machineNamed' | 'testCasesIn'> {
  const meant = (name: string): MachineAnalysis | undefined => {
    const inTest = mentionsOf(file).find(({ machine }) => machine?.definition !== undefined)?.machine;
    return machineMeant(file, inTest ?? { name, definition: undefined, site: undefined }, around);
  };
  return {
    machineNamed: name => meant(name)?.machine,
    testCasesIn: (path, name) => {
      const machine = meant(name);
      const machineName = machine ? nameOf(machine) : name;
      const uri = resolveUri(file.source.uri, path);
      const mocks = around.mocks.find(({ source }) => isSameFile(source.uri, uri));
      if (!mocks) return undefined;
      const names = mentionsOf(mocks).flatMap(mention =>
        mention.kind === 'testCase' && mention.machine.name === machineName ? mention.node.value : [],
      );
      return { machineName, names };
    },
  };
}
