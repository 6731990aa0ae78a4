import type { Severity } from '#core/analysis/finding.ts';
import { positionFromOne, type Reporter } from './report.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** Workflow commands of GitHub Actions: the findings appear at their lines in the pull request. */
export const github: Reporter = reports =>
  reports
    .flatMap(({ path, analysis, findings }) =>
      findings.map(({ code, severity, message, start, end }) => {
        const from = positionFromOne(analysis, start);
        const to = positionFromOne(analysis, end);
        const columns = from.line === to.line ? `,col=${from.character},endColumn=${to.character}` : '';
        const place = `file=${property(path)},line=${from.line},endLine=${to.line}${columns}`;
        return `::${commands[severity]} ${place},title=${property(code)}::${data(message)}\n`;
      }),
    )
    .join('');

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
