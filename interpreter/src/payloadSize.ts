import type { Json, JsonObject } from '#core/json.ts';

/**
 * Whether the JSON text of a value is longer than `limit` bytes of UTF-8.
 *
 * Asked at each state, so small values are let through by a glance and the sizes of large ones are
 * remembered as long as they live.
 */
export function exceeds(value: Json, limit: number): boolean {
  if (limit === Number.MAX_SAFE_INTEGER) return false;
  glances = 48;
  if (glance(value) < limit && glances > 0) return false;
  return byteLength(value) > limit;
}

let glances = 0;

/** An upper bound for values of few members. Uses up `glances`; void when none is left. */
function glance(value: Json): number {
  if (typeof value === 'string') return 2 + value.length * 6;
  if (typeof value !== 'object' || value === null) return 25;
  let size = 2;
  if (Array.isArray(value)) {
    if ((glances -= value.length) <= 0) return size;
    for (const member of value as readonly Json[]) size += 1 + glance(member);
    return size;
  }
  const object = value as JsonObject;
  for (const name in object) {
    if (--glances <= 0) return size;
    size += 4 + name.length * 6 + glance(object[name] ?? null);
  }
  return size;
}

const known = new WeakMap<object, number>();

/** AWS reads no JSON that is nested deeper. */
const deepest = 1000;

/** Bytes of UTF-8 of the value's compact JSON text; infinite for what is nested too deep to be written. */
export function byteLength(value: Json): number {
  return lengthOf(value, 0);
}

function lengthOf(value: Json, depth: number): number {
  if (typeof value === 'string') return textLength(value);
  if (typeof value === 'number') return numberLength(value);
  if (typeof value !== 'object' || value === null) return value === false ? 5 : 4;
  if (depth > deepest) return Infinity;
  const before = known.get(value);
  if (before !== undefined) return before;
  let size = 2;
  let members = 0;
  if (Array.isArray(value)) {
    for (const member of value as readonly Json[]) size += lengthOf(member, depth + 1);
    members = value.length;
  } else {
    const object = value as JsonObject;
    for (const name in object) {
      size += textLength(name) + 1 + lengthOf(object[name] ?? null, depth + 1);
      members++;
    }
  }
  if (members > 1) size += members - 1;
  if (size > 1024) known.set(value, size);
  return size;
}

function numberLength(value: number): number {
  if (!Number.isInteger(value) || value < 0 || value >= 1e9) return JSON.stringify(value).length;
  let digits = 1;
  for (let rest = value; rest >= 10; rest /= 10) digits++;
  return digits;
}

function textLength(text: string): number {
  let size = 2;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22 || unit === 0x5c) size += 2;
    else if (unit < 0x20) size += unit >= 8 && unit <= 13 && unit !== 11 ? 2 : 6;
    else if (unit < 0x80) size += 1;
    else if (unit < 0x800) size += 2;
    else if (unit < 0xd800 || unit > 0xdfff) size += 3;
    else if (unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      size += 4;
      i++;
    } else size += 6;
  }
  return size;
}
