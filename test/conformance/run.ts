import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dataFolder, hasData, type Score } from './data.ts';
import { scoreExecutions } from './executions.ts';
import { scoreMocking } from './mocking.ts';
import { scoreTestState } from './testState.ts';

/**
 * Holds the whole of Stepwise against what was recorded on AWS and prints one JSON object of counts.
 * With `--verbose`, each case that differs is named on standard error with its first difference.
 */
async function run(): Promise<void> {
  const result: { [set: string]: unknown } = {};
  if (!hasData('executions', 'cases')) {
    console.error(`There are no recordings in ${dataFolder}; set STEPWISE_DATA.`);
    process.exitCode = 1;
    return;
  }
  const executions = await scoreExecutions();
  report('executions', executions.all);
  result['executions'] = {
    levels: executions.all.levels,
    groups: Object.fromEntries(Object.entries(executions.groups).map(([name, { levels }]) => [name, levels])),
  };
  const mocking = await scoreMocking();
  report('mocking', mocking.score);
  result['mocking'] = { levels: mocking.score.levels, problems: mocking.problems };
  const testState = await scoreTestState();
  report('testState', testState);
  result['testState'] = { levels: testState.levels };
  for (const [set, file] of [
    ['jsonpath', 'jsonpath.ts'],
    ['jsonata', 'jsonata.ts'],
    ['definitions', 'definitions.ts'],
  ] as const) {
    const path = join(import.meta.dirname, file);
    if (!existsSync(path)) continue;
    const module = (await import(pathToFileURL(path).href)) as { readonly score?: () => unknown };
    result[set] = await module.score?.();
  }
  console.log(JSON.stringify(result, null, 2));
}

function report(set: string, score: Score): void {
  if (!process.argv.includes('--verbose')) return;
  for (const failure of score.failures) console.error(`${set} ${failure}`);
}

await run();
