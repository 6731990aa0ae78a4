import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze, type WorkflowType } from '#core/analysis/analysis.ts';
import type { Finding } from '#core/analysis/finding.ts';
import { parseServiceCatalogue, type ServiceCatalogue } from '#core/language/services/catalogue.ts';
import { formatOf, type Source } from '#core/text/source.ts';
import { dataFolder } from './data.ts';

/*
 * Definitions with a known verdict, laid out as `definitions/index.json` (label, source, expected rule),
 * `executions/validation.json` (what ValidateStateMachineDefinition and CreateStateMachine said) and
 * `executions/cases` (machines that AWS accepted and ran).
 */

export interface Knowledge {
  readonly services?: ServiceCatalogue;
}

export interface Count {
  passed: number;
  total: number;
}

/** A file that was judged wrongly, and how. */
export interface Failure {
  readonly id: string;
  readonly difference: string;
}

export interface DefinitionsReport {
  /** valid: no error. invalid: an error, and where a rule is expected, that one and no other error. lint: the rule. */
  readonly byLabel: Record<string, Count>;
  /** `valid workflows-collection` … */
  readonly bySource: Record<string, Count>;
  /** Handmade examples, by group of rules. */
  readonly byGroup: Record<string, Count>;
  /** V1: accepted or refused; V2: with AWS's code and location; V3: with its message. */
  readonly validation: Record<'V1' | 'V2' | 'V3', Count>;
  /** Machines that AWS ran: no error. */
  readonly executed: Count;
  readonly failures: readonly Failure[];
  /** How often each rule spoke on valid definitions, for a look at the noisiest. */
  readonly warningsOnValid: Record<string, number>;
  /** Valid files with more than two warnings. */
  readonly noisy: readonly Failure[];
}

/**
 * Whether a failure is one that has to be: there are two recordings of one sentence about Express workflows, and in
 * this one it ends with a blank.
 */
export function knownToDiffer({ id }: Failure): boolean {
  return (
    id ===
    'V3 sfn_api_validation::test_validate_state_machine_definition_type_express[ILLEGAL_WFTT]#validation_response'
  );
}

interface IndexEntry {
  readonly file: string;
  readonly label: 'valid' | 'invalid' | 'lint';
  readonly expectedRule: string | null;
}

/** Judges every definition below `data` that is there; a part that is absent counts nothing. */
export async function definitions(data: string, knowledge: Knowledge = {}): Promise<DefinitionsReport> {
  const report: DefinitionsReport & { failures: Failure[]; noisy: Failure[] } = {
    byLabel: {},
    bySource: {},
    byGroup: {},
    validation: { V1: count(), V2: count(), V3: count() },
    executed: count(),
    failures: [],
    warningsOnValid: {},
    noisy: [],
  };
  judgeFiles(path.join(data, 'definitions'), knowledge, report);
  await judgeValidation(path.join(data, 'executions'), knowledge, report);
  judgeExecuted(path.join(data, 'executions', 'cases'), knowledge, report);
  return report;
}

type OpenReport = DefinitionsReport & { failures: Failure[]; noisy: Failure[] };

function count(): Count {
  return { passed: 0, total: 0 };
}

function add(counts: Record<string, Count>, name: string, passed: boolean): void {
  const counted = (counts[name] ??= count());
  counted.total++;
  if (passed) counted.passed++;
}

function judgeFiles(folder: string, knowledge: Knowledge, report: OpenReport): void {
  const index = path.join(folder, 'index.json');
  if (!existsSync(index)) return;
  for (const entry of JSON.parse(readFileSync(index, 'utf8')) as IndexEntry[]) {
    const text = readFileSync(path.join(folder, entry.file), 'utf8');
    // What Express refuses is only wrong in an Express workflow; the definition cannot say that it is one.
    const workflowType = entry.expectedRule?.startsWith('express/') === true ? 'EXPRESS' : undefined;
    const found = findings(entry.file, text, knowledge, workflowType);
    const difference = differenceOf(entry, found);
    add(report.byLabel, entry.label, difference === undefined);
    add(report.bySource, `${entry.label} ${entry.file.split('/')[1] ?? ''}`, difference === undefined);
    if (entry.expectedRule !== null && entry.label !== 'valid') {
      add(report.byGroup, entry.expectedRule.split('/')[0] ?? '', difference === undefined);
    }
    if (difference !== undefined) report.failures.push({ id: entry.file, difference });
    if (entry.label === 'valid') countWarnings(entry.file, found, report);
  }
}

function countWarnings(id: string, found: readonly Finding[], report: OpenReport): void {
  for (const { code } of found) report.warningsOnValid[code] = (report.warningsOnValid[code] ?? 0) + 1;
  const warnings = found.filter(({ severity }) => severity === 'warning');
  if (warnings.length > 2) {
    report.noisy.push({ id, difference: warnings.map(({ code }) => code).join(', ') });
  }
}

