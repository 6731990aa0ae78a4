import { inWords } from '#core/text/message.ts';
import type { Json } from '#core/json.ts';
import { readMockFile } from '#core/mocking/mockFile.ts';
import { parse } from '#core/syntax/parse.ts';
import { mockHost } from '#interpreter/mockHost.ts';
import type { Answer } from '#interpreter/host.ts';
import { comparator, readData, Score } from './data.ts';
import { compareActual, runCase, type ExecutionCase } from './executions.ts';

interface MockingCase extends ExecutionCase {
  readonly stateMachineName: string;
  readonly testCase: string;
  readonly mockConfig: Json;
}

export interface MockingScore {
  readonly score: Score;
  /** Problems found in mock files that AWS takes. */
  readonly problems: readonly string[];
}

/** Whether a failure is one that has to be: its definition calls another function than its recording did. */
export function knownToDiffer(failure: string): boolean {
  return /^L[34] .*::test_numbered_mock_responses_multiple_success_invocations:/.test(failure);
}

/** Runs every recorded execution that has a mock file, with the answers of that file. */
export async function scoreMocking(): Promise<MockingScore> {
  const { compareCase } = await comparator();
  const score = new Score();
  const problems: string[] = [];
  const { cases } = readData('executions', 'mocking.json') as { readonly cases: readonly MockingCase[] };
  for (const test of cases) {
    const text = JSON.stringify(test.mockConfig);
    const file = readMockFile(parse({ uri: test.id, version: 1, format: 'json', text }).root);
    problems.push(
      ...file.problems
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => `${test.id}: ${inWords(message)}`),
    );
    const mocked = mockHost(file, test.stateMachineName, test.testCase, answerUnmocked);
    if (mocked.kind === 'refused') {
      problems.push(`${test.id}: ${inWords(mocked.reason)}`);
      continue;
    }
    score.add(compareActual(test, compareCase, runCase(test, mocked.host)));
  }
  return { score, problems };
}

/** A state without a mock calls the real service, of which nothing was recorded but that it answered. */
function answerUnmocked(): Answer {
  return { kind: 'succeeded', output: {} };
}
