import { valueOf, type StringNode, type SyntaxNode } from '#core/syntax/node.ts';

/** The names in a test file with their places, for going to what they name and for renaming it. */
export interface TestFileNames {
  readonly definition: StringNode | undefined;
  /** Which state machine of a template. */
  readonly stateMachine: StringNode | undefined;
  readonly mockFile: StringNode | undefined;
  /** Of all tests: the test cases they name, the files with their inputs, and the states they expect. */
  readonly testCases: readonly StringNode[];
  readonly inputFiles: readonly StringNode[];
  readonly states: readonly StringNode[];
}

/** Reads the names only; `readTestFile` tells what is wrong. */
export function testFileNames(root: SyntaxNode | undefined): TestFileNames {
  const tests = valueOf(root, 'tests');
  const bodies = tests?.kind === 'object' ? tests.properties.map(({ value }) => value) : [];
  return {
    definition: text(valueOf(root, 'definition')),
    stateMachine: text(valueOf(root, 'stateMachine')),
    mockFile: text(valueOf(root, 'mockFile')),
    testCases: bodies.flatMap(body => text(valueOf(body, 'testCase')) ?? []),
    inputFiles: bodies.flatMap(body => text(valueOf(body, 'inputFile')) ?? []),
    states: bodies.flatMap(body => {
      const states = valueOf(valueOf(body, 'expect'), 'states');
      return states?.kind === 'array' ? states.items.flatMap(item => text(item) ?? []) : [];
    }),
  };
}

function text(node: SyntaxNode | undefined): StringNode | undefined {
  return node?.kind === 'string' ? node : undefined;
}
