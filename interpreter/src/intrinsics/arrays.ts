import type { Json } from '#core/json.ts';
import { array, integer } from './function.ts';
import type { IntrinsicImplementation } from './function.ts';

export const arrayOf: IntrinsicImplementation = args => args;

export const arrayPartition: IntrinsicImplementation = ([value, size]) => {
  const items = array(value);
  const length = integer(size);
  if (items === undefined || length === undefined || length < 1) return undefined;
  const parts: Json[] = [];
  for (let start = 0; start < items.length; start += length) parts.push(items.slice(start, start + length));
  return parts;
};

export const arrayContains: IntrinsicImplementation = ([value, wanted = null]) => {
  const text = canonicalText(wanted);
  return array(value)?.some(item => canonicalText(item) === text);
};

const longestRange = 1000;

export const arrayRange: IntrinsicImplementation = args => {
  const [first, last, step] = args.map(integer);
  if (first === undefined || last === undefined || step === undefined || step === 0) return undefined;
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > longestRange) return undefined;
  return Array.from({ length: count }, (_, index) => first + index * step);
};

/** An index behind the end is refused, but an empty array gives null for any. */
export const arrayGetItem: IntrinsicImplementation = ([value, index]) => {
  const items = array(value);
  const place = integer(index);
  if (items === undefined || place === undefined || place < 0) return undefined;
  return items.length === 0 ? null : items[place];
};

export const arrayLength: IntrinsicImplementation = ([value]) => array(value)?.length;

export const arrayUnique: IntrinsicImplementation = ([value]) => {
  const seen = new Set<string>();
  return array(value)?.filter(item => {
    const text = canonicalText(item);
    return !seen.has(text) && seen.add(text);
  });
};

/** Equal values have equal texts, in whatever order their members stand. */
function canonicalText(value: Json): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  });
}
