import { dataFolder, hasData, type Score, type Tally } from './data.ts';
import { knownToDiffer as isKnownVerdict, score as scoreDefinitions } from './definitions.ts';
import { scoreExecutions } from './executions.ts';
import { score as scoreJsonata } from './jsonata.ts';
import { score as scoreJsonPath } from './jsonpath.ts';
import { knownToDiffer as isKnownReplay, scoreMocking } from './mocking.ts';
import { scoreTestState } from './testState.ts';

/**
 * Holds the whole of Stepwise against what was recorded on AWS and prints one JSON object of counts.
 * With `--verbose`, each case that differs is named on standard error with its first difference. With `--counts`,
 * the last line has all cases in the words of a test runner: every case counts once at each level it is judged at,
 * and what is known to differ is skipped. Ends with 1 where anything else differs.
 */
async function run(): Promise<void> {
  if (!hasData('executions', 'cases')) {
    console.error(`There are no recordings in ${dataFolder}; set STEPWISE_DATA.`);
    process.exitCode = 1;
    return;
  }
  const executions = await scoreExecutions();
  report('executions', executions.all);
  const mocking = await scoreMocking();
  report('mocking', mocking.score);
  const testState = await scoreTestState();
  report('testState', testState);
  const definitions = await scoreDefinitions();
  const result = {
    executions: {
      levels: executions.all.levels,
      groups: Object.fromEntries(
        Object.entries(executions.groups).map(([name, { levels }]) => [name, levels]),
      ),
    },
    mocking: { levels: mocking.score.levels, problems: mocking.problems },
    testState: { levels: testState.levels },
    jsonpath: scoreJsonPath(),
    jsonata: scoreJsonata(),
    definitions: definitions.counts,
  };
  console.log(JSON.stringify(result, null, 2));

  const skipped =
    mocking.score.failures.filter(isKnownReplay).length + definitions.failures.filter(isKnownVerdict).length;
  const { passed, of } = sumOf(result);
  const failed = of - passed - skipped;
  if (failed > 0) process.exitCode = 1;
  if (process.argv.includes('--counts'))
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
}

/** Parts of the result that count the same cases in another way. */
const breakdowns: readonly string[] = ['groups', 'bySource', 'byGroup'];

/** All the counts in a part of the result. */
function sumOf(part: unknown): Tally {
  if (typeof part !== 'object' || part === null) return { passed: 0, of: 0 };
  const { passed, of, total } = part as { passed?: unknown; of?: unknown; total?: unknown };
  const all = of ?? total;
  if (typeof passed === 'number' && typeof all === 'number') return { passed, of: all };
  const sum = { passed: 0, of: 0 };
  for (const [name, each] of Object.entries(part)) {
    if (breakdowns.includes(name)) continue;
    const counted = sumOf(each);
    sum.passed += counted.passed;
    sum.of += counted.of;
  }
  return sum;
}

function report(set: string, score: Score): void {
  if (!process.argv.includes('--verbose')) return;
  for (const failure of score.failures) console.error(`${set} ${failure}`);
}

await run();
