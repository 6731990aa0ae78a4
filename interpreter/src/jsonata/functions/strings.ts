import type { Callable } from '../callable.ts';
import { NativeFunction, PassedFunction } from '../callable.ts';
import { decodeBase64, encodeBase64 } from '#interpreter/hash/base64.ts';
import type { RegexMatch } from '#interpreter/regex/match.ts';
import { callBack } from '../apply.ts';
import { Failure } from '../failure.ts';
import { RegexFunction } from '../regexFunction.ts';
import type { Run } from '../run.ts';
import { stringOf } from '../stringify.ts';
import { isArray, isObject, newSequence, valueOf, type OwnArray, type Value } from '../value.ts';
import { integerOf, type Functions } from './functions.ts';

export const stringFunctions = {
  string: ([value, prettify], run) => stringOf(value, run, prettify === true),
  length: ([text], run) => (typeof text === 'string' ? characters(text, run).length : undefined),
  substring: ([text, start, length], run) =>
    typeof text === 'string' ? substring(text, integerOf(start), integerOf(length), run) : undefined,
  substringBefore: ([text, chars]) => {
    if (typeof text !== 'string') return undefined;
    const position = text.indexOf(soughtText(chars));
    return position === -1 ? text : text.slice(0, position);
  },
  substringAfter: ([text, chars]) => {
    if (typeof text !== 'string') return undefined;
    const sought = soughtText(chars);
    const position = text.indexOf(sought);
    return position === -1 ? text : text.slice(position + sought.length);
  },
  lowercase: ([text], run) => (typeof text === 'string' ? made(text.toLowerCase(), run) : undefined),
  uppercase: ([text], run) => (typeof text === 'string' ? made(text.toUpperCase(), run) : undefined),
  trim: ([text], run) =>
    typeof text === 'string'
      ? made(text.replaceAll(/[ \t\n\r]+/g, ' ').replaceAll(/^ | $/g, ''), run)
      : undefined,
  pad: ([text, width, char], run) =>
    typeof text === 'string' ? pad(text, integerOf(width) ?? NaN, char, run) : undefined,
  contains: ([text, pattern], run) => {
    if (typeof text !== 'string' || pattern === undefined) return undefined;
    run.work(text.length / TEXT_PER_STEP);
    return typeof pattern === 'string'
      ? text.includes(pattern)
      : firstMatch(pattern, text, run) !== undefined;
  },
  match: ([text, pattern, limit], run) => match(text, pattern, integerOf(limit), run),
  replace: ([text, pattern, replacement, limit], run) =>
    typeof text === 'string' ? replace(text, pattern, replacement, integerOf(limit), run) : undefined,
  split: ([text, separator, limit], run) =>
    typeof text === 'string' ? split(text, separator, integerOf(limit), run) : undefined,
  join: ([texts, separator], run) => {
    if (!isArray(texts)) return undefined;
    const between = typeof separator === 'string' ? separator : '';
    let length = between.length * texts.length;
    for (const text of texts) length += typeof text === 'string' ? text.length : 0;
    run.work(texts.length);
    run.checkText(length);
    run.allocate(length);
    return texts.join(between);
  },
  base64encode: ([text], run) =>
    typeof text === 'string' ? made(encodeBase64(bytesOf(text)), run) : undefined,
  base64decode: ([text], run) =>
    typeof text === 'string' ? made(textOf(decodeBase64(text)), run) : undefined,
  encodeUrlComponent: ([text], run) => url('encodeUrlComponent', encodeURIComponent, text, run),
  encodeUrl: ([text], run) => url('encodeUrl', encodeURI, text, run),
  decodeUrlComponent: ([text], run) => url('decodeUrlComponent', decodeURIComponent, text, run),
  decodeUrl: ([text], run) => url('decodeUrl', decodeURI, text, run),
} satisfies Functions;

/** Characters of a text that native code handles in the time of one step. */
const TEXT_PER_STEP = 64;

/** JavaScript, and so the package, looks for the word when there is nothing to look for. */
function soughtText(chars: Value): string {
  return typeof chars === 'string' ? chars : 'undefined';
}

