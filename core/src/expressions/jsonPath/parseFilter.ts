import type { FilterCondition, FilterOperand, FilterOperator } from './ast.ts';
import { filterOperators } from './ast.ts';
import { charAt, endOfQuoted, maximumDepth, report, skipBlanks, unescapeText } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { parsePermissiveJson } from './permissiveJson.ts';

/**
 * Reads `(condition)` of a filter, the cursor standing on the parenthesis; `undefined` after a problem.
 *
 * The grammar is Jayway's: `||` binds weaker than `&&`, a comparison is `value operator value`, a lone
 * path asks whether it exists, and a path ends at a blank, a comparison sign or a closing parenthesis.
 */
export function parseFilter(cursor: Cursor): FilterCondition | undefined {
  const open = cursor.position;
  if (cursor.depth >= maximumDepth) return report(cursor, 'The filter is nested too deeply.', open, open + 1);
  cursor.depth++;
  const condition = readParenthesised(cursor);
  cursor.depth--;
  return condition;
}

function readParenthesised(cursor: Cursor): FilterCondition | undefined {
  cursor.position++;
  const condition = readSequence(cursor, 'or');
  if (condition === undefined) return undefined;
  cursor.position = skipBlanks(cursor, cursor.position);
  if (charAt(cursor, cursor.position) !== ')') {
    const rest = cursor.text.slice(cursor.position, cursor.end);
    const message =
      rest === ''
        ? 'Failed to parse filter. Brackets are not balanced.'
        : `Expected end of filter expression instead of: ${rest}`;
    return report(cursor, message, cursor.position, cursor.end);
  }
  cursor.position++;
  return condition;
}

/** `a || b || c`, or one level below `a && b && c`. */
function readSequence(cursor: Cursor, kind: 'or' | 'and'): FilterCondition | undefined {
  const sign = kind === 'or' ? '||' : '&&';
  const operands: FilterCondition[] = [];
  for (;;) {
    const operand = kind === 'or' ? readSequence(cursor, 'and') : readOperand(cursor);
    if (operand === undefined) return undefined;
    operands.push(operand);
    const next = skipBlanks(cursor, cursor.position);
    if (!cursor.text.startsWith(sign, next) || next + 2 > cursor.end) break;
    cursor.position = next + 2;
  }
  const [first] = operands;
  if (operands.length === 1 || first === undefined) return first;
  return { kind, operands, start: first.start, end: cursor.position };
}

function readOperand(cursor: Cursor): FilterCondition | undefined {
  const start = (cursor.position = skipBlanks(cursor, cursor.position));
  const char = charAt(cursor, start);
  if (char === '!') {
    const next = skipBlanks(cursor, start + 1);
    cursor.position = next;
    if (!isPathStart(charAt(cursor, next))) {
      const operand = readNegated(cursor);
      return operand && { kind: 'not', operand, start, end: cursor.position };
    }
    return readComparison(cursor, start, true);
  }
  return char === '(' ? parseFilter(cursor) : readComparison(cursor, start, false);
}

function readNegated(cursor: Cursor): FilterCondition | undefined {
  const at = cursor.position;
  if (cursor.depth >= maximumDepth) return report(cursor, 'The filter is nested too deeply.', at, at + 1);
  cursor.depth++;
  const operand = readOperand(cursor);
  cursor.depth--;
  return operand;
}

/** `left operator right`, or a path alone. Jayway ignores the `!` in `!@.a == 1`. */
function readComparison(cursor: Cursor, start: number, negated: boolean): FilterCondition | undefined {
  const left = readValue(cursor);
  if (left === undefined) return undefined;
  const at = skipBlanks(cursor, cursor.position);
  const word = operatorAt(cursor, at);
  const operator = operators.get(word.toLowerCase());
  if (operator !== undefined) {
    cursor.position = at + word.length;
    const right = readValue(cursor);
    return right && { kind: 'comparison', operator, left, right, start, end: cursor.position };
  }
  if (left.kind !== 'path') return report(cursor, 'Expected path node', left.start, left.end);
  if (word !== '' && !/^(\)|&&|\|\|)/.test(word)) {
    return report(cursor, `Filter operator ${word} is not supported!`, at, at + word.length);
  }
  return { kind: 'exists', path: left.path, negated, start, end: left.end };
}

const operators: ReadonlyMap<string, FilterOperator> = new Map(filterOperators.map(name => [name, name]));

/** No operator is longer; without a limit each comparison would look through the rest of the text. */
const longestOperator = 20;

/** A run of comparison signs, or else all up to the next blank. */
function operatorAt(cursor: Cursor, start: number): string {
  const isSign = isComparisonSign(charAt(cursor, start));
  const limit = Math.min(cursor.end, start + longestOperator);
  let end = start;
  while (end < limit) {
    const char = cursor.text.charAt(end);
    if (isSign ? !isComparisonSign(char) : char === ' ') break;
    end++;
  }
  return cursor.text.slice(start, end);
}

function isComparisonSign(char: string): boolean {
  return char !== '' && '<>=~!'.includes(char);
}

function isPathStart(char: string): boolean {
  return char === '$' || char === '@';
}

