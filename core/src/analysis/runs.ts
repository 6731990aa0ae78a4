/**
 * Items by their owner, where those of one owner stand side by side.
 *
 * Slices, because an array that grows by `push` keeps room for sixteen more, and most states own two or three items.
 */
export function runsByOwner<Item, Owner>(
  items: readonly Item[],
  ownerOf: (item: Item) => Owner,
): ReadonlyMap<Owner, readonly Item[]> {
  const runs = new Map<Owner, readonly Item[]>();
  let start = 0;
  for (let at = 1; at <= items.length; at++) {
    const first = items[start];
    const item = items[at];
    if (first === undefined || (item !== undefined && ownerOf(item) === ownerOf(first))) continue;
    runs.set(ownerOf(first), items.slice(start, at));
    start = at;
  }
  return runs;
}
