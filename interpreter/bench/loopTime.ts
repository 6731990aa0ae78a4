import { runToEnd } from '#interpreter/execute.ts';
import { cpuSeconds, median } from './cpuTime.ts';
import { loop, noTasks, programOf } from './scenarios.ts';

/* Prints the CPU milliseconds of one run of the loop. A program of its own, to be run from a bundle. */

const program = programOf(loop);
const some = (): void => {
  for (let i = 0; i < 20; i++) runToEnd(program, { input: loop.input }, noTasks);
};
for (let i = 0; i < 6; i++) some();
console.log((median(Array.from({ length: 15 }, () => cpuSeconds(some))) * 1000) / 20);