function findings(
  file: string,
  text: string,
  knowledge: Knowledge,
  workflowType: WorkflowType | undefined,
): readonly Finding[] {
  const source: Source = { uri: file, version: 1, format: formatOf(file), text };
  return analyze(source, { ...knowledge, workflowType, now: Date.now() }).findings;
}

function differenceOf(entry: IndexEntry, found: readonly Finding[]): string | undefined {
  const errors = found.filter(({ severity }) => severity === 'error');
  const rule = entry.expectedRule;
  switch (entry.label) {
    case 'valid':
      return errors.length === 0 ? undefined : `errors: ${list(errors)}`;
    case 'lint':
      if (found.some(({ code }) => rule !== null && isRule(code, rule))) return undefined;
      return `${rule ?? ''} did not fire; found: ${list(found)}`;
    case 'invalid':
      if (errors.length === 0) return `no error; found: ${list(found)}`;
      if (rule === null || errors.every(({ code }) => isRule(code, rule))) return undefined;
      return `${rule} expected; errors: ${list(errors)}`;
  }
}

/** Some entries name the rule without its group. */
function isRule(code: string, expected: string): boolean {
  return code === expected || code.endsWith(`/${expected}`);
}

function list(found: readonly Finding[]): string {
  const texts = found.slice(0, 5).map(({ code, message }) => `${code}: ${message}`);
  return found.length === 0 ? '(nothing)' : texts.join(' | ');
}

interface ValidationCase {
  readonly id: string;
  readonly type: WorkflowType;
  readonly definitionText: string;
}

interface Level {
  readonly pass: boolean | null;
  readonly diffs: readonly string[];
}

interface Comparator {
  compareValidation(input: { case: ValidationCase; actual: { diagnostics: readonly object[] } }): {
    readonly levels: Readonly<Record<'V1' | 'V2' | 'V3', Level>>;
  };
}

async function judgeValidation(folder: string, knowledge: Knowledge, report: OpenReport): Promise<void> {
  const file = path.join(folder, 'validation.json');
  if (!existsSync(file)) return;
  const comparator = (await import(path.resolve(folder, 'compare.mjs'))) as Comparator;
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly ValidationCase[] };
  for (const validation of cases) {
    const found = findings('definition.asl.json', validation.definitionText, knowledge, validation.type);
    const diagnostics = found
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message, aws }) => ({ code, message, ...aws, severity: 'ERROR' }));
    const { levels } = comparator.compareValidation({ case: validation, actual: { diagnostics } });
    for (const level of ['V1', 'V2', 'V3'] as const) {
      const { pass, diffs } = levels[level];
      if (pass === null) continue;
      add(report.validation, level, pass);
      if (!pass) report.failures.push({ id: `${level} ${validation.id}`, difference: diffs[0] ?? '' });
    }
  }
}

interface ExecutionCase {
  readonly id: string;
  readonly definition: unknown;
  readonly type?: WorkflowType;
}

function judgeExecuted(folder: string, knowledge: Knowledge, report: OpenReport): void {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
    const read = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as
      { cases: readonly ExecutionCase[] } | readonly ExecutionCase[] | ExecutionCase;
    const cases = Array.isArray(read) ? read : 'cases' in read ? read.cases : [read as ExecutionCase];
    for (const execution of cases as readonly ExecutionCase[]) {
      if (typeof execution.definition !== 'object') continue;
      const text = JSON.stringify(execution.definition, undefined, 2);
      const errors = findings('definition.asl.json', text, knowledge, execution.type).filter(
        ({ severity }) => severity === 'error',
      );
      report.executed.total++;
      if (errors.length === 0) report.executed.passed++;
      else report.failures.push({ id: `executed ${execution.id}`, difference: `errors: ${list(errors)}` });
    }
  }
}

/** What `npm run conformance` prints of the definitions; with `--verbose` each wrong judgement too. */
export async function score(): Promise<{
  readonly counts: Omit<DefinitionsReport, 'failures' | 'noisy' | 'warningsOnValid'>;
  readonly failures: readonly Failure[];
}> {
  const catalogue = path.join(import.meta.dirname, '../../assets/services/catalogue.txt');
  const services = parseServiceCatalogue(readFileSync(catalogue, 'utf8'));
  const {
    failures,
    noisy: _noisy,
    warningsOnValid: _warnings,
    ...counts
  } = await definitions(dataFolder, { services });
  if (process.argv.includes('--verbose')) {
    for (const { id, difference } of failures) console.error(`definitions ${id}: ${difference}`);
  }
  return { counts, failures };
}
