import { runToEnd } from '#interpreter/execute.ts';
import { cpuSeconds } from './cpuTime.ts';
import { loop, noTasks, programOf } from './scenarios.ts';

/*
 * Prints the CPU milliseconds of one run of the loop, in the sample that was disturbed least: whatever else the
 * machine does only adds to it. A program of its own, to be run from a bundle.
 */

const program = programOf(loop);
const some = (): void => {
  for (let i = 0; i < 20; i++) runToEnd(program, { input: loop.input }, noTasks);
};
for (let i = 0; i < 6; i++) some();
console.log((Math.min(...Array.from({ length: 15 }, () => cpuSeconds(some))) * 1000) / 20);
