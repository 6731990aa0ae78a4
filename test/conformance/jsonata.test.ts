import { expect, test } from 'vitest';
import { dataFolder } from './data.ts';
import { jsonataGroups } from './jsonata.ts';

const score = jsonataGroups(dataFolder);

/**
 * Where Step Functions' JSONata 2.0 and the cases, which are of a later version, part: the cases
 * are the package's, so we differ from them on purpose.
 */
const LATER_VERSIONS = [
  // 2.0 writes every number with 15 digits; later versions write integers in full.
  'function-string/case030.json',
  // 2.0 reads the digits after the point as milliseconds, however many there are.
  'function-tomillis/parseDateTime.json',
];

test.skipIf(score.total.of === 0)(
  'the groups of the jsonata package pass, but for what later versions changed',
  () => {
    const unexplained = score.failures.filter(failure => !LATER_VERSIONS.some(id => failure.startsWith(id)));
    expect(unexplained).toEqual([]);
    expect(score.total.passed / score.total.of).toBeGreaterThanOrEqual(0.99);
  },
);
