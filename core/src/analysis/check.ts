import { atOnce } from '#core/atOnce.ts';
import { say, type Message } from '#core/text/message.ts';
import type { Analysis } from './analysis.ts';
import { checkMocks } from './checkMocks.ts';
import { checkTests } from './checkTests.ts';
import { suppressionsIn, type Suppression } from './directives.ts';
import { findingInWords, type Finding, type Severity } from './finding.ts';
import type { Rule, RuleFinding } from './rule.ts';
import { rules } from './rules/all.ts';

/** What the user has chosen; the editor's settings and the configuration file of `stepwise check` are this. */
export interface CheckSettings {
  /** By code (`task/no-timeout`) or group (`task` or `task/*`); the exact code wins. */
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
}

/** Applies every rule; in the order of the file. */
export function check(analysis: Analysis, settings: CheckSettings = {}): readonly Finding[] {
  return atOnce(checkInSteps(analysis, settings));
}

/** The same with a pause after each rule, for hosts that have other things to do. */
export function* checkInSteps(
  analysis: Analysis,
  settings: CheckSettings = {},
): Generator<undefined, readonly Finding[]> {
  const findings = yield* findInSteps(analysis, settings);
  return findings.map(finding => findingInWords(finding, analysis.translate));
}

function* findInSteps(
  analysis: Analysis,
  settings: CheckSettings,
): Generator<undefined, readonly Finding<Message>[]> {
  if (analysis.source.role === 'mocks') return checkMocks(analysis);
  if (analysis.source.role === 'tests') return checkTests(analysis);
  const findings: Finding<Message>[] = [];
  for (const rule of rules) {
    if (isOff(rule, settings)) continue;
    if (rule.checkFile) collect(rule, rule.checkFile(analysis), settings, findings);
    for (const machine of analysis.machines) collect(rule, rule.check(machine), settings, findings);
    yield;
  }
  const suppressions = suppressionsIn(analysis);
  findings.push(...unknownCodes(suppressions));
  return findings
    .filter(finding => !suppressions.some(suppression => silences(suppression, finding)))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The rule that finds under this code, be it the rule's own or one of its variants. */
export function ruleOf(code: string): Rule | undefined {
  return ruleByCode.get(code);
}

const ruleByCode: ReadonlyMap<string, Rule> = new Map(
  rules.flatMap(rule => [rule.code, ...(rule.variants ?? [])].map(code => [code, rule] as const)),
);

const groups: ReadonlySet<string> = new Set([...ruleByCode.keys()].map(groupOf));

/** Whether a setting or suppression may name it: a code, a variant, or a group such as `task` or `task/*`. */
export function isKnownCode(code: string): boolean {
  if (!code.includes('/')) return groups.has(code);
  return code.endsWith('/*') ? groups.has(groupOf(code)) : ruleByCode.has(code);
}

/** What the settings make of a finding that stands under this code; `undefined` where they say nothing of it. */
export function configuredSeverity(code: string, settings: CheckSettings): Severity | 'off' | undefined {
  const { severity } = settings;
  if (!severity) return undefined;
  const group = groupOf(code);
  return (
    severity[code] ??
    severity[ruleByCode.get(code)?.code ?? code] ??
    severity[`${group}/*`] ??
    severity[group]
  );
}

function groupOf(code: string): string {
  return code.slice(0, code.indexOf('/'));
}

function isOff(rule: Rule, settings: CheckSettings): boolean {
  if (!settings.severity) return false;
  return [rule.code, ...(rule.variants ?? [])].every(code => configuredSeverity(code, settings) === 'off');
}

function collect(
  rule: Rule,
  found: Iterable<RuleFinding>,
  settings: CheckSettings,
  findings: Finding<Message>[],
): void {
  for (const finding of found) {
    const code = finding.code ?? rule.code;
    const severity = configuredSeverity(code, settings) ?? finding.severity ?? rule.severity;
    if (severity !== 'off') findings.push({ ...finding, code, severity });
  }
}

function silences(suppression: Suppression, finding: Finding<Message>): boolean {
  const { code, scope } = suppression;
  if (finding.start < scope.start || finding.start >= scope.end) return false;
  if (code.endsWith('/*')) return groupOf(code) === groupOf(finding.code);
  return code === finding.code || code === ruleOf(finding.code)?.code;
}

function unknownCodes(suppressions: readonly Suppression[]): Finding<Message>[] {
  return suppressions
    .filter(({ code }) => !isKnownCode(code))
    .map(({ code, place }) => ({
      ...place,
      code: 'stepwise/unknown-rule',
      severity: 'hint',
      message: say`There is no rule '${code}' to ignore.`,
    }));
}