function made(text: string, run: Run): string {
  run.work(text.length / TEXT_PER_STEP);
  run.allocate(text.length);
  return text;
}

/** One byte a character: what does not fit into a byte is cut, as the package does. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, index) => text.charCodeAt(index) & 0xff);
}

function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('');
}

/** The characters of a text, where JavaScript counts some as two. */
function characters(text: string, run: Run): readonly string[] {
  run.work(text.length / 8);
  return Array.from(text);
}

function substring(text: string, from: number | undefined, length: number | undefined, run: Run): string {
  const all = characters(text, run);
  const start = from === undefined || all.length + from < 0 ? 0 : from;
  if (length === undefined) return all.slice(start).join('');
  // The package calculates an end from the start, and without one there is none.
  if (length <= 0 || from === undefined) return '';
  return all.slice(start, start >= 0 ? start + length : all.length + start + length).join('');
}

function pad(text: string, width: number, char: Value, run: Run): string {
  const filling = typeof char === 'string' && char.length > 0 ? char : ' ';
  const missing = Math.abs(width) - characters(text, run).length;
  if (!(missing > 0)) return text;
  run.checkText(missing * filling.length);
  run.allocate(missing * filling.length);
  const repeated = filling.repeat(missing);
  const padding = filling.length > 1 ? substring(repeated, 0, missing, run) : repeated;
  return width > 0 ? text + padding : padding + text;
}

/** A match however it was found: by a regular expression, or by a function of the expression's own. */
interface FoundMatch {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly Value[];
  next(): FoundMatch | undefined;
}

function firstMatch(pattern: Value, text: string, run: Run): FoundMatch | undefined {
  const target = pattern instanceof PassedFunction ? pattern.target : pattern;
  if (target instanceof RegexFunction) return regexMatch(target, text, target.find(text, 0, run), run);
  return customMatch(callBack(target, [text], run), run);
}

function regexMatch(
  regex: RegexFunction,
  text: string,
  found: RegexMatch | undefined,
  run: Run,
): FoundMatch | undefined {
  if (found === undefined) return undefined;
  const { start, end, groups } = found;
  return {
    match: text.slice(start, end),
    start,
    end,
    groups,
    next: () => regexMatch(regex, text, regex.findNext(text, found, run), run),
  };
}

/** What a matcher function returns: `{match, start, end, groups, next}`. */
function customMatch(found: Value, run: Run): FoundMatch | undefined {
  if (found === undefined) return undefined;
  if (!isObject(found)) throw new Failure('T1010');
  const start = valueOf(found, 'start');
  const end = valueOf(found, 'end');
  const groups = valueOf(found, 'groups');
  const next = valueOf(found, 'next');
  const isMatch = typeof start === 'number' || end === 'number' || isArray(groups) || isCallable(next);
  if (!isMatch) throw new Failure('T1010');
  const match = valueOf(found, 'match');
  return {
    match: typeof match === 'string' ? match : '',
    start: typeof start === 'number' ? start : 0,
    end: typeof end === 'number' ? end : 0,
    groups: isArray(groups) ? groups : [],
    next: () => customMatch(callBack(next, [], run), run),
  };
}

function isCallable(value: Value): value is Callable {
  return value instanceof NativeFunction || value instanceof PassedFunction || typeof value === 'object';
}

function match(text: Value, pattern: Value, limit: number | undefined, run: Run): Value {
  if (typeof text !== 'string') return undefined;
  if (limit !== undefined && limit < 0) throw new Failure('D3040', { value: limit, index: 3 });
  const found = newSequence();
  const most = limit ?? Infinity;
  if (most <= 0) return found;
  // The next match is sought before the limit is looked at: an empty one is an error all the same.
  for (let each = firstMatch(pattern, text, run); each && found.length < most; each = each.next()) {
    run.step();
    const groups: OwnArray = [...each.groups];
    if (groups.includes(undefined)) run.mustInspect = true;
    run.push(found, { match: each.match, index: each.start, groups });
  }
  return found;
}

