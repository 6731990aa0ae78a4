/**
 * Drives real VS Code as a user would.
 *
 *   node test/e2e/run.ts [newest|oldest|web] [--packaged] [--grep PATTERN] [--once] [--screenshots]
 *
 * `--packaged` tests the .vsix instead of this folder. Pictures go to out/screenshots/.
 * A suite that fails is tried again, unless `--once` is given; each failure is printed.
 * `--screenshots` tests nothing and renews the pictures in docs/images/.
 */
import Mocha from 'mocha';
import { runMain } from '#test/host/cleanup.ts';
import { hostVersion } from '#test/host/versions.ts';
import { accessibilitySpec } from './accessibility.spec.ts';
import { debuggingSpec } from './debugging.spec.ts';
import { firstTourSpec } from './firstTour.spec.ts';
import { graphSpec } from './graph.spec.ts';
import { graphWaysSpec } from './graphWays.spec.ts';
import { picturesSpec } from './pictures.spec.ts';
import { PlainReporter } from './plainReporter.ts';
import type { Target } from './session.ts';
import { deathSpec } from './death.spec.ts';
import { disabledSpec } from './disabled.spec.ts';
import { restrictedSpec } from './restricted.spec.ts';
import { startSpec } from './start.spec.ts';
import { templatesSpec } from './templates.spec.ts';
import { toolkitSpec } from './toolkit.spec.ts';
import { tourSpec } from './tour.spec.ts';
import { translatedSpec } from './translated.spec.ts';
import { welcomeSpec } from './welcome.spec.ts';

/** How often a suite may be tried: VS Code in a browser on a busy machine loses a key now and then. */
const tries = 3;

await runMain(async () => {
  const args = process.argv.slice(2);
  const target = targetOf(args);
  const results = new Map<string, Counts>();
  let wanted = args.includes('--grep') ? args[args.indexOf('--grep') + 1] : undefined;
  for (let attempt = 1; attempt <= tries; attempt++) {
    for (const [suite, counts] of await run(() => define(target, args), wanted)) results.set(suite, counts);
    const failed = [...results].flatMap(([suite, counts]) => (counts.failed > 0 ? [suite] : []));
    if (failed.length === 0 || attempt === tries || args.includes('--once')) break;
    console.log(`once more: ${failed.join(', ')}`);
    wanted = `^(?:${failed.map(suite => suite.replaceAll(/\W/g, String.raw`\$&`)).join('|')}) `;
  }
  const sum = (kind: keyof Counts): number =>
    [...results.values()].reduce((total, counts) => total + counts[kind], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
});

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs what is defined, or the tests among it whose titles match; counts them by suite. */
async function run(define: () => void, grep: string | undefined): Promise<ReadonlyMap<string, Counts>> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 180_000,
    ...(grep !== undefined && { grep: new RegExp(grep) }),
  });
  mocha.reporter(PlainReporter);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  define();
  const results = new Map<string, Counts>();
  await new Promise<void>(resolve => {
    const runner = mocha.run(() => resolve());
    const count = (kind: keyof Counts) => (test: Mocha.Runnable) => {
      const suite = test.titlePath()[0] ?? '';
      const counts = results.get(suite) ?? { passed: 0, failed: 0, skipped: 0 };
      counts[kind]++;
      results.set(suite, counts);
    };
    runner.on('pass', count('passed'));
    runner.on('fail', count('failed'));
    runner.on('pending', count('skipped'));
  });
  return results;
}

/** Each suite opens a window of its own, so that it can be run by itself. */
function define(target: Target, args: readonly string[]): void {
  if (args.includes('--screenshots')) {
    picturesSpec(target);
    return;
  }
  firstTourSpec(target);
  graphSpec(target);
  debuggingSpec(target);
  if (target.host === 'newest' && target.extension === 'packaged') disabledSpec(target);
  if (target.host === 'web') translatedSpec(target);
  if (target.host !== 'newest' || target.extension !== 'unpacked') return;
  startSpec();
  graphWaysSpec(target);
  accessibilitySpec(target);
  toolkitSpec(target);
  templatesSpec(target);
  welcomeSpec(target);
  restrictedSpec(target);
  deathSpec(target);
  translatedSpec(target);
  tourSpec(target);
}

function targetOf(args: readonly string[]): Target {
  const name = args.find((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--grep');
  return {
    host: name === 'web' ? 'web' : hostVersion(name).name,
    extension: args.includes('--packaged') ? 'packaged' : 'unpacked',
  };
}
