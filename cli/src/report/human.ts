import type { Analysis } from '#core/analysis/analysis.ts';
import type { Finding, Severity } from '#core/analysis/finding.ts';
import { printableInLine } from '#cli/printable.ts';
import { countBySeverity, positionFromOne, type FileReport, type Reporter } from './report.ts';

/** For people: place, message and the line with a caret below, and how many there were at the end. */
export const human: Reporter = (reports, { colour }) => {
  const paint = colour ? inColour : plain;
  const blocks = reports.flatMap(report => report.findings.map(finding => block(report, finding, paint)));
  return [...blocks, summary(reports, paint)].join('\n');
};

type Paint = (text: string, style: keyof typeof styles) => string;

const styles = { error: 31, warning: 33, information: 36, hint: 90, bold: 1, dim: 90, ok: 32 } as const;

const plain: Paint = text => text;
const inColour: Paint = (text, style) => `\u001b[${styles[style]}m${text}\u001b[0m`;

function block({ path, analysis }: FileReport, finding: Finding, paint: Paint): string {
  const { line, character } = positionFromOne(analysis, finding.start);
  const head = `${paint(`${path}:${line}:${character}`, 'bold')} ${paint(finding.severity, finding.severity)} ${printableInLine(finding.message)} ${paint(finding.code, 'dim')}`;
  const number = String(line);
  const { text, from, length } = excerpt(analysis, finding);
  const margin = ' '.repeat(number.length);
  return [
    head,
    `  ${paint(`${number} |`, 'dim')} ${text}`,
    `  ${paint(`${margin} |`, 'dim')} ${' '.repeat(from)}${paint('^'.repeat(length), finding.severity)}`,
    ...(finding.related ?? []).map(place => {
      const at = positionFromOne(analysis, place.start);
      return `  ${margin}   ${paint(`${path}:${at.line}:${at.character}`, 'dim')} ${printableInLine(place.message)}`;
    }),
    '',
  ].join('\n');
}

/** Columns of the excerpt; longer lines are cut around the finding. */
const width = 100;

/** The finding's first line without its indentation, and where in it the caret stands. */
function excerpt(
  { source: { text }, lines }: Analysis,
  { start, end }: Finding,
): { text: string; from: number; length: number } {
  const { line } = lines.positionAt(start);
  const lineStart = lines.lineStart(line);
  const lineEnd = lines.offsetAt({ line, character: Infinity });
  const indentation = indentationAt(text, lineStart, start);
  const first = lineStart + indentation;
  const from = lineEnd - first <= width ? first : Math.max(first, start - Math.floor(width / 2));
  const to = Math.min(lineEnd, from + width);
  const shown = printableInLine(text.slice(from, to).replaceAll('\t', ' '));
  const prefix = from > first ? '…' : '';
  return {
    text: `${prefix}${shown}${to < lineEnd ? '…' : ''}`,
    from: prefix.length + start - from,
    length: Math.max(1, Math.min(end, to) - start),
  };
}

/** Blanks at the beginning of a line, up to a place in it; the line may be all of a large file. */
function indentationAt(text: string, lineStart: number, end: number): number {
  let at = lineStart;
  while (at < end && /\s/.test(text.charAt(at))) at++;
  return at - lineStart;
}

function summary(reports: readonly FileReport[], paint: Paint): string {
  const counts = countBySeverity(reports);
  const files = `${reports.length} ${reports.length === 1 ? 'file' : 'files'}`;
  const found = (['error', 'warning', 'information', 'hint'] as const)
    .filter(severity => counts[severity] > 0)
    .map(severity => paint(`${counts[severity]} ${plural(severity, counts[severity])}`, severity));
  return found.length === 0
    ? `${paint('No findings', 'ok')} in ${files}.\n`
    : `${found.join(', ')} in ${files}.\n`;
}

function plural(severity: Severity, count: number): string {
  if (severity === 'information') return count === 1 ? 'note' : 'notes';
  return count === 1 ? severity : `${severity}s`;
}
