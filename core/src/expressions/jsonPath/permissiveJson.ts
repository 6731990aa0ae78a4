import type { Json } from '#core/json.ts';
import { maximumDepth, unescapeText } from './cursor.ts';

/**
 * Reads JSON as forgivingly as Jayway does inside a path: single quotes and bare words are strings.
 *
 * `['a', b, 1]` is `["a", "b", 1]`. `undefined` when there is no reading at all.
 */
export function parsePermissiveJson(text: string): Json | undefined {
  const reader = { text, position: 0, depth: 0 };
  const value = readValue(reader);
  skipSpace(reader);
  return reader.position === text.length ? value : undefined;
}

interface Reader {
  readonly text: string;
  position: number;
  depth: number;
}

function readValue(reader: Reader): Json | undefined {
  skipSpace(reader);
  const char = reader.text.charAt(reader.position);
  if (char === '[' || char === '{') {
    if (++reader.depth > maximumDepth) return undefined;
    const value = char === '[' ? readArray(reader) : readObject(reader);
    reader.depth--;
    return value;
  }
  if (char === "'" || char === '"') return readString(reader, char);
  return readWord(reader);
}

function readArray(reader: Reader): Json | undefined {
  const items: Json[] = [];
  reader.position++;
  for (;;) {
    skipSpace(reader);
    if (take(reader, ']')) return items;
    if (take(reader, ',')) continue;
    const item = readValue(reader);
    if (item === undefined) return undefined;
    items.push(item);
    skipSpace(reader);
    if (!',]'.includes(reader.text.charAt(reader.position) || '?')) return undefined;
  }
}

function readObject(reader: Reader): Json | undefined {
  const members: [string, Json][] = [];
  reader.position++;
  for (;;) {
    skipSpace(reader);
    if (take(reader, '}')) return Object.fromEntries(members);
    if (take(reader, ',')) continue;
    const name = readValue(reader);
    if (name === undefined || typeof name === 'object') return undefined;
    skipSpace(reader);
    if (!take(reader, ':')) return undefined;
    const value = readValue(reader);
    if (value === undefined) return undefined;
    members.push([String(name), value]);
    skipSpace(reader);
    if (!',}'.includes(reader.text.charAt(reader.position) || '?')) return undefined;
  }
}

function readString(reader: Reader, quote: string): string | undefined {
  const start = reader.position + 1;
  for (let end = start; end < reader.text.length; end++) {
    const char = reader.text.charAt(end);
    if (char === '\\') end++;
    else if (char === quote) {
      reader.position = end + 1;
      return unescapeText(reader.text.slice(start, end));
    }
  }
  return undefined;
}

function readWord(reader: Reader): Json | undefined {
  const start = reader.position;
  while (reader.position < reader.text.length && !',:[]{}'.includes(reader.text.charAt(reader.position))) {
    reader.position++;
  }
  const word = reader.text.slice(start, reader.position).trim();
  if (word === '') return undefined;
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word) ? Number(word) : word;
}

function take(reader: Reader, char: string): boolean {
  if (reader.text.charAt(reader.position) !== char) return false;
  reader.position++;
  return true;
}

function skipSpace(reader: Reader): void {
  while (/^\s/.test(reader.text.charAt(reader.position))) reader.position++;
}
