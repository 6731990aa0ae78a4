import type { ExpressionProblem, FunctionArgument, JsonPath, PathName, PathOrigin, PathStep } from './ast.ts';
import {
  charAt,
  endOfArgument,
  endOfQuoted,
  maximumDepth,
  report,
  skipBlanks,
  unescapeText,
  within,
} from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { parseFilter } from './parseFilter.ts';
import { parsePermissiveJson } from './permissiveJson.ts';

export interface ParsedPath {
  /** As much of the path as could be read; absent when the text does not start like one. */
  readonly path: JsonPath | undefined;
  readonly errors: readonly ExpressionProblem[];
}

/**
 * Reads a path as AWS does: Jayway's dialect behind `$`, `$$` or `$name`.
 *
 * Never fails: what cannot be read is skipped up to the next `.` or `[` and reported, in Jayway's
 * words. So `$.a.[0].b`, `$.['a b']` and `$.vals[1:5:2]` are fine, and `$.a b` is not.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export function parseJsonPath(text: string): ParsedPath {
  return parseJsonPathWithin(text, 0, text.length);
}

/** The same for a part of the text, such as an argument; offsets are those of the whole text. */
export function parseJsonPathWithin(text: string, from: number, to: number): ParsedPath {
  const [start, end] = trimmed(text, from, to);
  const origin = readOrigin(text, start, end);
  if (origin === undefined) {
    return { path: undefined, errors: [{ message: "Path must start with '$'", start, end }] };
  }
  return parseFrom(text, origin, end, origin.end - 1);
}

/**
 * Reads a path as Jayway itself does, without what AWS adds: `$name` is refused, and a text without `$`
 * gets one (`store.book` is `$.store.book`, and offsets are those of the longer text).
 */
export function parseJaywayPath(text: string): ParsedPath {
  const [start, end] = trimmed(text, 0, text.length);
  if (text.charAt(start) === '$')
    return parseFrom(text, { kind: 'document', start, end: start + 1 }, end, start);
  if (text.charAt(start) === '@') return parseFrom(text, { kind: 'item', start, end: start + 1 }, end, start);
  return parseFrom(`$.${text}`, { kind: 'document', start: 0, end: 1 }, end + 2, 0);
}

function trimmed(text: string, from: number, to: number): readonly [number, number] {
  let start = from;
  let end = to;
  while (start < end && /^\s/.test(text.charAt(start))) start++;
  while (end > start && /^\s/.test(text.charAt(end - 1))) end--;
  return [start, end];
}

function readOrigin(text: string, start: number, end: number): PathOrigin | undefined {
  if (text.charAt(start) !== '$') return undefined;
  if (text.charAt(start + 1) === '$') return { kind: 'context', start, end: start + 2 };
  variableName.lastIndex = start + 1;
  const name = variableName.exec(text.slice(0, end))?.[0];
  if (name !== undefined) return { kind: 'variable', name, start, end: start + 1 + name.length };
  return { kind: 'document', start, end: start + 1 };
}

const variableName = /[\p{ID_Start}_]\p{ID_Continue}*/uy;

function parseFrom(text: string, origin: PathOrigin, end: number, zero: number): ParsedPath {
  const cursor: Cursor = { text, end, zero, problems: [], readNestedPath, depth: 0, position: origin.end };
  return { path: readPath(cursor, origin), errors: cursor.problems };
}

/** Reads the steps from the cursor to its end. */
function readPath(whole: Cursor, origin: PathOrigin): JsonPath {
  const end = endWithoutDots(whole, origin);
  const cursor: Cursor = { ...whole, end };
  const steps: PathStep[] = [];
  const first = charAt(cursor, cursor.position);
  if (first !== '' && first !== '.' && first !== '[') {
    const at = cursor.position;
    report(cursor, `Illegal character at position ${at - cursor.zero} expected '.' or '['`, at, at + 1);
    recover(cursor, at + 1);
  }
  while (cursor.position < cursor.end) {
    const before = cursor.position;
    if (!readStep(cursor, steps)) recover(cursor, Math.max(before + 1, cursor.position));
  }
  return { origin, steps, start: origin.start, end: whole.end };
}

