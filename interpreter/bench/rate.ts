import { isDeepStrictEqual } from 'node:util';
import { runToEnd } from '#interpreter/execute.ts';
import { cpuSecondsUntil, median } from './cpuTime.ts';
import { peersFor } from './peers.ts';
import { noTasks, programOf, scenarios, type Scenario } from './scenarios.ts';

/*
 * Prints the transitions per second of CPU time of one who does a scenario: a process of its own, so that no
 * one's garbage is collected at another's cost.
 *
 *   node rate.ts 'Loop of Pass and Choice' ours
 */

const [, , name, who = 'ours'] = process.argv;
const scenario = scenarios.find(each => each.name === name);
if (!scenario) throw new Error(`no scenario '${String(name)}'`);
const work = workOf(scenario, who);
// Nobody is compared who does something else.
if (!isDeepStrictEqual(JSON.parse(JSON.stringify(await work())), scenario.floor()))
  throw new Error(`${who} does not do the ${scenario.name}`);
console.log(scenario.transitions / (await medianSeconds()));

function workOf(each: Scenario, contender: string): () => unknown {
  if (contender === 'floor') return each.floor;
  if (contender === 'ours') {
    const program = programOf(each);
    return () => {
      const { outcome } = runToEnd(program, { ...each.start, input: each.input }, noTasks);
      return outcome?.status === 'SUCCEEDED' ? outcome.output : undefined;
    };
  }
  const peer = peersFor(each).find(other => other.name === contender);
  if (!peer) throw new Error(`nobody is called '${contender}'`);
  return peer.run;
}

/** CPU seconds of one run: the median of samples that are long enough to be measured, after some warming up. */
async function medianSeconds(): Promise<number> {
  const once = await cpuSecondsUntil(async () => work());
  const repeats = Math.ceil(0.05 / once);
  const sample = (): Promise<number> =>
    cpuSecondsUntil(async () => {
      for (let i = 0; i < repeats; i++) {
        const done = work();
        if (done instanceof Promise) await done;
      }
    });
  for (let warm = 0; warm < 1;) warm += await sample();
  const seconds: number[] = [];
  for (let i = 0; i < 5; i++) seconds.push((await sample()) / repeats);
  return median(seconds);
}