function replace(
  text: string,
  pattern: Value,
  replacement: Value,
  limit: number | undefined,
  run: Run,
): string {
  if (pattern === '') throw new Failure('D3010', { value: pattern, index: 2 });
  if (limit !== undefined && limit < 0) throw new Failure('D3011', { value: limit, index: 4 });
  const most = limit ?? Infinity;
  if (most <= 0) return text;
  return typeof pattern === 'string'
    ? replaceText(text, pattern, replacement, most, run)
    : replaceMatches(text, pattern, replacement, most, run);
}

function replaceText(text: string, pattern: string, replacement: Value, most: number, run: Run): string {
  // The package adds whatever the replacement is to the text, a function as its source.
  const inserted = typeof replacement === 'string' ? replacement : '';
  let result = '';
  let position = 0;
  let count = 0;
  for (
    let index = text.indexOf(pattern);
    index !== -1 && count < most;
    index = text.indexOf(pattern, position)
  ) {
    run.step();
    run.allocate(inserted.length + index - position);
    result += text.slice(position, index) + inserted;
    position = index + pattern.length;
    count++;
  }
  run.checkText(result.length + text.length - position);
  return result + text.slice(position);
}

function replaceMatches(text: string, pattern: Value, replacement: Value, most: number, run: Run): string {
  let result = '';
  let position = 0;
  let count = 0;
  for (let each = firstMatch(pattern, text, run); each && count < most; each = each.next()) {
    run.step();
    const inserted =
      typeof replacement === 'string' ? filledIn(replacement, each) : replaced(replacement, each, run);
    if (typeof inserted !== 'string') throw new Failure('D3012', { value: inserted });
    run.allocate(inserted.length + Math.max(0, each.start - position));
    result += text.slice(position, Math.max(position, each.start)) + inserted;
    run.checkText(result.length);
    position = each.start + each.match.length;
    count++;
  }
  return result + text.slice(position);
}

function replaced(replacement: Value, match: FoundMatch, run: Run): Value {
  const { start, end, groups } = match;
  const next = new NativeFunction(0, undefined, () => undefined);
  return callBack(replacement, [{ match: match.match, start, end, groups: [...groups], next }], run);
}

/** Puts the groups of a match in for `$1`, `$2` … and the match for `$0`. */
function filledIn(replacement: string, match: FoundMatch): string {
  const { groups } = match;
  let result = '';
  let position = 0;
  let index = replacement.indexOf('$');
  while (index !== -1 && position < replacement.length) {
    result += replacement.slice(position, index);
    position = index + 1;
    const char = replacement.charAt(position);
    if (char === '$') {
      result += '$';
      position++;
    } else if (char === '0') {
      result += match.match;
      position++;
    } else {
      const digits = groups.length === 0 ? 1 : Math.floor(Math.log(groups.length) * Math.LOG10E) + 1;
      let group = parseInt(replacement.slice(position, position + digits), 10);
      if (digits > 1 && group > groups.length) {
        group = parseInt(replacement.slice(position, position + digits - 1), 10);
      }
      if (Number.isNaN(group)) {
        result += '$';
      } else {
        const captured = groups[group - 1];
        if (typeof captured === 'string') result += captured;
        position += String(group).length;
      }
    }
    index = replacement.indexOf('$', position);
  }
  return result + replacement.slice(position);
}

function split(text: string, separator: Value, limit: number | undefined, run: Run): Value {
  if (limit !== undefined && limit < 0) throw new Failure('D3020', { value: limit, index: 3 });
  const parts: OwnArray = [];
  const most = limit ?? Infinity;
  if (most <= 0) return parts;
  if (typeof separator === 'string') {
    const all = limit === undefined ? text.split(separator) : text.split(separator, limit);
    run.work(all.length);
    run.allocate(all.length);
    return all;
  }
  let start = 0;
  for (
    let each = firstMatch(separator, text, run);
    each !== undefined && parts.length < most;
    each = each.next()
  ) {
    run.step();
    run.push(parts, text.slice(start, each.start));
    start = each.end;
  }
  if (parts.length < most) run.push(parts, text.slice(start));
  return parts;
}

function url(name: string, convert: (text: string) => string, text: Value, run: Run): string | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return made(convert(text), run);
  } catch (error) {
    if (error instanceof URIError) throw new Failure('D3140', { value: text, functionName: name });
    throw error;
  }
}
