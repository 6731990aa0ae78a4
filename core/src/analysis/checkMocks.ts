import { checkAgainstMachine, readMockFile } from '#core/mocking/mockFile.ts';
import type { Message } from '#core/text/message.ts';
import type { Analysis } from './analysis.ts';
import type { Finding } from './finding.ts';

/** Where the format of mock files is documented. */
export const mockFileLink =
  'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html';

/** What is wrong in a mock file: by itself, and beside the definitions that its host knows by name. */
export function checkMocks({ syntax, knowledge }: Analysis): readonly Finding<Message>[] {
  const unreadable = syntax.problems.map((problem): Finding<Message> => ({
    code: `json/${problem.code}`,
    severity: 'error',
    message: problem.message,
    start: problem.start,
    end: problem.end,
  }));
  if (unreadable.length > 0) return unreadable;
  const file = readMockFile(syntax.root);
  const mismatches = file.machines.flatMap(mocked => {
    const machine = knowledge.machineNamed?.(mocked.name);
    return machine ? checkAgainstMachine(mocked, machine) : [];
  });
  return [...file.problems, ...mismatches]
    .map(({ code, severity, message, start, end }): Finding<Message> => ({
      code: code.replace('-', '/'),
      severity,
      message,
      start,
      end,
    }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}