function endWithoutDots(cursor: Cursor, origin: PathOrigin): number {
  let end = cursor.end;
  while (end > origin.end && cursor.text.charAt(end - 1) === '.') end--;
  if (end < cursor.end) report(cursor, "Path must not end with a '.' or '..'", end, cursor.end);
  return end;
}

/** Goes on with the next thing that looks like the start of a step, so that one slip is one problem. */
function recover(cursor: Cursor, from: number): void {
  let position = from;
  while (position < cursor.end && !'.['.includes(cursor.text.charAt(position))) position++;
  cursor.position = position;
}

/** Reads one step into `steps`; `false` when it could not be read and was reported. */
function readStep(cursor: Cursor, steps: PathStep[]): boolean {
  const start = cursor.position;
  if (charAt(cursor, start) === '.') {
    const isScan = charAt(cursor, start + 1) === '.';
    cursor.position += isScan ? 2 : 1;
    if (isScan) steps.push({ kind: 'scan', start, end: start + 2 });
    if (charAt(cursor, cursor.position) === '.') {
      const at = cursor.position;
      report(cursor, `Character '.' on position ${at - cursor.zero} is not valid.`, at, at + 1);
      return false;
    }
  }
  const at = cursor.position;
  const char = charAt(cursor, at);
  if (char === '[') return add(steps, readBracket(cursor));
  if (char === '*') {
    cursor.position++;
    return add(steps, { kind: 'wildcard', start: at, end: at + 1 });
  }
  return add(steps, readNameOrFunction(cursor));
}

function add(steps: PathStep[], step: PathStep | undefined): boolean {
  if (step !== undefined) steps.push(step);
  return step !== undefined;
}

/** `name` or `name(…)` behind a dot. A backslash takes the next character literally (`store\.book`). */
function readNameOrFunction(cursor: Cursor): PathStep | undefined {
  const start = cursor.position;
  let end = start;
  while (end < cursor.end && !' .[('.includes(cursor.text.charAt(end))) {
    end += cursor.text.charAt(end) === '\\' ? 2 : 1;
  }
  end = Math.min(end, cursor.end);
  cursor.position = end;
  const char = charAt(cursor, end);
  if (char === ' ') {
    const position = start - cursor.zero;
    const message = `Use bracket notion ['my prop'] if your property contains blank characters. position: ${position}`;
    return report(cursor, message, start, endOfName(cursor, end));
  }
  const text = cursor.text.slice(start, end);
  if (char === '(') return readFunction(cursor, text, start);
  return { kind: 'child', name: unescapeName(text), nameRange: { start, end }, start, end };
}

function endOfName(cursor: Cursor, from: number): number {
  let end = from;
  while (end < cursor.end && !'.['.includes(cursor.text.charAt(end))) end++;
  return end;
}

/** Only what must be escaped is unescaped: `\.` is a dot, and `\n` is the letter n. */
function unescapeName(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, char: string) =>
    code === undefined ? char : String.fromCharCode(parseInt(code, 16)),
  );
}

/** The arguments of `name(`, where the cursor stands on the parenthesis. */
function readFunction(cursor: Cursor, name: string, start: number): PathStep | undefined {
  const args: FunctionArgument[] = [];
  let position = cursor.position + 1;
  while (position < cursor.end) {
    const end = endOfArgument(cursor, position);
    if (end >= cursor.end) break;
    const argument = readFunctionArgument(cursor, position, end);
    if (argument !== undefined) args.push(argument);
    position = end + 1;
    if (cursor.text.charAt(end) === ')') {
      cursor.position = position;
      return { kind: 'function', name, arguments: args, start, end: position };
    }
  }
  cursor.position = cursor.end;
  return report(cursor, `Arguments to function: '${name}' are not closed properly.`, start, cursor.end);
}

