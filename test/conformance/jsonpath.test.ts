import { expect, test } from 'vitest';
import { dataFolder } from './data.ts';
import { jsonPaths } from './jsonpath.ts';

const report = jsonPaths(dataFolder);

test.skipIf(report.total === 0)('every path has the answer that Jayway gives', () => {
  expect(report.failures).toEqual([]);
  expect(report.passed).toBe(report.total);
});
