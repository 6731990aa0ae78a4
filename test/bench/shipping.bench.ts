/**
 * What ships: how large it is, how long each part takes to start, and what activation costs the extension host.
 *
 *   npx node test/bench/shipping.bench.ts [--built]
 *
 * Makes the package first; `--built` takes the one that is there. Activation is measured in real VS Code,
 * with the package installed, in a fresh extension host each time. Where a bar was set it is printed and kept:
 * the exit code is 1 when a median is above it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { UserError, runMain } from '#test/host/cleanup.ts';
import { packageFile, projectRoot } from '#test/host/paths.ts';
import { activations } from './shipping/activation.ts';
import { startsInBrowser } from './shipping/browser.ts';
import { startsInNode } from './shipping/node.ts';
import { median } from './shipping/samples.ts';

const bundles = [
  'client/main.node.cjs',
  'client/languageClient.node.cjs',
  'client/main.browser.cjs',
  'server/main.node.js',
  'server/main.browser.js',
  'debugger/main.node.js',
  'debugger/main.thread.node.js',
  'debugger/main.browser.js',
  'webview/main.js',
  'webview/style.css',
  'cli/main.js',
];

let isAboveBar = false;

await runMain(async () => {
  if (!process.argv.includes('--built')) makePackage();
  heading('size in KiB (packed by gzip)');
  report('stepwise.vsix', [statSync(packageFile).size / 1024], { unit: 'KiB', bar: 3 * 1024 });
  for (const bundle of bundles) {
    const bytes = readFileSync(path.join(projectRoot, 'dist', bundle));
    console.log(`${bundle.padEnd(48)}${kib(bytes.length)}  (${kib(gzipSync(bytes).length).trim()})`);
  }
  heading('start in Node, a fresh process each: until the first answer by the clock, and CPU of the process');
  for (const { name, wall, cpu } of await startsInNode()) {
    report(name, wall, { unit: 'ms' });
    if (cpu !== undefined) report(`  its CPU`, cpu, { unit: 'ms' });
  }
  heading('start in Chromium, a fresh page each: until the first answer, by the clock');
  for (const { name, wall } of await startsInBrowser()) report(name, wall, { unit: 'ms' });
  heading('activation in VS Code, a fresh extension host each: CPU of the host’s thread');
  const runs = await activations();
  report('load and activate', samples(runs, 'activation'), { unit: 'ms', bar: 50 });
  report('first definition: frames of ours until checked', samples(runs, 'firstDefinition'), { unit: 'ms' });
  const wasAsleep = runs.every(({ wasAsleep }) => wasAsleep);
  console.log(`active before a definition was opened: ${wasAsleep ? 'never' : 'YES'}`);
  return wasAsleep && !isAboveBar ? 0 : 1;
});

function samples(
  runs: Awaited<ReturnType<typeof activations>>,
  kind: 'activation' | 'firstDefinition',
): readonly number[] {
  return runs.map(run => run[kind]);
}

function makePackage(): void {
  const { status } = spawnSync(process.execPath, ['scripts/package.mts'], {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new UserError('The package could not be made');
}

function heading(text: string): void {
  console.log(`\n${text}`);
}

/** One line: the median, the worst where there are several samples, and the bar where there is one. */
function report(
  what: string,
  values: readonly number[],
  { unit, bar }: { readonly unit: 'ms' | 'KiB'; readonly bar?: number },
): void {
  const middle = median(values);
  const worst = values.length > 1 ? `  worst ${Math.max(...values).toFixed(1)}` : '';
  const limit = bar === undefined ? '' : `  (bar ${bar} ${unit}${middle > bar ? ', MISSED' : ''})`;
  if (bar !== undefined && middle > bar) isAboveBar = true;
  console.log(`${what.padEnd(48)}${middle.toFixed(1).padStart(8)} ${unit}${worst}${limit}`);
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1).padStart(8)} KiB`;
}
