import { describe, expect, test } from 'vitest';
import { hasData } from './data.ts';
import { scoreTestState } from './testState.ts';

/**
 * Recorded calls of TestState. What may differ: the service catalogue has no lengths and ranges for the fields of a
 * mocked result, so only some are checked.
 */
describe.skipIf(!hasData('executions', 'teststate.json'))('recorded TestState calls', () => {
  test.each([
    ['T1', 0.95],
    ['T2', 0.99],
    ['T3', 0.95],
  ])('%s: at least %f of the cases', async (level, share) => {
    const { levels, failures } = await scoreTestState();
    const { passed, of } = levels[level] ?? { passed: 0, of: 0 };
    expect(of).toBeGreaterThan(0);
    expect(passed / of, failures.filter(text => text.startsWith(level)).join('\n')).toBeGreaterThanOrEqual(
      share,
    );
  });
});
