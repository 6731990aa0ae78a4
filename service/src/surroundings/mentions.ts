import type { Analysis } from '#core/analysis/analysis.ts';
import { mockedName } from '#core/mocking/mockedName.ts';
import { readMockFile } from '#core/mocking/mockFile.ts';
import { testFileNames } from '#core/mocking/testFileNames.ts';
import type { StringNode } from '#core/syntax/node.ts';
import { touches, type Offset } from '#core/text/span.ts';

/** A state machine as a mock or test file names it. */
export interface Machine {
  /** As the keys of a mock file call it. */
  readonly name: string;
  /** The path of its file, in a test file. */
  readonly definition: string | undefined;
  /** Which of a template's, in a test file. */
  readonly site: string | undefined;
}

/** A name in a mock or test file that stands for something. */
export type Mention =
  | { readonly kind: 'state' | 'machine'; readonly node: StringNode; readonly machine: Machine }
  | {
      readonly kind: 'testCase';
      readonly node: StringNode;
      readonly machine: Machine;
      /** Whether the test case is written here; else it is only named. */
      readonly isDefinition: boolean;
      /** The names of the states it has answers for. */
      readonly states: readonly string[];
    }
  | {
      readonly kind: 'response';
      readonly node: StringNode;
      readonly machine: undefined;
      readonly isDefinition: boolean;
    }
  /** A path relative to the file. */
  | { readonly kind: 'file'; readonly node: StringNode; readonly machine: Machine };

const known = new WeakMap<Analysis, readonly Mention[]>();

/** All names of a mock or test file; none in other files. */
export function mentionsOf(analysis: Analysis): readonly Mention[] {
  let mentions = known.get(analysis);
  if (!mentions) known.set(analysis, (mentions = read(analysis)));
  return mentions;
}

/** The name at an offset. */
export function mentionAt(analysis: Analysis, offset: Offset): Mention | undefined {
  return mentionsOf(analysis).find(({ node }) => touches(node, offset));
}

function read(analysis: Analysis): readonly Mention[] {
  switch (analysis.source.role) {
    case 'mocks':
      return inMockFile(analysis);
    case 'tests':
      return inTestFile(analysis);
    default:
      return [];
  }
}

function inMockFile({ syntax }: Analysis): readonly Mention[] {
  const file = readMockFile(syntax.root);
  const mentions: Mention[] = [];
  for (const { name, key, testCases } of file.machines) {
    const machine = { name, definition: undefined, site: undefined };
    mentions.push({ kind: 'machine', node: key, machine });
    for (const testCase of testCases) {
      const states = testCase.states.map(({ stateName }) => stateName);
      mentions.push({ kind: 'testCase', node: testCase.key, machine, isDefinition: true, states });
      for (const { key: node, responseName } of testCase.states) {
        mentions.push({ kind: 'state', node, machine });
        mentions.push({ kind: 'response', node: responseName, machine: undefined, isDefinition: false });
      }
    }
  }
  for (const { key } of file.responses)
    mentions.push({ kind: 'response', node: key, machine: undefined, isDefinition: true });
  return mentions;
}

function inTestFile({ syntax }: Analysis): readonly Mention[] {
  const names = testFileNames(syntax.root);
  const { definition, stateMachine } = names;
  if (!definition) return [];
  const site = stateMachine?.value;
  const machine = { name: mockedName(definition.value, site), definition: definition.value, site };
  const files = [definition, ...(names.mockFile ? [names.mockFile] : []), ...names.inputFiles];
  return [
    ...files.map((node): Mention => ({ kind: 'file', node, machine })),
    ...(stateMachine ? [{ kind: 'machine', node: stateMachine, machine } as const] : []),
    ...names.testCases.map((node): Mention => ({
      kind: 'testCase',
      node,
      machine,
      isDefinition: false,
      states: [],
    })),
    ...names.states.map((node): Mention => ({ kind: 'state', node, machine })),
  ];
}