function readFunctionArgument(cursor: Cursor, from: number, to: number): FunctionArgument | undefined {
  const text = cursor.text.slice(from, to).trim();
  if (text === '') return undefined;
  const start = from + cursor.text.slice(from, to).indexOf(text);
  const end = start + text.length;
  if (/^[$@]/.test(text)) {
    const path = readNestedPath(cursor, start, end);
    return path && { kind: 'path', path, start, end };
  }
  if (!/^[{\d"-]/.test(text)) return { kind: 'ignored', start, end };
  const value = parsePermissiveJson(text);
  if (value === undefined) {
    return report(cursor, `Could not parse the argument ${text} as JSON`, start, end);
  }
  return { kind: 'json', value, start, end };
}

/** A path inside a filter or an argument, where `$` is the document and `@` the item. */
function readNestedPath(cursor: Cursor, start: number, end: number): JsonPath | undefined {
  if (cursor.depth >= maximumDepth) return report(cursor, 'The path is nested too deeply.', start, end);
  const problemsBefore = cursor.problems.length;
  const kind = cursor.text.charAt(start) === '@' ? 'item' : 'document';
  const nested = within(cursor, start, end);
  nested.position = start + 1;
  const path = readPath(nested, { kind, start, end: start + 1 });
  return cursor.problems.length === problemsBefore ? path : undefined;
}

function readBracket(cursor: Cursor): PathStep | undefined {
  const start = cursor.position;
  const inside = skipBlanks(cursor, start + 1);
  const char = charAt(cursor, inside);
  if (char === "'" || char === '"') return readQuotedNames(cursor, inside, char);
  if (/^[\d:-]/.test(char)) {
    const step = readIndexes(cursor);
    if (step !== 'other') return step;
  }
  if (char === '*') return readWildcard(cursor, inside);
  if (char === '?') return readFilter(cursor, inside);
  return unreadable(cursor);
}

function unreadable(cursor: Cursor): undefined {
  const start = cursor.position;
  const close = cursor.text.indexOf(']', start);
  const end = close === -1 || close >= cursor.end ? cursor.end : close + 1;
  cursor.position = end;
  const position = start - cursor.zero;
  const message = `Could not parse token starting at position ${position}. Expected ?, ', 0-9, * `;
  return report(cursor, message, start, end);
}

/** `['a']` and `['a', 'b']`, in either kind of quotes. */
function readQuotedNames(cursor: Cursor, first: number, quote: string): PathStep | undefined {
  const start = cursor.position;
  const names: PathName[] = [];
  let position = first;
  for (;;) {
    const end = endOfQuoted(cursor, position);
    if (end === undefined) {
      cursor.position = cursor.end;
      return report(cursor, `Property has not been closed - missing closing ${quote}`, position, cursor.end);
    }
    const name = unescapeText(cursor.text.slice(position + 1, end - 1));
    names.push({ name, start: position + 1, end: end - 1 });
    const after = skipBlanks(cursor, end);
    const char = charAt(cursor, after);
    cursor.position = after;
    if (char === ']') break;
    if (char === '') return report(cursor, 'Property has not been closed - missing closing ]', start, after);
    if (char !== ',') {
      const index = end - 1 - cursor.zero;
      const message = `Property must be separated by comma or Property must be terminated close square bracket at index ${index}`;
      return report(cursor, message, end - 1, after + 1);
    }
    position = skipBlanks(cursor, after + 1);
    if (charAt(cursor, position) !== quote) {
      cursor.position = position;
      return report(cursor, `Found empty property at index ${position - cursor.zero}`, after, position + 1);
    }
  }
  const end = ++cursor.position;
  const quoted = quote === '"' ? ({ isDoubleQuoted: true } as const) : {};
  const [only] = names;
  if (names.length === 1 && only !== undefined) {
    const nameRange = { start: only.start, end: only.end };
    return { kind: 'child', name: only.name, nameRange, start, end, ...quoted };
  }
  return { kind: 'children', names, start, end, ...quoted };
}

/** `[0]`, `[-1]`, `[0,2]`, `[1:4]`; `'other'` when the bracket holds something else. */
function readIndexes(cursor: Cursor): PathStep | 'other' | undefined {
  const start = cursor.position;
  const close = cursor.text.indexOf(']', start);
  if (close === -1 || close >= cursor.end) return 'other';
  const text = cursor.text.slice(start + 1, close).trim();
  if (!/^[\d,: -]*$/.test(text)) return 'other';
  const end = (cursor.position = close + 1);
  if (text.includes(':')) {
    const match = /^(-?\d+)?:(-?\d+)?(?::[\d:-]*)?$/.exec(text);
    const from = toIndex(match?.[1]);
    const to = toIndex(match?.[2]);
    if (match === null || from === 'outOfRange' || to === 'outOfRange' || (from ?? to) === undefined) {
      return report(cursor, `Failed to parse SliceOperation: ${text}`, start, end);
    }
    return { kind: 'slice', from, to, start, end };
  }
  const indexes: number[] = [];
  for (const token of text.split(/\s*,\s*/)) {
    const index = /^-?\d+$/.test(token) ? toIndex(token) : undefined;
    if (index === undefined || index === 'outOfRange') {
      return report(cursor, `Failed to parse token in ArrayIndexOperation: ${token}`, start, end);
    }
    indexes.push(index);
  }
  const [index] = indexes;
  if (indexes.length === 1 && index !== undefined) return { kind: 'index', index, start, end };
  return { kind: 'indexes', indexes, start, end };
}

/** Java's `int`: Jayway refuses larger indexes. */
function toIndex(text: string | undefined): number | undefined | 'outOfRange' {
  if (text === undefined) return undefined;
  const index = Number(text);
  return index >= -0x80000000 && index <= 0x7fffffff ? index | 0 : 'outOfRange';
}

function readWildcard(cursor: Cursor, star: number): PathStep | undefined {
  const start = cursor.position;
  const close = skipBlanks(cursor, star + 1);
  cursor.position = close;
  if (charAt(cursor, close) !== ']') {
    const offset = star + 1 - cursor.zero;
    return report(cursor, `Expected wildcard token to end with ']' on position ${offset}`, start, close);
  }
  const end = ++cursor.position;
  return { kind: 'wildcard', start, end };
}

function readFilter(cursor: Cursor, questionMark: number): PathStep | undefined {
  const start = cursor.position;
  const open = skipBlanks(cursor, questionMark + 1);
  const char = charAt(cursor, open);
  if (char === ']' || char === ',') {
    const position = start - cursor.zero;
    const message = `Not enough predicates supplied for filter [?] at position ${position}`;
    cursor.position = open + 1;
    return report(cursor, message, start, open + 1);
  }
  if (char !== '(') return unreadable(cursor);
  cursor.position = open;
  const problemsBefore = cursor.problems.length;
  const condition = parseFilter(cursor);
  if (condition === undefined) {
    skipFilter(cursor, open);
    return undefined;
  }
  const close = skipBlanks(cursor, cursor.position);
  if (charAt(cursor, close) !== ']') {
    if (cursor.problems.length === problemsBefore) {
      const message = `Could not parse token starting at position ${start - cursor.zero}. Expected ?, ', 0-9, * `;
      report(cursor, message, close, close + 1);
    }
    skipFilter(cursor, open);
    return undefined;
  }
  const end = (cursor.position = close + 1);
  return { kind: 'filter', condition, start, end };
}

/** Moves behind the bracket that closes the filter whose parenthesis opens at `open`. */
function skipFilter(cursor: Cursor, open: number): void {
  const end = endOfArgument(cursor, open + 1);
  const close = cursor.text.indexOf(']', end);
  cursor.position = close === -1 || close >= cursor.end ? cursor.end : close + 1;
}
