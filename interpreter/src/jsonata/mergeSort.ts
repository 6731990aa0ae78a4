import type { Run } from './run.ts';

/** Sorts stably; `isAfter(a, b)` says whether `a` must come behind `b`. The input stays as it is. */
export function mergeSort<T>(items: readonly T[], run: Run, isAfter: (a: T, b: T) => boolean): readonly T[] {
  if (items.length <= 1) return items;
  const middle = Math.floor(items.length / 2);
  const left = mergeSort(items.slice(0, middle), run, isAfter);
  const right = mergeSort(items.slice(middle), run, isAfter);
  const merged: T[] = [];
  let taken = 0;
  for (const item of right) {
    while (taken < left.length) {
      const first = left[taken] as T;
      run.step();
      if (isAfter(first, item)) break;
      merged.push(first);
      taken++;
    }
    merged.push(item);
  }
  for (; taken < left.length; taken++) merged.push(left[taken] as T);
  return merged;
}
