import type { Analysis } from './analysis.ts';
import type { Finding } from './finding.ts';
import { rules } from './rules/all.ts';

/** Applies every rule; in the order of the file. */
export function check(analysis: Analysis): readonly Finding[] {
  const findings: Finding[] = analysis.syntax.problems.map(problem => ({
    code: `syntax/${problem.code}`,
    severity: 'error',
    message: problem.message,
    start: problem.start,
    end: problem.end,
  }));
  for (const machine of analysis.machines) {
    for (const rule of rules) {
      for (const found of rule.check(machine))
        findings.push({ severity: rule.severity, ...found, code: rule.code });
    }
  }
  return findings.sort((a, b) => a.start - b.start || b.end - a.end);
}
