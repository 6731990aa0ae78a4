/** What is still to be measured, and who waits for it. */
let due: (() => void)[] = [];

/**
 * Asks for a size together with everything that is asked for in the same step: the browser lays out what has
 * changed for the first answer, and has the others at hand.
 */
export function measured<Size>(read: () => Size): Promise<Size> {
  return new Promise((resolve, reject) => {
    if (due.length === 0)
      queueMicrotask(() => {
        const all = due;
        due = [];
        for (const answer of all) answer();
      });
    due.push(() => {
      try {
        resolve(read());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}
