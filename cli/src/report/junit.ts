import { positionFromOne, type FileReport, type Reporter } from './report.ts';

/** JUnit's XML, which most build servers show: a suite for each file, a failed case for each finding. */
export const junit: Reporter = reports => {
  const failures = reports.reduce((sum, { findings }) => sum + findings.length, 0);
  const tests = reports.reduce((sum, { findings }) => sum + Math.max(1, findings.length), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="stepwise" tests="${tests}" failures="${failures}">`,
    ...reports.map(suite),
    '</testsuites>',
    '',
  ].join('\n');
};

function suite({ path, analysis, findings }: FileReport): string {
  const name = escaped(path);
  const cases =
    findings.length === 0
      ? [`    <testcase classname="${name}" name="check"/>`]
      : findings.map(({ code, severity, message, start }) => {
          const { line, character } = positionFromOne(analysis, start);
          return [
            `    <testcase classname="${name}" name="${escaped(`${code} ${line}:${character}`)}">`,
            `      <failure type="${severity}" message="${escaped(message)}">${escaped(`${path}:${line}:${character} ${message}`)}</failure>`,
            '    </testcase>',
          ].join('\n');
        });
  const head = `  <testsuite name="${name}" tests="${cases.length}" failures="${findings.length}">`;
  return [head, ...cases, '  </testsuite>'].join('\n');
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // XML 1.0 has no other control characters, not even escaped.
      .replace(/(?![\t\n\r])\p{Cc}/gu, ' ')
  );
}
