import type { ExpressionProblem, JsonPath } from './ast.ts';

/** A place in the text of a path, up to `end`, and the problems found so far. */
export interface Cursor {
  readonly text: string;
  /** Exclusive; a nested path ends before the text does. */
  readonly end: number;
  /** Where Jayway's own count of positions starts: it sees neither the second `$` nor a variable's name. */
  readonly zero: number;
  readonly problems: ExpressionProblem[];
  /** Reads a path inside a filter or an argument; `undefined` after a problem. */
  readonly readNestedPath: (cursor: Cursor, start: number, end: number) => JsonPath | undefined;
  /** How many filters, arguments and parentheses stand around this one. */
  depth: number;
  position: number;
}

/** Deeper nesting than this is refused, so that no text can exhaust the stack. */
export const maximumDepth = 100;

/** The character at the position, or '' behind the end. */
export function charAt(cursor: Cursor, position: number): string {
  return position < cursor.end ? cursor.text.charAt(position) : '';
}

/** Jayway skips blanks (not tabs or line breaks) between the tokens of a bracket. */
export function skipBlanks(cursor: Cursor, position: number): number {
  let next = position;
  while (charAt(cursor, next) === ' ') next++;
  return next;
}

/** Reports a problem; a range without length is widened to one character so that it can be seen. */
export function report(cursor: Cursor, message: string, start: number, end: number): undefined {
  const last = cursor.text.length;
  const from = Math.min(start, Math.max(last - 1, 0));
  cursor.problems.push({ message, start: from, end: Math.min(last, Math.max(end, from + 1)) });
}

/** A nested path or argument: the same text and problems, narrower bounds. */
export function within(cursor: Cursor, start: number, end: number): Cursor {
  return { ...cursor, end, zero: start, depth: cursor.depth + 1, position: start };
}

/**
 * Where the quoted text that starts at `position` ends: behind the closing quote, or `undefined`.
 *
 * A backslash escapes the next character.
 */
export function endOfQuoted(cursor: Cursor, position: number): number | undefined {
  const quote = charAt(cursor, position);
  for (let next = position + 1; next < cursor.end; next++) {
    const char = cursor.text.charAt(next);
    if (char === '\\') next++;
    else if (char === quote) return next + 1;
  }
  return undefined;
}

/** The end of an argument: the first `,` or `)` outside quotes and brackets, or the end of the text. */
export function endOfArgument(cursor: Cursor, position: number): number {
  let depth = 0;
  let next = position;
  while (next < cursor.end) {
    const char = cursor.text.charAt(next);
    if (char === "'" || char === '"') {
      const end = endOfQuoted(cursor, next);
      if (end === undefined) return cursor.end;
      next = end;
      continue;
    }
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (depth === 0 && (char === ',' || char === ')')) return next;
    else if (char === ')' || char === ']' || char === '}') depth = Math.max(0, depth - 1);
    next++;
  }
  return cursor.end;
}

/** Undoes backslash escapes as Jayway does: `\n`, `\u0041`, and any other character stands for itself. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, char: string) =>
    code === undefined ? (controlCharacters[char] ?? char) : String.fromCharCode(parseInt(code, 16)),
  );
}

const controlCharacters: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
