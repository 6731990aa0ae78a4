import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '#core/json.ts';
import { emptyCatalogue, parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import { testState, type TestStateMock, type TestStateRequest } from '#interpreter/testState/testState.ts';
import { comparator, readData, Score } from './data.ts';

interface TestStateCase {
  readonly id: string;
  readonly request: TestStateRequest & { readonly mock?: TestStateMock & { readonly resultText?: string } };
  readonly expected: { readonly response?: JsonObject };
}

/** Makes every recorded request of the TestState API again. */
export async function scoreTestState(): Promise<Score> {
  const { compareTestState } = await comparator();
  const catalogueFile = join(import.meta.dirname, '..', '..', 'assets', 'services', 'catalogue.txt');
  const catalogue = existsSync(catalogueFile)
    ? parseServiceCatalogue(readFileSync(catalogueFile, 'utf8'))
    : emptyCatalogue;
  const score = new Score();
  const { cases } = readData('executions', 'teststate.json') as { readonly cases: readonly TestStateCase[] };
  for (const test of cases) {
    const answer =
      test.request.mock?.resultText === undefined
        ? testState(requestOf(test), {
            catalogue,
            accountId: '111111111111',
            // What the real function said is in the recording only.
            call: () => ({ kind: 'succeeded', output: resultIn(test.expected.response) }),
          })
        : {
            kind: 'refused' as const,
            code: 'ValidationException',
            message: 'Mocked result must be valid JSON',
          };
    score.add(
      compareTestState({
        case: test,
        actual:
          answer.kind === 'tested'
            ? { response: answer.response }
            : { error: { code: answer.code, message: answer.message } },
      }),
    );
  }
  return score;
}

/** The recordings leave out the role, which was given with mocks. */
function requestOf({ request }: TestStateCase): TestStateRequest {
  return request.mock ? { ...request, roleArn: 'arn:aws:iam::111111111111:role/role' } : request;
}

function resultIn(response: JsonObject | undefined): Json {
  const inspected = response?.['inspectionData'] as JsonObject | undefined;
  return inspected?.['result'] ?? response?.['output'] ?? null;
}
