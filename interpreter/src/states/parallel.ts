import type { ParallelState } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';
import type { Compiler } from '../compiler.ts';
import { entering, fromResult, inputPath, parameters } from '../dataFlow.ts';
import { failFork, hold, join, keepResult, newFork, spawnChild } from '../fork.ts';
import type { CompiledScope, CompiledState, Stage } from '../program.ts';
import { parked } from '../run.ts';

/**
 * A Parallel state runs its branches at the same time, each with the state's effective input.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html
 */
export function parallelStages(compiler: Compiler, state: ParallelState): Stage[] {
  if (state.branches.length === 0)
    compiler.problem(state.key, say`The Parallel state '${state.name}' has no Branches.`);
  const branches: CompiledScope[] = [];
  compiler.later(() => {
    for (const { pointer } of state.branches) {
      const branch = compiler.scopes.get(pointer);
      if (branch) branches.push(branch);
    }
  });
  return [
    entering('ParallelStateEntered', state.name),
    ...inputPath(compiler, state),
    ...parameters(compiler, state),
    {
      name: 'parallel',
      perform(run, strand) {
        run.happened(strand, 'ParallelStateStarted', undefined);
        hold(run, strand);
        const { length } = branches;
        strand.fork = { ...newFork('parallel', [], length), started: length, running: length };
        for (let index = 0; index < length; index++) {
          const branch = branches[index];
          if (branch) spawnChild(run, strand, 'branch', index, branch, strand.data, strand.execution);
        }
        return parked;
      },
    },
    ...fromResult(compiler, state),
  ];
}

export const branchEnded: NonNullable<CompiledState['childEnded']> = (run, parent, strand, outcome) => {
  run.remove(strand.id);
  if (outcome.status !== 'SUCCEEDED') {
    failFork(run, parent, outcome, strand.lastEvent);
    return;
  }
  const fork = keepResult(run, parent, strand.index, outcome.output, strand.lastEvent);
  if (fork.ended === fork.length) join(run, parent, run.stateOf(parent), strand.lastEvent);
};
