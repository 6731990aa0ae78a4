import type { Json } from '#core/json.ts';

/**
 * The text Java gives a value, as AWS puts it into texts: strings bare, `{a=1, b=[x, y]}` for objects and
 * arrays.
 */
export function javaText(value: Json): string {
  return textOf(value, 0);
}

/** Deeper values are left out, so that none can exhaust the stack. */
const maximumDepth = 1000;

function textOf(value: Json, depth: number): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return javaNumber(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth > maximumDepth) return '…';
  if (Array.isArray(value)) {
    return `[${(value as readonly Json[]).map(item => textOf(item, depth + 1)).join(', ')}]`;
  }
  const members = Object.entries(value).map(([name, member]) => `${name}=${textOf(member, depth + 1)}`);
  return `{${members.join(', ')}}`;
}

/** Integers in digits; other numbers as `Double.toString` writes them, `1.5E10` from ten million on. */
function javaNumber(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 2 ** 63) return BigInt(value).toString();
  if (size >= 1e-3 && size < 1e7) return String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
