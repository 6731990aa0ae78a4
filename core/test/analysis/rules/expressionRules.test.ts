import { expressionRules } from '#core/analysis/rules/expressionRules.ts';
import { expect, test } from 'vitest';
import { findingsOf } from '../checkFindings.ts';

test.each(expressionRules.map(rule => [rule.code, rule] as const))('%s finds its own example', (_, rule) => {
  const found = findingsOf(rule.example);
  const own = found.filter(({ code }) => code === rule.code || rule.variants?.includes(code));
  expect(own.length, JSON.stringify(found)).toBeGreaterThan(0);
  const others = found.filter(finding => finding.severity === 'error' && !own.includes(finding));
  expect(others).toEqual([]);
});

test('codes are unique and of the form group/rule', () => {
  const codes = expressionRules.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
});

test('all say what to do, in sentences', () => {
  for (const { code, summary, explanation, link } of expressionRules) {
    expect(summary, code).toMatch(/^\S.*\.$/);
    expect(explanation, code).toMatch(/\.$/);
    expect(link, code).toMatch(/^https:/);
  }
});
