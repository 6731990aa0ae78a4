import type { Command } from '#cli/command.ts';
import { check } from './check.ts';
import { graph } from './graph.ts';
import { run } from './run.ts';
import { test } from './test.ts';
import { testStateCommand } from './testState.ts';

/** Every command, in the order of the overview. */
export const commands: readonly Command[] = [check, run, test, testStateCommand, graph];
