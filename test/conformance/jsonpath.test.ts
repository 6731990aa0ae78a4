import { expect, test } from 'vitest';
import { jsonPaths } from './jsonpath.ts';

const report = jsonPaths(process.env['STEPWISE_DATA'] ?? '../shared/data');

test.skipIf(report.total === 0)('every path has the answer that Jayway gives', () => {
  expect(report.failures).toEqual([]);
  expect(report.passed).toBe(report.total);
});
