import { Exhausted } from './failure.ts';
import type { Run } from './run.ts';
import { isArray, isObject, valueOf, type Value } from './value.ts';

const MAX_NESTING = 2_000;

/** Whether two values are the same JSON: objects by their keys in any order, arrays item by item. */
export function isDeepEqual(lhs: Value, rhs: Value, run: Run, nesting = 0): boolean {
  if (lhs === rhs) return true;
  if (typeof lhs !== 'object' || typeof rhs !== 'object') return false;
  if (nesting > MAX_NESTING) throw new Exhausted('depth');
  if (isArray(lhs)) {
    if (!isArray(rhs) || lhs.length !== rhs.length) return false;
    run.work(lhs.length + 1);
    return lhs.every((item, index) => isDeepEqual(item, rhs[index], run, nesting + 1));
  }
  if (!isObject(lhs) || !isObject(rhs)) return false;
  const keys = Object.keys(lhs);
  run.work(keys.length + 1);
  if (keys.length !== Object.keys(rhs).length) return false;
  return keys.every(
    key => Object.hasOwn(rhs, key) && isDeepEqual(valueOf(lhs, key), valueOf(rhs, key), run, nesting + 1),
  );
}
