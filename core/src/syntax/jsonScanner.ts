import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Offset } from '#core/text/span.ts';

/** The scanner's kinds of token and error (jsonc-parser publishes them as types only). */
export const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  unknown: 16,
  endOfFile: 17,
};
export const scanError = { none: 0, openComment: 1, openString: 2, openNumber: 3, unicode: 4, escape: 5 };

const char = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  blank: 0x20,
  quote: 0x22,
  comma: 0x2c,
  point: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  upperE: 0x45,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  lowerE: 0x65,
  openBrace: 0x7b,
  closeBrace: 0x7d,
};

/**
 * The tokens of a JSON text, comments included, blanks not.
 *
 * Punctuation, whole numbers and strings without escapes are most of any definition. They are read here, and their
 * texts cut out only when asked for, which takes half the time; jsonc-parser's scanner reads everything else.
 */
export class JsonScanner {
  readonly #text: string;
  readonly #scanner: JSONScanner;
  #start = 0;
  #end = 0;
  /** How much of the token on either side is not its value; `undefined` where the other scanner has read it. */
  #margin: number | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = createScanner(text, false);
  }

  /** Where the token starts. */
  get start(): Offset {
    return this.#start;
  }

  /** Where the token ends, and the next is looked for. */
  get end(): Offset {
    return this.#end;
  }

  /** The decoded text of the current string, the letters of the current number. */
  get value(): string {
    if (this.#margin === undefined) return this.#scanner.getTokenValue();
    return this.#text.slice(this.#start + this.#margin, this.#end - this.#margin);
  }

  /** What is wrong with the current token: one of `scanError`, or a number of no name. */
  get error(): number {
    return this.#margin === undefined ? this.#scanner.getTokenError() : scanError.none;
  }

  /** Lets the current token end at another place. */
  continueAt(offset: Offset): void {
    this.#end = offset;
  }

  /** Goes to the next token and tells its kind. */
  scan(): number {
    const text = this.#text;
    const start = endOfBlanks(text, this.#end);
    this.#start = start;
    this.#margin = 0;
    const code = text.charCodeAt(start);
    switch (code) {
      case char.quote: {
        const end = endOfPlainString(text, start + 1);
        if (end === undefined) break;
        this.#margin = 1;
        this.#end = end;
        return token.string;
      }
      case char.comma:
        return this.#punctuation(token.comma);
      case char.colon:
        return this.#punctuation(token.colon);
      case char.openBrace:
        return this.#punctuation(token.openBrace);
      case char.closeBrace:
        return this.#punctuation(token.closeBrace);
      case char.openBracket:
        return this.#punctuation(token.openBracket);
      case char.closeBracket:
        return this.#punctuation(token.closeBracket);
      default: {
        const end = endOfWholeNumber(text, start);
        if (end === undefined) break;
        this.#end = end;
        return token.number;
      }
    }
    return this.#scanOther(start);
  }

  #punctuation(kind: number): number {
    this.#end = this.#start + 1;
    return kind;
  }

  #scanOther(start: Offset): number {
    this.#margin = undefined;
    this.#scanner.setPosition(start);
    const kind = this.#scanner.scan();
    this.#end = Math.min(this.#scanner.getPosition(), this.#text.length);
    return kind;
  }
}

function endOfBlanks(text: string, from: Offset): Offset {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code !== char.blank && code !== char.lineFeed && code !== char.carriageReturn && code !== char.tab)
      return at;
  }
}

/** Behind the closing quote, unless there is an escape, a control character or the text's end before it. */
function endOfPlainString(text: string, from: Offset): Offset | undefined {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === char.quote) return at + 1;
    // The comparison is false for NaN, which stands for the end.
    if (!(code >= char.blank) || code === char.backslash) return undefined;
  }
}

/** Behind digits without a leading zero that no fraction or exponent follows. */
function endOfWholeNumber(text: string, from: Offset): Offset | undefined {
  let at = from;
  let code = text.charCodeAt(at);
  if (code === char.zero) return undefined;
  while (code >= char.zero && code <= char.nine) code = text.charCodeAt(++at);
  const isWhole = at > from && code !== char.point && code !== char.lowerE && code !== char.upperE;
  return isWhole ? at : undefined;
}
