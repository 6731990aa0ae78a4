import { describe, expect, test } from 'vitest';
import { hasData } from './data.ts';
import { scoreExecutions, type ExecutionScore } from './executions.ts';

/**
 * Executions recorded on AWS, run again. Where there are no recordings the suite is skipped: they are
 * beside the project, not in it.
 */
describe.skipIf(!hasData('executions', 'cases'))('recorded executions', () => {
  let scored: Promise<ExecutionScore> | undefined;
  const score = (): Promise<ExecutionScore> => (scored ??= scoreExecutions());

  // L1: status, output, error, cause. L2: states with data. L3: all events. L4: ids and previousEventId.
  test.each([
    ['L1', 1],
    ['L2', 1],
    ['L3', 1],
    ['L4', 1],
  ])('%s: at least %f of the cases', async (level, share) => {
    const { all } = await score();
    const { passed, of } = all.levels[level] ?? { passed: 0, of: 0 };
    expect(of).toBeGreaterThan(0);
    expect(
      passed / of,
      all.failures.filter(text => text.startsWith(level)).join('\n'),
    ).toBeGreaterThanOrEqual(share);
  });
});
