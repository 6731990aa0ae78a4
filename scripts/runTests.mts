/**
 * Runs every kind of test, one stage after the other, and sums them up in one line.
 *
 *   node scripts/runTests.mts [STAGE …]
 *
 * All stages run even when an earlier one failed, so that one run shows everything that is wrong.
 */
import { type WriteStream, createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { UserError, onCleanup, runMain } from '#test/host/cleanup.ts';
import { outputRoot, projectRoot } from '#test/host/paths.ts';
import { killGroup } from '#test/host/process.ts';

/** A group of tests that one command runs. */
interface Stage {
  readonly name: string;
  readonly shows: string;
  readonly command: readonly string[];
  /** Minutes after which the stage is killed and counts as failed. */
  readonly limit: number;
  /** How often it is tried: stages that drive a whole editor may lose a race with its start-up. The summary tells. */
  readonly tries?: number;
  /** File in vitest's JSON format; other stages end with a line of counts, or are one test themselves. */
  readonly report?: string;
}

/** How many tests ended how. */
interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface StageResult {
  readonly stage: Stage;
  readonly counts: Counts;
  readonly seconds: number;
  /** Why it failed as a whole or did not run. */
  readonly note?: string;
}

const logs = path.join(outputRoot, 'test');
const node = process.execPath;
const npmScript = (name: string): readonly string[] => ['npm', 'run', '--silent', name];
const vitest = (name: string, ...args: string[]): Pick<Stage, 'command' | 'report'> => {
  const report = path.join(logs, `${name}.json`);
  return {
    command: [
      node,
      'node_modules/vitest/vitest.mjs',
      'run',
      ...args,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    report,
  };
};

const stages: readonly Stage[] = [
  {
    name: 'types',
    shows: 'every layer compiles and imports downwards only',
    command: npmScript('types'),
    limit: 5,
  },
  { name: 'lint', shows: 'lint rules', command: npmScript('lint'), limit: 5 },
  { name: 'format', shows: 'formatting', command: npmScript('format:check'), limit: 5 },
  {
    name: 'docs',
    shows: 'generated pages say what rules and manifest say',
    command: npmScript('docs:check'),
    limit: 5,
  },
  { name: 'unit', shows: 'the pure layers', ...vitest('unit'), limit: 10 },
  {
    name: 'conformance',
    shows: 'what AWS answered',
    command: [node, 'test/conformance/run.ts', '--counts'],
    limit: 10,
  },
  {
    name: 'build',
    shows: 'all bundles, the browser ones without Node',
    command: [node, 'scripts/build.mts', '--production'],
    limit: 5,
  },
  {
    name: 'audit',
    shows: 'licences and known vulnerabilities of what ships',
    command: [node, 'scripts/audit.mts'],
    limit: 5,
  },
  {
    name: 'protocol',
    shows: 'server and adapter, each as a process',
    ...vitest('protocol', '--config', 'test/protocol/vitest.config.ts'),
    limit: 10,
  },
  {
    name: 'graph',
    shows: "the graph's page in Chromium",
    ...vitest('graph', '--config', 'test/graph/vitest.config.ts'),
    limit: 15,
    tries: 2,
  },
  {
    name: 'package',
    shows: 'the .vsix holds what it should',
    command: [node, 'scripts/package.mts', '--built'],
    limit: 5,
  },
  {
    name: 'inhost',
    shows: 'the vscode API, in Node',
    command: [node, 'test/inHost/run.ts'],
    limit: 12,
    tries: 2,
  },
  {
    name: 'inhost-web',
    shows: 'the vscode API, in a web worker',
    command: [node, 'test/inHost/run.ts', 'web', '--packaged'],
    limit: 12,
    tries: 2,
  },
  {
    name: 'inhost-oldest',
    shows: 'the vscode API of the oldest VS Code that we promise, the .vsix',
    command: [node, 'test/inHost/run.ts', 'oldest', '--packaged'],
    limit: 12,
    tries: 2,
  },
  {
    name: 'e2e-unpacked',
    shows: 'a user at the screen, this folder',
    command: [node, 'test/e2e/run.ts'],
    limit: 25,
  },
  {
    name: 'e2e',
    shows: 'a user at the screen, the .vsix',
    command: [node, 'test/e2e/run.ts', '--packaged'],
    limit: 15,
  },
  {
    name: 'e2e-web',
    shows: 'a user at the screen, the .vsix without a server',
    command: [node, 'test/e2e/run.ts', 'web', '--packaged'],
    limit: 15,
  },
];

/** What a user sees in the oldest VS Code; not part of a plain run, which would take longer for it. */
const furtherStages: readonly Stage[] = [
  {
    name: 'e2e-oldest',
    shows: 'a user at the screen of the oldest VS Code',
    command: [node, 'test/e2e/run.ts', 'oldest', '--packaged'],
    limit: 12,
  },
];

/** A line with nothing but counts; the last one of the whole run is ours, those of stages are swallowed. */
const countsLine = /^(\d+) passed, (\d+) failed, (\d+) skipped$/;

await runMain(async () => {
  mkdirSync(logs, { recursive: true });
  const results: StageResult[] = [];
  for (const stage of chosenStages(process.argv.slice(2))) {
    console.log(`\n== ${stage.name}: ${stage.shows}`);
    results.push(await runStageWithTries(stage));
  }
  return report(results);
});

function chosenStages(names: readonly string[]): readonly Stage[] {
  if (names.length === 0) return stages;
  const known = [...stages, ...furtherStages];
  const unknown = names.find(name => !known.some(stage => stage.name === name));
  if (unknown !== undefined) {
    throw new UserError(`No test stage '${unknown}'. Stages: ${known.map(stage => stage.name).join(', ')}`);
  }
  return known.filter(stage => names.includes(stage.name));
}

async function runStageWithTries(stage: Stage): Promise<StageResult> {
  const tries = stage.tries ?? 1;
  for (let attempt = 1; ; attempt++) {
    const result = await runStage(stage);
    if (result.counts.failed === 0 && attempt > 1) return { ...result, note: `at try ${attempt}` };
    if (result.counts.failed === 0 || attempt >= tries) return result;
    console.log(`\n== ${stage.name} once more: ${result.counts.failed} failed`);
  }
}

async function runStage(stage: Stage): Promise<StageResult> {
  if (stage.report !== undefined) rmSync(stage.report, { force: true });
  const started = performance.now();
  const ended = await runCommand(stage);
  const seconds = (performance.now() - started) / 1000;
  const counts = ended.counts ?? reportedCounts(stage) ?? { passed: 1, failed: 0, skipped: 0 };
  if (ended.code === 0) return { stage, counts, seconds };
  const note = ended.code === 'timeout' ? `killed after ${stage.limit} minutes` : `exit code ${ended.code}`;
  // A stage that fails without a failing test (it crashed, or is one test itself) counts as one failure.
  const failed = Math.max(1, counts.failed);
  return {
    stage,
    counts: {
      ...counts,
      passed: ended.counts === undefined && stage.report === undefined ? 0 : counts.passed,
      failed,
    },
    seconds,
    note,
  };
}

/** Runs the command, showing its output and keeping it in a file. */
async function runCommand(stage: Stage): Promise<{ code: number | 'timeout'; counts: Counts | undefined }> {
  const [command = '', ...args] = stage.command;
  const log = createWriteStream(path.join(logs, `${stage.name}.log`));
  const child = spawn(command, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    // Tools that start `node` by name get the one that runs this.
    env: {
      ...process.env,
      PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH']}`,
      NO_COLOR: '1',
    },
  });
  const forget = onCleanup(() => killGroup(child));
  let counts: Counts | undefined;
  createInterface(child.stdout).on('line', line => {
    const match = countsLine.exec(line.trim());
    if (match === null) show(log, line);
    else counts = { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3]) };
  });
  createInterface(child.stderr).on('line', line => show(log, line));
  let timer: NodeJS.Timeout | undefined;
  const code = await new Promise<number | 'timeout'>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', exitCode => resolve(exitCode ?? 1));
    timer = setTimeout(() => resolve('timeout'), stage.limit * 60_000);
  });
  clearTimeout(timer);
  await forget();
  log.end();
  return { code, counts };
}

function show(log: WriteStream, line: string): void {
  console.log(line);
  log.write(`${line}\n`);
}

function reportedCounts(stage: Stage): Counts | undefined {
  if (stage.report === undefined || !existsSync(stage.report)) return undefined;
  const report: unknown = JSON.parse(readFileSync(stage.report, 'utf8'));
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report as Record<string, number>;
  return {
    passed: numPassedTests ?? 0,
    failed: numFailedTests ?? 0,
    skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
  };
}

function report(results: readonly StageResult[]): number {
  console.log('\n== summary');
  for (const { stage, counts, seconds, note } of results) {
    const mark = counts.failed > 0 ? 'FAILED' : counts.passed > 0 ? 'ok' : 'skipped';
    const line = `${mark.padEnd(8)}${stage.name.padEnd(14)}${seconds.toFixed(1).padStart(7)} s  ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
    console.log(note === undefined ? line : `${line} (${note})`);
  }
  const sum = (kind: keyof Counts): number => results.reduce((total, { counts }) => total + counts[kind], 0);
  const failed = sum('failed');
  console.log(`\n${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`);
  return failed === 0 ? 0 : 1;
}
