import type { WorkflowType } from './analysis.ts';
import { isKnownCode, type CheckSettings } from './check.ts';
import type { Severity } from './finding.ts';

/**
 * What a project has decided on its definitions: `stepwise.config.json`, read by the editor and by `stepwise check`.
 *
 * `{"rules": {"task/no-timeout": "warning", "legacy": "off"}, "ignore": ["cdk.out/**"], "type": "EXPRESS"}`
 */
export interface Configuration extends CheckSettings {
  /** Glob patterns of files that are not checked, relative to the configuration file. */
  readonly ignore: readonly string[];
  /** Of state machines whose file does not say it. */
  readonly workflowType: WorkflowType | undefined;
}

export interface ReadConfiguration {
  readonly configuration: Configuration;
  /** What could not be understood, in words for people; it is left out of the configuration. */
  readonly problems: readonly string[];
}

/** The name of the file, looked for in the folder of a definition and those around it. */
export const configurationFile = 'stepwise.config.json';

const members: ReadonlySet<string> = new Set(['$schema', 'rules', 'ignore', 'type']);
const levels: ReadonlySet<unknown> = new Set(['error', 'warning', 'information', 'hint', 'off']);

/** Reads what `JSON.parse` gave. Never fails: what makes no sense is a problem, and as if it were not written. */
export function readConfiguration(value: unknown): ReadConfiguration {
  const problems: string[] = [];
  const root = objectOf(value);
  if (!root) problems.push('It must be an object.');
  for (const name of Object.keys(root ?? {})) {
    if (!members.has(name))
      problems.push(`There is no setting '${name}'. There are 'rules', 'ignore' and 'type'.`);
  }
  const severity = readRules(root?.['rules'], problems);
  const ignore = readIgnore(root?.['ignore'], problems);
  const type = root?.['type'];
  const isType = type === 'STANDARD' || type === 'EXPRESS';
  if (type !== undefined && !isType) problems.push(`'type' must be "STANDARD" or "EXPRESS".`);
  return { configuration: { severity, ignore, workflowType: isType ? type : undefined }, problems };
}

function readRules(value: unknown, problems: string[]): Readonly<Record<string, Severity | 'off'>> {
  if (value === undefined) return {};
  const entries = Object.entries(objectOf(value) ?? {});
  if (!objectOf(value)) problems.push(`'rules' must be an object of codes and severities.`);
  const rules: Record<string, Severity | 'off'> = {};
  for (const [code, level] of entries) {
    if (!isKnownCode(code)) problems.push(`There is no rule '${code}'.`);
    else if (!isLevel(level))
      problems.push(`The severity of '${code}' must be error, warning, information, hint or off.`);
    else rules[code] = level;
  }
  return rules;
}

function readIgnore(value: unknown, problems: string[]): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every(pattern => typeof pattern === 'string')) return value;
  problems.push(`'ignore' must be an array of glob patterns.`);
  return [];
}

function isLevel(value: unknown): value is Severity | 'off' {
  return levels.has(value);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
