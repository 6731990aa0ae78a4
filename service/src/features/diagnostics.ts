import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { configuredSeverity, ruleOf } from '#core/analysis/check.ts';
import type { Finding, Severity } from '#core/analysis/finding.ts';
import { toRange } from '#service/toLsp.ts';

/** What the user has decided on findings. */
export interface DiagnosticOptions {
  readonly enable: boolean;
  /** By code (`graph/unreachable-state`), by the rule that finds it, or by group (`graph`); the most exact wins. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
}

/** The findings of a file, at the severities the user has chosen. */
export function diagnostics(analysis: Analysis, options: DiagnosticOptions): Diagnostic[] {
  if (!options.enable) return [];
  return analysis.findings.flatMap(finding => {
    const severity = severityOf(finding, options);
    return severity === 'off' ? [] : [toDiagnostic(analysis, finding, severity)];
  });
}

/** A finding as the editor shows it. */
export function toDiagnostic(analysis: Analysis, finding: Finding, severity: Severity): Diagnostic {
  const link = ruleOf(finding.code)?.link;
  return {
    source: 'stepwise',
    code: finding.code,
    severity: severities[severity],
    message: finding.message,
    range: toRange(analysis, finding),
    ...(link !== undefined && { codeDescription: { href: link } }),
    ...(finding.tags && { tags: finding.tags.map(tag => tags[tag]) }),
    ...(finding.related && {
      relatedInformation: finding.related.map(place => ({
        message: place.message,
        location: { uri: analysis.source.uri, range: toRange(analysis, place) },
      })),
    }),
  };
}

/** How loudly the user wants the finding shown. */
export function severityOf(finding: Finding, options: DiagnosticOptions): Severity | 'off' {
  return configuredSeverity(finding.code, { severity: options.rules }) ?? finding.severity;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;
