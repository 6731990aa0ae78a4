import { Exhausted, Failure } from './failure.ts';
import type { Run } from './run.ts';
import { toFifteenDigits } from './stringify.ts';
import { isArray, Opaque, setKey, valueOf, type OwnArray, type Value } from './value.ts';

const MAX_NESTING = 2_000;

/** An object of our own making: a transform may change it. */
export interface OwnObject {
  [key: string]: Value;
}

/**
 * A copy as it would come back from its JSON text, fractions cut to 15 digits as `$string` writes them.
 * The objects made go into `owned`.
 */
export function cloneOf(value: Value, run: Run, owned: Map<object, OwnObject>, nesting = 0): Value {
  run.step();
  if (nesting > MAX_NESTING) throw new Exhausted('depth');
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return null;
    if (!Number.isFinite(value)) throw new Failure('D1001', { value });
    return toFifteenDigits(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Opaque) return '';
  if (isArray(value)) {
    const copy: OwnArray = [];
    for (const item of value)
      run.push(copy, item === undefined ? null : cloneOf(item, run, owned, nesting + 1));
    return copy;
  }
  const copy: OwnObject = {};
  owned.set(copy, copy);
  for (const key of Object.keys(value)) {
    const member = cloneOf(valueOf(value, key), run, owned, nesting + 1);
    if (member === undefined) continue;
    run.noteStored(member);
    setKey(copy, key, member);
  }
  return copy;
}
