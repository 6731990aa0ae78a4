import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { runToEnd } from '#interpreter/execute.ts';
import { cpuSecondsUntil } from './cpuTime.ts';
import { peersFor } from './peers.ts';
import { noTasks, programOf, scenarios, type Scenario } from './scenarios.ts';

/*
 * Measures one who does a scenario: a process of its own, so that no one's garbage is collected at another's
 * cost and no one's types get into another's code. Warms up and says so; then, for each line it is sent, does
 * the scenario for a while and prints the transitions per second of CPU time.
 *
 *   yes | head -3 | node rate.ts 'Loop of Pass and Choice' ours
 */

const [, , name, who = 'ours'] = process.argv;
const scenario = scenarios.find(each => each.name === name);
if (!scenario) throw new Error(`no scenario '${String(name)}'`);
const work = workOf(scenario, who);
// Nobody is compared who does something else.
if (!isDeepStrictEqual(JSON.parse(JSON.stringify(await work())), scenario.floor()))
  throw new Error(`${who} does not do the ${scenario.name}`);
const sample = await sampling();
console.log('warm');
for await (const _ of createInterface({ input: process.stdin }))
  console.log(scenario.transitions / (await sample()));

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

/** Warms up. Gives what measures the CPU seconds of one run, over as many as take long enough to be measured. */
async function sampling(): Promise<() => Promise<number>> {
  const runs = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      const done = work();
      if (done instanceof Promise) await done;
    }
  };
  for (let warm = 0; warm < 1;) warm += await cpuSecondsUntil(() => runs(1));
  const once = await cpuSecondsUntil(() => runs(10));
  const times = Math.ceil(0.2 / (once / 10));
  return async () => (await cpuSecondsUntil(() => runs(times))) / times;
}
