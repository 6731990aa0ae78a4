import { describe, expect, test } from 'vitest';
import { hasData } from './data.ts';
import { replay, replayCases } from './replay.ts';

/** What cannot run to its end from what was recorded, and why. */
const exceptions: Readonly<Record<string, string>> = {
  // Only the beginning was recorded: the debugger stops where the history ends.
  'scenarios/base_scenarios::test_max_concurrency_path_negative': 'unfinished',
};

describe.skipIf(!hasData('executions', 'cases'))('recorded executions', () => {
  test('every history of AWS is repeated without divergence', async () => {
    const cases = replayCases();
    const ends = await Promise.all(cases.map(async each => ({ id: each.id, ...(await replay(each)) })));
    const others = ends.filter(({ id, end }) => end !== (exceptions[id] ?? 'finished'));
    expect(others).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  }, 120_000);
});