function readValue(cursor: Cursor): FilterOperand | undefined {
  const start = (cursor.position = skipBlanks(cursor, cursor.position));
  const char = charAt(cursor, start);
  if (char === '!' && isPathStart(charAt(cursor, skipBlanks(cursor, start + 1)))) {
    cursor.position = skipBlanks(cursor, start + 1);
    return readPathOperand(cursor);
  }
  if (isPathStart(char)) return readPathOperand(cursor);
  if (char === "'" || char === '"') return readString(cursor);
  if (char === '[' || char === '{') return readJson(cursor);
  if (char === '/') return readPattern(cursor);
  if (/^[\d.-]/.test(char)) return readNumber(cursor);
  return readWord(cursor);
}

function readPathOperand(cursor: Cursor): FilterOperand | undefined {
  const start = cursor.position;
  const end = endOfPath(cursor, start);
  if (end === undefined) {
    return report(cursor, 'Square brackets does not match in filter', start, cursor.end);
  }
  cursor.position = end;
  const path = cursor.readNestedPath(cursor, start, end);
  return path && { kind: 'path', path, start, end };
}

/** Jayway finds the end of a nested path first and reads it afterwards. */
function endOfPath(cursor: Cursor, start: number): number | undefined {
  let position = start + 1;
  while (position < cursor.end) {
    const char = cursor.text.charAt(position);
    if (char === '[') {
      const close = endOfBrackets(cursor, position);
      if (close === undefined) return undefined;
      position = close;
      continue;
    }
    if (char === '(' && isCallWithoutArguments(cursor, start, position)) {
      position = skipBlanks(cursor, position + 1) + 1;
      continue;
    }
    if (char === ' ' || char === ')' || isComparisonSign(char)) return position;
    position++;
  }
  return cursor.end;
}

/** `@.a.length()`: only calls without arguments are known inside filters. */
function isCallWithoutArguments(cursor: Cursor, start: number, open: number): boolean {
  return charAt(cursor, skipBlanks(cursor, open + 1)) === ')' && cursor.text.slice(start, open).includes('.');
}

/** Behind the bracket that closes the one at `open`; quoted text is skipped. */
function endOfBrackets(cursor: Cursor, open: number): number | undefined {
  const opening = cursor.text.charAt(open);
  const closing = opening === '[' ? ']' : '}';
  let depth = 0;
  let position = open;
  while (position < cursor.end) {
    const char = cursor.text.charAt(position);
    if (char === "'" || char === '"') {
      const end = endOfQuoted(cursor, position);
      if (end === undefined) return undefined;
      position = end;
      continue;
    }
    if (char === opening) depth++;
    else if (char === closing && --depth === 0) return position + 1;
    position++;
  }
  return undefined;
}

function readString(cursor: Cursor): FilterOperand | undefined {
  const start = cursor.position;
  const end = endOfQuoted(cursor, start);
  if (end === undefined) {
    const quote = charAt(cursor, start);
    const message = `String literal does not have matching quotes. Expected ${quote}`;
    return report(cursor, message, start, cursor.end);
  }
  cursor.position = end;
  return { kind: 'string', value: unescapeText(cursor.text.slice(start + 1, end - 1)), start, end };
}

function readJson(cursor: Cursor): FilterOperand | undefined {
  const start = cursor.position;
  const end = endOfBrackets(cursor, start);
  const value = end === undefined ? undefined : parsePermissiveJson(cursor.text.slice(start, end));
  if (end === undefined || value === undefined) {
    return report(cursor, 'Could not parse the JSON value in the filter', start, end ?? cursor.end);
  }
  cursor.position = end;
  return { kind: 'json', value, start, end };
}

function readPattern(cursor: Cursor): FilterOperand | undefined {
  const start = cursor.position;
  const close = endOfQuoted(cursor, start);
  if (close === undefined) {
    return report(cursor, 'Pattern not closed. Expected /', start, cursor.end);
  }
  let end = close;
  while (/^[a-zA-Z]/.test(charAt(cursor, end))) end++;
  cursor.position = end;
  const source = cursor.text.slice(start + 1, close - 1);
  return { kind: 'pattern', source, flags: cursor.text.slice(close, end), start, end };
}

function readNumber(cursor: Cursor): FilterOperand | undefined {
  const start = cursor.position;
  let end = start;
  while (/^[\d.eE-]/.test(charAt(cursor, end))) end++;
  cursor.position = end;
  const text = cursor.text.slice(start, end);
  if (!/^-?(\d+\.?\d*|\.\d+)([eE]-?\d+)?$/.test(text)) {
    return report(cursor, `Failed to parse filter: ${text} is not a number`, start, end);
  }
  return { kind: 'number', value: Number(text), start, end };
}

/** `true`, `false`, `null`, or a word that should have been quoted. */
function readWord(cursor: Cursor): FilterOperand | undefined {
  const start = cursor.position;
  let end = start;
  while (end < cursor.end && /^[^\s()<>=~!&|,]/.test(cursor.text.charAt(end))) end++;
  const text = cursor.text.slice(start, end);
  if (!/^[\p{L}_]/u.test(text)) {
    const found = charAt(cursor, start);
    return report(
      cursor,
      `Expected a value in the filter but found '${found}'`,
      start,
      Math.max(end, start + 1),
    );
  }
  cursor.position = end;
  if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true', start, end };
  if (text === 'null') return { kind: 'null', start, end };
  return { kind: 'bareword', text, start, end };
}
