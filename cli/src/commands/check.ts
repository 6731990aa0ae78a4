import { parseArgs } from 'node:util';
import { exitCode, UsageError, type Command, type Io } from '#cli/command.ts';
import { expandFiles, formatIn, isDefinitionName, loadConfiguration, readAsset } from '#cli/files.ts';
import { github } from '#cli/report/github.ts';
import { human } from '#cli/report/human.ts';
import { json } from '#cli/report/json.ts';
import { junit } from '#cli/report/junit.ts';
import type { FileReport, Reporter } from '#cli/report/report.ts';
import { sarif } from '#cli/report/sarif.ts';
import { analyze, type Analysis, type Knowledge } from '#core/analysis/analysis.ts';
import { check as findingsOf } from '#core/analysis/check.ts';
import type { Severity } from '#core/analysis/finding.ts';
import { parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import type { Source } from '#core/text/source.ts';

const reporters: Readonly<Record<string, Reporter>> = { human, json, sarif, junit, github };
const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** `stepwise check`: what is wrong in definitions, for people and for build servers. */
export const check: Command = {
  name: 'check',
  summary: 'find mistakes in definitions',
  help: `Usage: stepwise check [FILE|FOLDER|GLOB ...] [options]

Checks Amazon States Language in .asl.json and .asl.yaml files, in plain JSON and YAML files that hold
a state machine, and in SAM and CloudFormation templates. A folder stands for the definitions in it
(*.asl, *.asl.json, *.asl.yaml, *.asl.yml), - for standard input. Without arguments: the current folder.

  --format FORMAT    human (default), json, sarif, junit or github
  --severity LEVEL   report from this level on: error, warning (default), information or hint
  --type TYPE        STANDARD or EXPRESS, for files that do not say it
  --config FILE      the configuration, instead of the nearest stepwise.config.json
  --stdin-name NAME  what to call standard input; the ending tells JSON from YAML

stepwise.config.json sets severities, for the editor too:
  {"rules": {"task/no-timeout": "warning", "legacy": "off"}, "ignore": ["cdk.out/**"]}
A Comment in a definition silences a rule there: "stepwise-ignore parallel/single-branch"; in YAML also
a comment: # stepwise-ignore task/no-timeout.

Exit code: 0 when nothing is reported, 1 when something is, 2 when a file or option cannot be used.
`,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'human' },
        severity: { type: 'string', default: 'warning' },
        type: { type: 'string' },
        config: { type: 'string' },
        'stdin-name': { type: 'string', default: 'stdin.asl.json' },
      },
    });
    const reporter = oneOf('--format', values.format, Object.entries(reporters));
    const limit = oneOf(
      '--severity',
      values.severity,
      severities.map((severity, rank) => [severity, rank] as const),
    );
    const configuration = loadConfiguration('.', values.config);
    const knowledge: Knowledge = {
      services: servicesOfStepFunctions(),
      now: Date.now(),
      workflowType:
        values.type === undefined
          ? configuration.workflowType
          : oneOf('--type', values.type, [
              ['STANDARD', 'STANDARD'],
              ['EXPRESS', 'EXPRESS'],
            ] as const),
    };
    const places = positionals.length === 0 ? ['.'] : positionals;
    const names = await expandFiles(places, configuration.ignore);
    if (names.length === 0)
      io.err(
        `There are no definitions (*.asl, *.asl.json, *.asl.yaml, *.asl.yml) in ${places.join(', ')}.\n`,
      );
    const reports: FileReport[] = [];
    const unreadable: UsageError[] = [];
    for (const name of names) {
      const path = name === '-' ? values['stdin-name'] : name.replaceAll('\\', '/');
      const text = await io.read(name).catch(usageErrorIn);
      if (text instanceof UsageError) {
        unreadable.push(text);
        continue;
      }
      const analysis = read(path, text, knowledge, io);
      if (!analysis) continue;
      const findings = findingsOf(analysis, configuration).filter(
        ({ severity }) => severities.indexOf(severity) <= limit,
      );
      reports.push({ path, analysis, findings });
    }
    // One file that cannot be read does not hide what is wrong in the others.
    for (const { message } of unreadable) io.err(`stepwise check: ${message}\n`);
    if (unreadable.length > 0 && reports.length === 0) return exitCode.usage;
    io.out(reporter(reports, { colour: io.isTerminal && process.stdout.isTTY }));
    if (unreadable.length > 0) return exitCode.usage;
    return reports.some(({ findings }) => findings.length > 0) ? exitCode.found : exitCode.ok;
  },
};

/** What was thrown, if the command can say it and go on. */
function usageErrorIn(thrown: unknown): UsageError {
  if (thrown instanceof UsageError) return thrown;
  throw thrown;
}

/** Reads one file; `undefined` for one that holds no state machine and does not claim to. */
function read(path: string, text: string, knowledge: Knowledge, io: Io): Analysis | undefined {
  const source: Source = { uri: path, version: 1, format: formatIn(path, text), text };
  if (isDefinitionName(path)) return analyze({ ...source, role: 'definition' }, knowledge);
  const other = analyze({ ...source, role: 'other' }, knowledge);
  if (other.machines.length > 0) return other;
  // A broken or unfinished definition does not look like one to the sniffer, but says these words.
  if (/["']?StartAt["']?\s*:/.test(text) && !/\bResources["']?\s*:/.test(text)) {
    return analyze({ ...source, role: 'definition' }, knowledge);
  }
  io.err(`${path} holds no state machine.\n`);
  return undefined;
}

function servicesOfStepFunctions(): Knowledge['services'] {
  const text = readAsset('services/catalogue.txt');
  return text === undefined ? undefined : parseServiceCatalogue(text);
}

function oneOf<T>(option: string, given: string, choices: readonly (readonly [string, T])[]): T {
  const choice = choices.find(([name]) => name === given);
  if (!choice)
    throw new UsageError(`${option} takes ${choices.map(([name]) => name).join(', ')}, not '${given}'.`);
  return choice[1];
}
