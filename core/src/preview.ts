import type { Json } from '#core/json.ts';
import { isSecret, mask } from './secrets.ts';

/** Whether names like `password` hide their values. */
export type Secrets = 'masked' | 'revealed';

/** Longest preview of a value in one line. */
const previewLength = 120;

export type Structured = Exclude<Json, string | number | boolean | null>;

export function isStructured(value: Json): value is Structured {
  return typeof value === 'object' && value !== null;
}

export function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A value in one short line; only as much of it is read as is shown. */
export function preview(value: Json, secrets: Secrets, length = previewLength): string {
  const out: string[] = [];
  let left = length;
  const put = (text: string): void => {
    out.push(text);
    left -= text.length;
  };
  const writeText = (text: string): void => {
    // A letter of two code units is not cut in two.
    const shown = text.slice(0, left).replace(/[\uD800-\uDBFF]$/, '');
    put(text.length > left ? `${JSON.stringify(shown).slice(0, -1)}…"` : JSON.stringify(text));
  };
  const write = (name: string, part: Json, depth: number): void => {
    if (left <= 0) return;
    if (secrets === 'masked' && isSecret(name, part)) put(mask);
    else if (typeof part === 'string') writeText(part);
    else if (!isStructured(part)) put(JSON.stringify(part));
    else if (depth > 3) put(Array.isArray(part) ? '[…]' : '{…}');
    else if (Array.isArray(part)) writeList(part, depth);
    else writeObject(part as Readonly<Record<string, Json>>, depth);
  };
  const writeList = (items: readonly Json[], depth: number): void => {
    put('[');
    for (const [index, item] of items.entries()) {
      if (left <= 0) break;
      if (index > 0) put(', ');
      write('', item, depth + 1);
    }
    put(left <= 0 ? '…]' : ']');
  };
  const writeObject = (members: Readonly<Record<string, Json>>, depth: number): void => {
    put('{');
    let isFirst = true;
    for (const name in members) {
      if (left <= 0) break;
      if (!isFirst) put(', ');
      isFirst = false;
      put(`${name}: `);
      write(name, members[name] ?? null, depth + 1);
    }
    put(left <= 0 ? '…}' : '}');
  };
  write('', value, 0);
  return out.join('');
}
