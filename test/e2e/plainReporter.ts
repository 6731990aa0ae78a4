import Mocha from 'mocha';

/** A line for each test as it ends, the same as for the in-host tests. */
export class PlainReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on('pass', test => console.log(`ok   ${test.fullTitle()} (${test.duration} ms)`));
    runner.on('pending', test => console.log(`skip ${test.fullTitle()}`));
    runner.on('fail', (test, error: unknown) => {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.log(`FAIL ${test.fullTitle()}\n${why.replaceAll(/^/gm, '     ')}`);
    });
  }
}
