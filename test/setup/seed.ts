/**
 * Gives every property test the same cases on every run, so that a red run speaks of the change and not of
 * the day. `STEPWISE_SEED=random npm run test:unit` looks for new cases; a number repeats one.
 */
import fc from 'fast-check';

const wanted = process.env['STEPWISE_SEED'];
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted ?? 20_261_121) });
