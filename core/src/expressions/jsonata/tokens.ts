/** A token of JSONata 2.0 with its place in the text; `end` is what the `jsonata` package calls position. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'operator'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'variable'; readonly value: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'regex'; readonly value: string; readonly flags: string }
  | { readonly kind: 'end'; readonly value: '(end)' }
);

export interface LexicalError {
  readonly code: string;
  readonly token?: string;
  /** Our own words, where the `jsonata` package has none. */
  readonly message?: string;
  readonly start: number;
  readonly end: number;
}

/** Whether an operand or an operator is due: only then is `/` the start of a regular expression. */
export type Expected = 'operand' | 'operator';

export interface Scanner {
  next(expected: Expected): Token;
}

/**
 * Reads tokens one by one; what cannot be read is reported and still gives a token.
 *
 * `??` and `?:` are tokens although the language AWS runs does not have them, so that the parser
 * can say so and go on.
 */
export function createScanner(text: string, report: (error: LexicalError) => void): Scanner {
  let position = 0;

  function skipBlanksAndComments(): void {
    for (;;) {
      while (position < text.length && isBlank(text.charCodeAt(position))) position++;
      if (!text.startsWith('/*', position)) return;
      const close = text.indexOf('*/', position + 2);
      if (close === -1) {
        report({ code: 'S0106', start: position, end: text.length });
        position = text.length;
      } else {
        position = close + 2;
      }
    }
  }

  function stringLiteral(quote: string): Token {
    const start = position++;
    let value = '';
    let chunkStart = position;
    while (position < text.length) {
      const char = text[position];
      if (char === quote) {
        value += text.slice(chunkStart, position);
        position++;
        return { kind: 'string', value, start, end: position };
      }
      if (char !== '\\') {
        position++;
        continue;
      }
      value += text.slice(chunkStart, position);
      value += escapeSequence();
      chunkStart = position;
    }
    report({ code: 'S0101', start, end: text.length });
    return { kind: 'string', value: value + text.slice(chunkStart), start, end: position };
  }

  /** Reads an escape sequence from its backslash on. */
  function escapeSequence(): string {
    const start = position++;
    const char = text.charAt(position);
    const plain = ESCAPES.get(char);
    if (plain !== undefined) {
      position++;
      return plain;
    }
    if (char === 'u') {
      const digits = text.slice(position + 1, position + 5);
      if (/^[0-9a-fA-F]+$/.test(digits)) {
        position += 5;
        return String.fromCharCode(parseInt(digits, 16));
      }
      report({ code: 'S0104', start, end: Math.min(position + 1, text.length) });
    } else {
      report({ code: 'S0103', token: char, start, end: Math.min(position + 1, text.length) });
    }
    position = Math.min(position + 1, text.length);
    return '';
  }

  /** Finds the closing slash: not escaped, and outside every bracket. */
  function regexLiteral(): Token {
    const start = position++;
    let depth = 0;
    for (; position < text.length; position++) {
      const char = text.charAt(position);
      if (char === '/' && depth === 0 && !isEscaped(text, position)) {
        const pattern = text.slice(start + 1, position++);
        const flagsStart = position;
        while (text[position] === 'i' || text[position] === 'm') position++;
        const flags = text.slice(flagsStart, position);
        if (pattern === '') report({ code: 'S0301', start, end: position });
        else reportBadPattern(pattern, flags, start, position);
        return { kind: 'regex', value: pattern, flags, start, end: position };
      }
      if (text[position - 1] === '\\') continue;
      if ('([{'.includes(char)) depth++;
      else if (')]}'.includes(char)) depth--;
    }
    report({ code: 'S0302', start, end: text.length });
    return { kind: 'regex', value: '', flags: '', start, end: position };
  }

  function reportBadPattern(pattern: string, flags: string, start: number, end: number): void {
    try {
      new RegExp(pattern, flags);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'Invalid regular expression';
      report({ code: 'S0303', message: reason, start, end });
    }
  }

  function number(): Token | undefined {
    NUMBER.lastIndex = position;
    const match = NUMBER.exec(text);
    if (!match) return undefined;
    const start = position;
    position += match[0].length;
    const value = parseFloat(match[0]);
    if (!Number.isFinite(value)) report({ code: 'S0102', token: match[0], start, end: position });
    return { kind: 'number', value, start, end: position };
  }

  function quotedName(): Token {
    const start = position++;
    const close = text.indexOf('`', position);
    if (close === -1) {
      report({ code: 'S0105', start, end: text.length });
      position = text.length;
      return { kind: 'name', value: text.slice(start + 1), start, end: position };
    }
    position = close + 1;
    return { kind: 'name', value: text.slice(start + 1, close), start, end: position };
  }

  function word(): Token {
    const start = position;
    while (position < text.length && !isBlank(text.charCodeAt(position)) && !isOperatorAt(position))
      position++;
    const end = position;
    const value = text.slice(start, end);
    if (value.startsWith('$')) return { kind: 'variable', value: value.slice(1), start, end };
    switch (value) {
      case 'and':
      case 'or':
      case 'in':
        return { kind: 'operator', value, start, end };
      case 'true':
      case 'false':
        return { kind: 'constant', value: value === 'true', start, end };
      case 'null':
        return { kind: 'constant', value: null, start, end };
      default:
        return { kind: 'name', value, start, end };
    }
  }

  function isOperatorAt(offset: number): boolean {
    return OPERATOR_CHARACTERS.has(text.charAt(offset));
  }

  return {
    next(expected) {
      skipBlanksAndComments();
      if (position >= text.length)
        return { kind: 'end', value: '(end)', start: text.length, end: text.length };
      const char = text.charAt(position);
      if (char === '/' && expected === 'operand') return regexLiteral();
      const pair = text.slice(position, position + 2);
      if (OPERATOR_PAIRS.has(pair) || isOperatorAt(position)) {
        const value = OPERATOR_PAIRS.has(pair) ? pair : char;
        const start = position;
        position += value.length;
        return { kind: 'operator', value, start, end: position };
      }
      if (char === '"' || char === "'") return stringLiteral(char);
      if (char === '`') return quotedName();
      return number() ?? word();
    },
  };
}

const OPERATOR_PAIRS: ReadonlySet<string> = new Set(['..', ':=', '!=', '>=', '<=', '**', '~>', '??', '?:']);

/** The characters that end a name, whether or not they are an operator by themselves. */
const OPERATOR_CHARACTERS: ReadonlySet<string> = new Set('.[]{}(),@#;:?+-*/%|=<>^&!~');

const NUMBER = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?/y;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d || code === 0x0b;
}

function isEscaped(text: string, position: number): boolean {
  let backslashes = 0;
  while (text[position - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
