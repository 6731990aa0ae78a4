/**
 * Runs the in-host tests.
 *
 *   node test/inHost/run.ts [newest|oldest|web] [--packaged] [--grep TEXT]
 *
 * `web` runs them in a web worker, without a server. `--packaged` tests the .vsix instead of this folder.
 * `--grep` runs the tests whose names hold a text; not with `web`.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '#test/host/browser.ts';
import { runMain } from '#test/host/cleanup.ts';
import { startCodeServer } from '#test/host/codeServer.ts';
import { runInHost, runInWebHost } from '#test/host/inHost.ts';
import { installHost } from '#test/host/install.ts';
import { outputRoot, projectRoot } from '#test/host/paths.ts';
import { hostVersion } from '#test/host/versions.ts';
import { startWebServer } from '#test/host/webServer.ts';
import { copyOfExamples } from '#test/host/workspace.ts';
import { builtPackage, unpackedPackage } from '#test/host/vsix.ts';
import { bundleTests } from './bundle.ts';
import { type Outcome, outcomeLinePrefix, outcomesMarker } from './outcome.ts';

const timeout = Number(process.env['STEPWISE_TIMEOUT'] ?? 5 * 60_000);
const args = process.argv.slice(2);
const isPackaged = args.includes('--packaged');
const grep = args.includes('--grep') ? args[args.indexOf('--grep') + 1] : undefined;
const hostName = args.find((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--grep');

await runMain(async () => {
  const { outcomes, exitCode } = hostName === 'web' ? await runInWeb() : await runInNode();
  return report(outcomes, exitCode);
});

interface Result {
  readonly outcomes: readonly Outcome[] | undefined;
  readonly exitCode: number | 'timeout';
}

async function runInNode(): Promise<Result> {
  const host = await installHost(hostVersion(hostName));
  const testModule = await bundleTests('node');
  const outcomesFile = path.join(outputRoot, 'test/inhost-outcomes.json');
  mkdirSync(path.dirname(outcomesFile), { recursive: true });
  rmSync(outcomesFile, { force: true });
  const server = await startCodeServer(host, {
    extensions: isPackaged ? [{ kind: 'packaged', vsix: builtPackage() }] : [],
    env: {
      STEPWISE_OUTCOMES: outcomesFile,
      ...(grep === undefined ? {} : { STEPWISE_GREP: grep }),
    },
  });
  const { page } = await launchBrowser();
  const exitCode = await runInHost({
    server,
    page,
    extensionFolder: isPackaged ? path.join(import.meta.dirname, 'runner') : projectRoot,
    testModule,
    workspace: copyOfExamples(),
    timeout,
    onLog: showLog,
  });
  return { outcomes: readOutcomes(() => readFileSync(outcomesFile, 'utf8')), exitCode };
}

async function runInWeb(): Promise<Result> {
  const host = await installHost(hostVersion('newest'));
  const testModule = await bundleTests('browser');
  const extensionFolder = isPackaged ? await unpackedPackage(host) : projectRoot;
  const server = await startWebServer(host, { extensionFolder, workspace: copyOfExamples(), testModule });
  const { page } = await launchBrowser();
  let line = '';
  const exitCode = await runInWebHost({
    server,
    page,
    timeout,
    onLog: text => {
      if (text.startsWith(outcomesMarker)) line = text.slice(outcomesMarker.length);
      else showLog(text);
    },
  });
  return { outcomes: readOutcomes(() => line), exitCode };
}

function readOutcomes(read: () => string): readonly Outcome[] | undefined {
  try {
    return JSON.parse(read()) as readonly Outcome[];
  } catch {
    // The host ended before it could write them; the exit code tells that story.
    return undefined;
  }
}

function showLog(line: string): void {
  if (line.startsWith(outcomeLinePrefix)) console.log(line.slice(outcomeLinePrefix.length));
  else if (process.env['STEPWISE_VERBOSE'] === '1') console.log(line);
}

function report(outcomes: readonly Outcome[] | undefined, exitCode: number | 'timeout'): number {
  if (outcomes === undefined) {
    console.log(
      exitCode === 'timeout' ? `no answer after ${timeout / 1000} s` : 'the extension host ended early',
    );
    return 1;
  }
  const count = (state: Outcome['state']): number =>
    outcomes.filter(outcome => outcome.state === state).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('pending')} skipped`);
  return exitCode === 0 && count('failed') === 0 && count('passed') > 0 ? 0 : 1;
}
