import { describe, expect, test } from 'vitest';
import { hasData } from './data.ts';
import { knownToDiffer, scoreMocking } from './mocking.ts';

/** Runs with mock files, against what AWS recorded with the real services. */
describe.skipIf(!hasData('executions', 'mocking.json'))('recorded mock files', () => {
  test('are read without a problem, and lead to the recorded outputs and states', async () => {
    const { score, problems } = await scoreMocking();
    expect(problems).toEqual([]);
    expect(score.failures.filter(text => /^(L1|L2|facts)/.test(text))).toEqual([]);
    expect(score.levels['L1']?.of).toBeGreaterThan(0);
  });

  test('lead to the recorded events', async () => {
    const { score } = await scoreMocking();
    expect(score.failures.filter(failure => !knownToDiffer(failure))).toEqual([]);
  });
});
