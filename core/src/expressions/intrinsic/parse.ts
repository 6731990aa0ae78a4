import { parseJsonPathWithin } from '#core/expressions/jsonPath/parse.ts';
import { say, type Message } from '#core/text/message.ts';
import type { IntrinsicArgument, IntrinsicCall, IntrinsicProblem, IntrinsicProblemCode } from './ast.ts';

export interface ParsedIntrinsic {
  /** As much of the call as could be read; absent when the text does not start like one. */
  readonly call: IntrinsicCall | undefined;
  readonly errors: readonly IntrinsicProblem[];
}

/**
 * Reads `Name(argument, …)` as AWS does. Arguments are `'text'`, numbers, `true`, `false`, `null`,
 * paths and calls; blanks and line breaks between them do not matter.
 *
 * Never fails: what cannot be read is reported and skipped. Whether the function exists and takes such
 * arguments is the business of `checkIntrinsic`.
 */
export function parseIntrinsic(text: string): ParsedIntrinsic {
  const reader: Reader = { text, errors: [], depth: 0, position: 0 };
  skipBlanks(reader);
  const start = reader.position;
  const name = readName(reader);
  skipBlanks(reader);
  if (name === '' || charAt(reader) !== '(') {
    const message = say`Expected a path (it starts with '$') or a call such as States.Format('{}', $.name).`;
    report(reader, 'notACall', message, start, Math.max(text.trimEnd().length, start));
    return { call: undefined, errors: reader.errors };
  }
  const call = readCall(reader, name, start);
  skipBlanks(reader);
  if (reader.position < text.length) {
    const message = say`Nothing may follow the closing parenthesis.`;
    report(reader, 'trailingText', message, reader.position, text.trimEnd().length);
  }
  return { call, errors: reader.errors };
}

interface Reader {
  readonly text: string;
  readonly errors: IntrinsicProblem[];
  depth: number;
  position: number;
}

/** Deeper calls than this are not read, so that no text can exhaust the stack. */
const maximumDepth = 100;

function report(
  reader: Reader,
  code: IntrinsicProblemCode,
  message: Message,
  start: number,
  end: number,
): undefined {
  const length = reader.text.length;
  const from = Math.min(start, Math.max(length - 1, 0));
  reader.errors.push({ code, message, start: from, end: Math.min(length, Math.max(end, from + 1)) });
}

function charAt(reader: Reader): string {
  return reader.text.charAt(reader.position);
}

function skipBlanks(reader: Reader): void {
  while (/^\s/.test(charAt(reader))) reader.position++;
}

function readName(reader: Reader): string {
  const start = reader.position;
  while (/^[A-Za-z0-9._]/.test(charAt(reader))) reader.position++;
  return reader.text.slice(start, reader.position);
}

/** The rest of a call, the reader standing on its opening parenthesis. */
function readCall(reader: Reader, name: string, start: number): IntrinsicCall {
  const open = reader.position;
  const args: IntrinsicArgument[] = [];
  const nameRange = { start, end: start + name.length };
  const close = (): IntrinsicCall => {
    return { kind: 'call', name, nameRange, arguments: args, start, end: reader.position };
  };
  reader.position++;
  if (++reader.depth > maximumDepth) {
    report(reader, 'nesting', say`The calls are nested too deeply.`, start, reader.text.length);
    reader.position = reader.text.length;
  }
  skipBlanks(reader);
  while (charAt(reader) !== ')') {
    if (reader.position >= reader.text.length) {
      if (reader.depth <= maximumDepth) {
        const message = say`This parenthesis is not closed: a ')' is missing.`;
        report(reader, 'unbalancedParenthesis', message, open, open + 1);
      }
      return close();
    }
    const argument = readArgument(reader);
    if (argument !== undefined) args.push(argument);
    skipBlanks(reader);
    if (charAt(reader) === ',') {
      reader.position++;
      skipBlanks(reader);
      if (charAt(reader) === ')') {
        const at = reader.position;
        report(reader, 'badArgument', say`Expected an argument behind the comma.`, at, at + 1);
      }
    } else if (charAt(reader) !== ')' && reader.position < reader.text.length) {
      reportMissingComma(reader);
    }
  }
  reader.position++;
  reader.depth--;
  return close();
}

function reportMissingComma(reader: Reader): void {
  const start = reader.position;
  skipToEndOfArgument(reader);
  report(reader, 'badArgument', say`Expected ',' or ')'.`, start, reader.position);
}

/** Moves to the next `,` or `)` that belongs to the call around. */
function skipToEndOfArgument(reader: Reader): void {
  let depth = 0;
  for (; reader.position < reader.text.length; reader.position++) {
    const char = charAt(reader);
    if (char === '(') depth++;
    else if (depth === 0 && (char === ',' || char === ')')) return;
    else if (char === ')') depth--;
  }
}

