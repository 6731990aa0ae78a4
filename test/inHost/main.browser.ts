import 'mocha/mocha.js';
import { collectOutcomes } from './collect.ts';
import { type Outcome, outcomesMarker } from './outcome.ts';
import { defineSpecs } from './specs.ts';

/** Called by VS Code's extension host in a web worker. */
export async function run(): Promise<void> {
  mocha.setup({ ui: 'bdd', timeout: 60_000, reporter: Silent });
  defineSpecs();
  const outcomes = await new Promise<readonly Outcome[]>(resolve => {
    const collected = collectOutcomes(mocha.run(() => resolve(collected)));
  });
  // No file can be written here, but each line of the log reaches the browser's page.
  console.log(outcomesMarker + JSON.stringify(outcomes));
  if (outcomes.some(outcome => outcome.state === 'failed')) throw new Error('some tests failed');
}

/** The outcomes are printed by the process that started the host. */
class Silent extends Mocha.reporters.Base {}
