import type { Analysis } from '#core/analysis/analysis.ts';
import type { Finding, Severity } from '#core/analysis/finding.ts';
import type { Position } from '#core/text/lineMap.ts';

/** What was found in one file. */
export interface FileReport {
  /** As the user named it, with forward slashes. */
  readonly path: string;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
}

/** Writes reports down; what is returned goes to standard output as it is. */
export type Reporter = (reports: readonly FileReport[], options: ReportOptions) => string;

export interface ReportOptions {
  readonly colour: boolean;
}

/** Line and column as people and other tools count them: from 1. */
export function positionFromOne(analysis: Analysis, offset: number): Position {
  const { line, character } = analysis.lines.positionAt(offset);
  return { line: line + 1, character: character + 1 };
}

/** How many findings of each severity. */
export function countBySeverity(reports: readonly FileReport[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { findings } of reports) for (const { severity } of findings) counts[severity]++;
  return counts;
}
