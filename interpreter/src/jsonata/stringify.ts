import { Exhausted, Failure } from './failure.ts';
import type { Run } from './run.ts';
import { isArray, isObject, OUTER_WRAPPER, Opaque, valueOf, type Value } from './value.ts';

const MAX_NESTING = 2_000;

/** A value as `$string` writes it: text as it is, functions as nothing, fractions to 15 digits. */
export function stringOf(value: Value, run: Run, prettify = false): string | undefined {
  switch (typeof value) {
    case 'undefined':
      return undefined;
    case 'string':
      return value;
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new Failure('D3001', { value });
      return String(toFifteenDigits(value));
    default:
      break;
  }
  if (value === null) return 'null';
  if (value instanceof Opaque) return '';
  const unwrapped = isArray(value) && ((value.flags ?? 0) & OUTER_WRAPPER) !== 0 ? value[0] : value;
  return write(unwrapped, run, prettify ? '\n' : undefined, 0);
}

/** Written here and not by `JSON.stringify`, which cannot be stopped: shared values may unfold into gigabytes. */
function write(value: Value, run: Run, newline: string | undefined, nesting: number): string {
  run.step();
  if (nesting > MAX_NESTING) throw new Exhausted('depth');
  switch (typeof value) {
    case 'string': {
      const text = JSON.stringify(value);
      run.allocate(text.length);
      return text;
    }
    case 'number':
      if (Number.isNaN(value)) return 'null';
      if (!Number.isFinite(value)) throw new Failure('D1001', { value });
      return JSON.stringify(toFifteenDigits(value));
    case 'boolean':
      return String(value);
    default:
      break;
  }
  if (value === null || value === undefined) return 'null';
  if (value instanceof Opaque) return '""';
  const inner = newline === undefined ? undefined : newline + '  ';
  const parts: string[] = [];
  if (isArray(value)) {
    for (const item of value) parts.push(write(item, run, inner, nesting + 1));
    return enclosed('[', parts, ']', newline);
  }
  if (!isObject(value)) return 'null';
  const colon = newline === undefined ? ':' : ': ';
  for (const key of Object.keys(value)) {
    const member = valueOf(value, key);
    if (member !== undefined) {
      parts.push(JSON.stringify(key) + colon + write(member, run, inner, nesting + 1));
      run.allocate(key.length);
    }
  }
  return enclosed('{', parts, '}', newline);
}

function enclosed(
  open: string,
  parts: readonly string[],
  close: string,
  newline: string | undefined,
): string {
  if (parts.length === 0) return open + close;
  if (newline === undefined) return open + parts.join(',') + close;
  const indented = newline + '  ';
  return open + indented + parts.join(',' + indented) + newline + close;
}

/** Numbers with a fraction are written with at most 15 digits. */
export function toFifteenDigits(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}
