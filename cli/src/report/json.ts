import type { Analysis } from '#core/analysis/analysis.ts';
import { ruleOf } from '#core/analysis/check.ts';
import type { Span } from '#core/text/span.ts';
import { countBySeverity, positionFromOne, type Reporter } from './report.ts';

/** For programs: every finding with lines and columns from 1. */
export const json: Reporter = reports => {
  const findings = reports.flatMap(({ path, analysis, findings: found }) =>
    found.map(({ code, severity, message, state, aws, related, start, end }) => ({
      file: path,
      code,
      severity,
      message,
      ...range(analysis, { start, end }),
      ...(state !== undefined && { state }),
      ...(aws && { aws }),
      ...(related && {
        related: related.map(place => ({ message: place.message, ...range(analysis, place) })),
      }),
      link: ruleOf(code)?.link,
    })),
  );
  const files = reports.map(({ path }) => path);
  return `${JSON.stringify({ files, findings, counts: countBySeverity(reports) }, undefined, 2)}\n`;
};

function range(analysis: Analysis, { start, end }: Span): object {
  const from = positionFromOne(analysis, start);
  const to = positionFromOne(analysis, end);
  return { line: from.line, column: from.character, endLine: to.line, endColumn: to.character };
}
