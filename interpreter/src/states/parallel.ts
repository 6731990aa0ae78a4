import type { ParallelState } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';
import type { Compiler } from '../compiler.ts';
import { entering, fromResult, inputPath, parameters } from '../dataFlow.ts';
import { failFork, hold, join, newFork, spawnChild, withResult } from '../fork.ts';
import type { CompiledState, Stage } from '../program.ts';
import { parked } from '../run.ts';

/**
 * A Parallel state runs its branches at the same time, each with the state's effective input.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html
 */
export function parallelStages(compiler: Compiler, state: ParallelState): Stage[] {
  if (state.branches.length === 0)
    compiler.problem(state.key, say`The Parallel state '${state.name}' has no Branches.`);
  return [
    entering('ParallelStateEntered', state.name),
    ...inputPath(compiler, state),
    ...parameters(compiler, state),
    {
      name: 'parallel',
      perform(run, strand) {
        run.happened(strand, 'ParallelStateStarted', undefined);
        hold(run, strand);
        const { length } = state.branches;
        strand.fork = { ...newFork('parallel', [], length), started: length, running: length };
        for (const [index, branch] of state.branches.entries()) {
          const scope = run.program.scopes.get(branch.pointer);
          if (scope) spawnChild(run, strand, 'branch', index, scope, strand.data, strand.execution);
        }
        return parked;
      },
    },
    ...fromResult(compiler, state),
  ];
}

export const branchEnded: NonNullable<CompiledState['childEnded']> = (run, parent, strand, outcome) => {
  const { fork } = parent;
  if (!fork) throw new Error('bug: the parent has no fork');
  run.remove(strand.id);
  if (outcome.status !== 'SUCCEEDED') {
    failFork(run, parent, outcome, strand.lastEvent);
    return;
  }
  parent.fork = withResult(run, fork, strand.index, outcome.output, strand.lastEvent);
  if (parent.fork.ended === fork.length) join(run, parent, run.stateOf(parent), strand.lastEvent);
};
