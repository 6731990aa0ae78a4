import { breathe, turn } from './breathe.ts';

/** How much work is begun together at first, and at most. */
const few = 16;
const many = 48;

/**
 * Does work on all items, with turns for the page in between. What is begun together is measured together:
 * the browser then lays it out at once, so it is as much as fits into a turn.
 */
export async function inTurns<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let together = few;
  for (let from = 0; from < items.length;) {
    const begun = performance.now();
    const some = items.slice(from, from + together);
    await Promise.all(some.map(work));
    from += some.length;
    const perItem = (performance.now() - begun) / some.length;
    together = Math.min(many, Math.max(few, Math.round(turn / perItem)));
    const pause = breathe();
    if (pause) await pause;
  }
}
