import type { Json } from '#core/json.ts';
import { Callable } from './callable.ts';
import { Exhausted } from './failure.ts';
import type { JsonataResult } from './result.ts';
import type { Run } from './run.ts';
import { isArray, Opaque, OUTER_WRAPPER, setKey, valueOf, type OwnArray, type Value } from './value.ts';

/** Values nested deeper than this are refused: those who read a result may walk it with recursion. */
const MAX_NESTING = 1_000;

/** With so few items put together, sharing cannot make a result much larger than its parts. */
export const FEW_ITEMS = 16;

/**
 * The value of an evaluation as plain JSON.
 *
 * A value that the evaluation found and did not make is handed out as it is. What it made is gone
 * through: flags are taken off, and values shared many times must not unfold into more than the budget.
 */
export function plainJson(value: Value, run: Run): JsonataResult {
  if (value === undefined) return { kind: 'nothing' };
  if (value instanceof Callable) return { kind: 'function' };
  const found = isArray(value) && ((value.flags ?? 0) & OUTER_WRAPPER) !== 0 ? value[0] : value;
  const needsInspection = run.mustInspect || run.built > FEW_ITEMS;
  const plain = needsInspection ? inspected(found, run, 0) : unflagged(found);
  return plain === undefined ? { kind: 'nothing' } : { kind: 'value', value: plain as Json };
}

function unflagged(value: Value): Value {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return isArray(value) && value.flags !== undefined ? [...value] : value;
}

/** The value itself where nothing is wrong with it; functions and nothing are no data. */
function inspected(value: Value, run: Run, nesting: number): Value {
  // JSON has no such numbers: Step Functions writes "Infinity", "-Infinity" and "NaN".
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Opaque) return undefined;
  if (nesting > MAX_NESTING) throw new Exhausted('depth');
  if (isArray(value)) return inspectedArray(value, run, nesting);
  const keys = Object.keys(value);
  run.work(keys.length + 1);
  run.allocate(keys.length);
  let copy: { [key: string]: Value } | undefined;
  for (const [index, key] of keys.entries()) {
    const member = valueOf(value, key);
    const plain = inspected(member, run, nesting + 1);
    if (copy === undefined && plain === member && plain !== undefined) continue;
    if (copy === undefined) {
      copy = {};
      for (const earlier of keys.slice(0, index)) setKey(copy, earlier, valueOf(value, earlier));
    }
    if (plain !== undefined) setKey(copy, key, plain);
  }
  return copy ?? value;
}

function inspectedArray(value: Extract<Value, readonly unknown[]>, run: Run, nesting: number): Value {
  run.work(value.length + 1);
  run.allocate(value.length);
  let copy: OwnArray | undefined = value.flags === undefined ? undefined : [...value];
  for (const [index, item] of value.entries()) {
    const plain = inspected(item, run, nesting + 1) ?? null;
    if (plain === item) continue;
    copy ??= [...value];
    copy[index] = plain;
  }
  return copy ?? value;
}
