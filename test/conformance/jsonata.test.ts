import { expect, test } from 'vitest';
import { dataFolder } from './data.ts';
import { jsonataGroups } from './jsonata.ts';

const score = jsonataGroups(dataFolder);

test.skipIf(score.total.of === 0)('the groups of the jsonata package pass', () => {
  expect(score.failures).toEqual([]);
  expect(score.total.passed / score.total.of).toBeGreaterThanOrEqual(0.99);
});
