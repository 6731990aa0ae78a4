import { describe, expect, test } from 'vitest';
import { hasData } from './data.ts';
import { scoreMocking } from './mocking.ts';

/**
 * Runs with mock files, against what AWS recorded with the real services.
 *
 * `test_numbered_mock_responses_multiple_success_invocations` differs at L3 and L4: its definition calls another
 * function than its recording did.
 */
describe.skipIf(!hasData('executions', 'mocking.json'))('recorded mock files', () => {
  test('are read without a problem, and lead to the recorded outputs and states', async () => {
    const { score, problems } = await scoreMocking();
    expect(problems).toEqual([]);
    expect(score.failures.filter(text => /^(L1|L2|facts)/.test(text))).toEqual([]);
    expect(score.levels['L1']?.of).toBeGreaterThan(0);
  });

  test('lead to the recorded events', async () => {
    const { score } = await scoreMocking();
    const known = 'test_numbered_mock_responses_multiple_success_invocations';
    expect(score.failures.filter(text => !text.includes(known))).toEqual([]);
  });
});
