import { ruleOf } from '#core/analysis/check.ts';
import type { Severity } from '#core/analysis/finding.ts';
import { positionFromOne, type Reporter } from './report.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, which code scanning of GitHub and others reads. */
export const sarif: Reporter = reports => {
  const codes = [...new Set(reports.flatMap(({ findings }) => findings.map(({ code }) => code)))].sort();
  const indexByCode = new Map(codes.map((code, index) => [code, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Stepwise', rules: codes.map(describe) } },
        columnKind: 'utf16CodeUnits',
        results: reports.flatMap(({ path, analysis, findings }) =>
          findings.map(({ code, severity, message, start, end }) => {
            const from = positionFromOne(analysis, start);
            const to = positionFromOne(analysis, end);
            return {
              ruleId: code,
              ruleIndex: indexByCode.get(code),
              level: levels[severity],
              message: { text: message },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: encodeURI(path) },
                    region: {
                      startLine: from.line,
                      startColumn: from.character,
                      endLine: to.line,
                      endColumn: to.character,
                    },
                  },
                },
              ],
            };
          }),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function describe(code: string): object {
  const rule = ruleOf(code);
  if (!rule) return { id: code };
  return {
    id: code,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.explanation, markdown: rule.explanation },
    defaultConfiguration: { level: levels[rule.severity] },
    helpUri: rule.link,
  };
}
