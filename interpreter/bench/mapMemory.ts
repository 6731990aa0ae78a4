import { runToEnd } from '#interpreter/execute.ts';
import { map, noTasks, programOf } from './scenarios.ts';

/* Runs the Map once and prints the peak memory of the process in megabytes; from a bundle, as users get it. */

const { outcome } = runToEnd(programOf(map), { ...map.start, input: map.input }, noTasks);
if (outcome?.status !== 'SUCCEEDED') throw new Error(JSON.stringify(outcome));
console.log(Math.round(process.resourceUsage().maxRSS / 1024));
