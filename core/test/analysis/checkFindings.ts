import { analyze, type Knowledge } from '#core/analysis/analysis.ts';
import { check, type CheckSettings } from '#core/analysis/check.ts';
import type { Finding } from '#core/analysis/finding.ts';
import type { Format } from '#core/text/source.ts';
import { expect } from 'vitest';

export interface CheckOptions {
  readonly format?: Format;
  readonly knowledge?: Knowledge;
  readonly settings?: CheckSettings;
  /** Only rules whose code begins so are looked at: `wait/`, `graph/unreachable`. */
  readonly only?: string | readonly string[];
}

/**
 * Checks that the findings of a definition are those drawn under its lines, and no others.
 *
 * A drawing is a comment line with carets below the text they mark, then code and message:
 *
 *     "Seconds": -1
 *     //         ^^ wait/seconds-negative: 'Seconds' must be a whole number from 0 to 99999999, not -1.
 *
 * A message may be left out or cut short with `…`; a severity other than the error is told in brackets,
 * `^^ [warning] task/no-timeout`. Several drawings for one line follow each other. YAML draws behind `#`.
 */
export function checkFindings(drawn: string, options: CheckOptions = {}): void {
  const lines = drawn.replace(/^\n/, '').split('\n');
  const text = lines.filter(line => !isDrawing(line)).join('\n');
  const found = findingsOf(text, options);
  const marked: string[] = [];
  let lineNumber = -1;
  for (const line of lines) {
    if (isDrawing(line)) marked.push(expectedLine(line, lineNumber, found, text));
    else lineNumber++;
  }
  expect(found.map(finding => describe(finding, text)).toSorted()).toEqual(marked.toSorted());
}

/** The findings of a text, of the rules that `options.only` names. */
export function findingsOf(text: string, options: CheckOptions = {}): readonly Finding[] {
  const source = { uri: 'test.asl', version: 1, format: options.format ?? ('json' as const), text };
  const only = typeof options.only === 'string' ? [options.only] : options.only;
  return check(analyze(source, options.knowledge), options.settings).filter(
    ({ code }) => only === undefined || only.some(prefix => code.startsWith(prefix)),
  );
}

/** The smallest state machine around one state. */
export function machineWith(state: string, root = ''): string {
  return `{"StartAt":"A",${root}"States":{"A":${state},"Z":{"Type":"Succeed"}}}`;
}

function isDrawing(line: string): boolean {
  return /^\s*(?:\/\/|#)\s*\^/.test(line);
}

function describe(finding: Finding, text: string): string {
  const before = text.slice(0, finding.start);
  const line = before.split('\n').length - 1;
  const column = finding.start - (before.lastIndexOf('\n') + 1);
  const mark = severityMark(finding);
  return `${line}:${column}+${finding.end - finding.start} ${mark}${finding.code}: ${finding.message}`;
}

function severityMark({ severity }: Finding): string {
  return severity === 'error' ? '' : `[${severity}] `;
}

/** The drawing in the form of `describe`; what it leaves open is taken from the finding it means. */
function expectedLine(drawing: string, line: number, found: readonly Finding[], text: string): string {
  const column = drawing.indexOf('^');
  const carets = /\^+/.exec(drawing)?.[0] ?? '';
  const label = drawing.slice(column + carets.length).trim();
  const place = `${line}:${column}+${carets.length}`;
  const beginning = label.endsWith('…') ? label.slice(0, -1) : label;
  const match = found
    .filter(finding => describe(finding, text).startsWith(`${place} `))
    .find(finding => {
      const told = `${severityMark(finding)}${finding.code}: ${finding.message}`;
      const code = `${severityMark(finding)}${finding.code}`;
      return told === label || code === label || (label.endsWith('…') && told.startsWith(beginning));
    });
  return match ? describe(match, text) : `${place} ${label}`;
}
