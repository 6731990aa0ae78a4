import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { collectOutcomes } from './collect.ts';
import { deathsSpec } from './deaths.node.spec.ts';
import { leaksSpec } from './leaks.node.spec.ts';
import type { Outcome } from './outcome.ts';
import { defineSpecs } from './specs.ts';

/** Called by VS Code's extension host in Node, and by the desktop through @vscode/test-electron. */
export async function run(): Promise<void> {
  const grep = process.env['STEPWISE_GREP'];
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, ...(grep === undefined ? {} : { grep }) });
  mocha.reporter(Silent);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  defineSpecs();
  leaksSpec();
  // Last: after these the server is not started again once more.
  deathsSpec();
  const outcomes = await new Promise<readonly Outcome[]>(resolve => {
    const collected = collectOutcomes(mocha.run(() => resolve(collected)));
  });
  const file = process.env['STEPWISE_OUTCOMES'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(outcomes));
  const failed = outcomes.filter(outcome => outcome.state === 'failed');
  if (failed.length > 0) throw new Error(failed.map(({ title, error }) => `${title}\n${error}`).join('\n\n'));
}

/** The outcomes are printed by the process that started the host. */
class Silent extends Mocha.reporters.Base {}
