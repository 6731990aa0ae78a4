import type { Platform } from './platform.ts';

/** Work on documents that must not hold up what the user is waiting for. */
export interface Unhurried {
  /** Runs the steps to their end; `undefined` where the result is no longer wanted before that. */
  readonly run: <T>(
    uri: string,
    steps: () => Generator<undefined, T>,
    isWanted: () => boolean,
  ) => Promise<T | undefined>;
  readonly forget: (uri: string) => void;
}

/** Messages are let in after so many milliseconds of work, as soon as the step ends. */
const longestTurn = 10;

/** A document whose work took less is not waited with: nobody notices. */
const shortWork = 50;

/** However long the work takes: so long after the last keystroke everybody has stopped typing. */
const longestPause = 1000;

/**
 * Lets messages in between the steps, and starts late where the document's last run took long: who types gets
 * answers meanwhile, and what another keystroke supersedes is not begun.
 */
export function unhurried(
  { yieldOnce, pause }: Pick<Platform, 'yieldOnce' | 'pause'>,
  now: () => number = Date.now,
): Unhurried {
  /** Milliseconds that the last runs have worked. */
  const costs = new Map<string, number>();
  return {
    forget: uri => costs.delete(uri),
    run: async (uri, steps, isWanted) => {
      const expected = costs.get(uri) ?? 0;
      if (expected > shortWork) await pause(Math.min(expected, longestPause));
      if (!isWanted()) return undefined;
      const work = steps();
      let cost = 0;
      for (;;) {
        const start = now();
        let step = work.next();
        while (step.done !== true && now() - start < longestTurn) step = work.next();
        cost += now() - start;
        if (step.done === true) {
          costs.set(uri, cost);
          return step.value;
        }
        costs.set(uri, Math.max(cost, expected));
        await yieldOnce();
        if (!isWanted()) return undefined;
      }
    },
  };
}