function readArgument(reader: Reader): IntrinsicArgument | undefined {
  const char = charAt(reader);
  if (char === "'") return readText(reader);
  if (char === '"') return readDoubleQuoted(reader);
  if (char === '$') return readPath(reader);
  if (/^[\d-]/.test(char)) return readNumber(reader);
  return readWord(reader);
}

function readText(reader: Reader): IntrinsicArgument {
  const start = reader.position;
  const pieces: string[] = [];
  let value = '';
  let piece = '';
  let hasLoneBrace = false;
  for (reader.position++; reader.position < reader.text.length; reader.position++) {
    const char = charAt(reader);
    if (char === "'") {
      pieces.push(piece);
      return { kind: 'string', value, pieces, hasLoneBrace, start, end: ++reader.position };
    }
    if (char === '{' && reader.text.charAt(reader.position + 1) === '}') {
      pieces.push(piece);
      piece = '';
      value += '{}';
      reader.position++;
      continue;
    }
    if (char === '{' || char === '}') hasLoneBrace = true;
    const taken = char === '\\' ? readEscape(reader) : char;
    piece += taken;
    value += taken;
  }
  report(reader, 'badArgument', say`This text is not closed: a ' is missing.`, start, reader.text.length);
  return { kind: 'string', value, pieces: [...pieces, piece], hasLoneBrace, start, end: reader.position };
}

/** One of `\'`, `\{`, `\}`, `\\`; AWS refuses others. Leaves the reader on the escaped character. */
function readEscape(reader: Reader): string {
  const start = reader.position;
  const escaped = reader.text.charAt(start + 1);
  if (escaped !== '' && "'{}\\".includes(escaped)) {
    reader.position++;
    return escaped;
  }
  const message = say`'\\${escaped}' is not an escape: only \\' \\{ \\} and \\\\ are. Write \\\\ for a backslash.`;
  report(reader, 'illegalEscape', message, start, start + 2);
  return '\\';
}

function readDoubleQuoted(reader: Reader): IntrinsicArgument {
  const start = reader.position;
  let end = start + 1;
  while (end < reader.text.length && reader.text.charAt(end) !== '"')
    end += reader.text.charAt(end) === '\\' ? 2 : 1;
  end = Math.min(end, reader.text.length);
  const value = reader.text.slice(start + 1, end);
  reader.position = Math.min(end + 1, reader.text.length);
  const message = say`Text in an intrinsic function stands in single quotes: '${value}'.`;
  report(reader, 'doubleQuotes', message, start, reader.position);
  return {
    kind: 'string',
    value,
    pieces: value.split('{}'),
    hasLoneBrace: false,
    start,
    end: reader.position,
  };
}

/** A path ends at a comma, closing parenthesis or blank that is not inside its own brackets or quotes. */
function readPath(reader: Reader): IntrinsicArgument | undefined {
  const start = reader.position;
  let depth = 0;
  let quote = '';
  for (; reader.position < reader.text.length; reader.position++) {
    const char = charAt(reader);
    if (quote !== '') {
      if (char === '\\') reader.position++;
      else if (char === quote) quote = '';
    } else if (depth > 0 && (char === "'" || char === '"')) quote = char;
    else if (char === '[' || char === '(') depth++;
    else if (depth === 0 && /^[,)\s]/.test(char)) break;
    else if (char === ']' || char === ')') depth--;
  }
  const end = (reader.position = Math.min(reader.position, reader.text.length));
  const { path, errors } = parseJsonPathWithin(reader.text, start, end);
  for (const error of errors) reader.errors.push({ ...error, code: 'badPath' });
  return path && { kind: 'path', path, start, end };
}

function readNumber(reader: Reader): IntrinsicArgument | undefined {
  const start = reader.position;
  while (/^[\w.+-]/.test(charAt(reader))) reader.position++;
  const end = reader.position;
  const text = reader.text.slice(start, end);
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) {
    return report(reader, 'badArgument', say`'${text}' is not a number.`, start, end);
  }
  return { kind: 'number', value: Number(text), start, end };
}

function readWord(reader: Reader): IntrinsicArgument | undefined {
  const start = reader.position;
  const word = readName(reader);
  const end = reader.position;
  skipBlanks(reader);
  if (word !== '' && charAt(reader) === '(') return readCall(reader, word, start);
  if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', start, end };
  if (word === 'null') return { kind: 'null', start, end };
  reader.position = start;
  skipToEndOfArgument(reader);
  const found = reader.text.slice(start, reader.position).trim();
  const message =
    found === ''
      ? say`Expected an argument.`
      : say`'${found}' is not an argument: write '…' for text, $… for a path, or a number, true, false, null or a call.`;
  return report(reader, 'badArgument', message, start, start + found.length);
}
