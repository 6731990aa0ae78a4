/**
 * Drives real VS Code as a user would.
 *
 *   node test/e2e/run.ts [newest|oldest|web] [--packaged] [--grep TEXT] [--screenshots]
 *
 * `--packaged` tests the .vsix instead of this folder. Pictures go to out/screenshots/.
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
import { restrictedSpec } from './restricted.spec.ts';
import { startSpec } from './start.spec.ts';
import { templatesSpec } from './templates.spec.ts';
import { toolkitSpec } from './toolkit.spec.ts';
import { tourSpec } from './tour.spec.ts';
import { translatedSpec } from './translated.spec.ts';
import { welcomeSpec } from './welcome.spec.ts';

await runMain(async () => {
  const args = process.argv.slice(2);
  const grep = args.includes('--grep') ? args[args.indexOf('--grep') + 1] : undefined;
  const mocha = new Mocha({ ui: 'bdd', timeout: 180_000, ...(grep === undefined ? {} : { grep }) });
  mocha.reporter(PlainReporter);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  const target = targetOf(args);
  if (args.includes('--screenshots')) picturesSpec(target);
  else {
    firstTourSpec(target);
    graphSpec(target);
    debuggingSpec(target);
    if (target.host === 'newest' && target.extension === 'unpacked') {
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
  }
  return await new Promise<number>(resolve => {
    const runner = mocha.run(failures => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
      resolve(failures === 0 && passes > 0 ? 0 : 1);
    });
  });
});

function targetOf(args: readonly string[]): Target {
  const name = args.find((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--grep');
  return {
    host: name === 'web' ? 'web' : hostVersion(name).name,
    extension: args.includes('--packaged') ? 'packaged' : 'unpacked',
  };
}
