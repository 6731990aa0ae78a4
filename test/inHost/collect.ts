import { type Outcome, outcomeLine } from './outcome.ts';

/** Listens to mocha and gathers how each test ended; says so in the log as it happens. */
export function collectOutcomes(runner: Mocha.Runner): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  const add = (test: Mocha.Test, state: Outcome['state'], failure?: unknown): void => {
    const error = failure === undefined ? {} : { error: describe(failure) };
    const outcome: Outcome = { title: test.fullTitle(), state, duration: test.duration ?? 0, ...error };
    outcomes.push(outcome);
    console.log(outcomeLine(outcome));
  };
  runner.on('pass', test => add(test, 'passed'));
  runner.on('pending', test => add(test, 'pending'));
  // Also comes for hooks, which are no tests but stop those below them.
  runner.on('fail', (test, error: unknown) => add(test, 'failed', error));
  return outcomes;
}

function describe(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}
