import { isKnownCode } from '#core/analysis/check.ts';
import { structureRules } from '#core/analysis/rules/structureRules.ts';
import { expect, test, describe } from 'vitest';
import { findingsOf } from '../checkFindings.ts';
import { catalogue } from '../../language/services/assets.ts';

const knowledge = { services: catalogue, now: Date.parse('2026-01-01T00:00:00Z') };

describe('every rule finds what its example shows', () => {
  for (const rule of structureRules) {
    if (rule.example === '') continue;
    test(rule.code, () => {
      const codes = [rule.code, ...(rule.variants ?? [])];
      const found = findingsOf(rule.example, { knowledge });
      expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining([expect.toBeOneOf(codes)]));
      if (rule.severity !== 'error') return;
      const others = found.filter(({ code, severity }) => severity === 'error' && !codes.includes(code));
      expect(others, 'no other error follows from it').toEqual([]);
    });
  }
});

test('codes are written group/rule, and no two rules share one', () => {
  const codes = structureRules.flatMap(({ code, variants }) => [...new Set([code, ...(variants ?? [])])]);
  for (const code of codes) expect(code).toMatch(/^[a-z]+\/[A-Za-z0-9.$-]+$/);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test('every code of a finding is known to settings and suppressions', () => {
  for (const { example } of structureRules) {
    for (const { code } of findingsOf(example, { knowledge })) expect(isKnownCode(code), code).toBe(true);
  }
});
