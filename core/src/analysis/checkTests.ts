import { mockedName } from '#core/mocking/mockedName.ts';
import { readTestFile } from '#core/mocking/testFile.ts';
import { testFileNames } from '#core/mocking/testFileNames.ts';
import type { StringNode } from '#core/syntax/node.ts';
import { askIfMeant } from '#core/text/closest.ts';
import { say, type Message } from '#core/text/message.ts';
import type { Analysis } from './analysis.ts';
import type { Finding } from './finding.ts';

/** What is wrong in a test file: by itself, and beside the definition and the mock file that it names. */
export function checkTests({ syntax, knowledge }: Analysis): readonly Finding<Message>[] {
  const unreadable = syntax.problems.map((problem): Finding<Message> => ({
    code: `json/${problem.code}`,
    severity: 'error',
    message: problem.message,
    start: problem.start,
    end: problem.end,
  }));
  if (unreadable.length > 0) return unreadable;
  const file = readTestFile(syntax.root);
  const names = testFileNames(syntax.root);
  const name = mockedName(file.definition, file.stateMachine);
  const states = knowledge.machineNamed?.(name)?.states.map(({ name }) => name);
  const known = file.mockFile === undefined ? undefined : knowledge.testCasesIn?.(file.mockFile, name);
  return [
    ...file.problems.map((problem): Finding<Message> => ({
      code: 'test/shape',
      severity: 'error',
      ...problem,
    })),
    ...unknown(
      'test/unknown-state',
      names.states,
      states,
      state => say`The state machine has no state named '${state}'.`,
    ),
    ...unknown(
      'test/unknown-test-case',
      names.testCases,
      known?.names,
      testCase => say`The mock file has no test case '${testCase}' for '${known?.machineName ?? name}'.`,
    ),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The names that are not among those there are; none where those are not known. */
function unknown(
  code: string,
  names: readonly StringNode[],
  known: readonly string[] | undefined,
  message: (name: string) => Message,
): readonly Finding<Message>[] {
  if (known === undefined) return [];
  return names
    .filter(({ value }) => !known.includes(value))
    .map(({ value, start, end }): Finding<Message> => {
      const near = known.find(name => name.toLowerCase() === value.toLowerCase());
      return { code, severity: 'error', message: askIfMeant(message(value), near), start, end };
    });
}
