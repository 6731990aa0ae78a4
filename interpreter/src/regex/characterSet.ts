import type { RegexDialect } from './syntax.ts';

/** Which characters may stand at a place, by number. */
export class CharacterSet {
  /** The one character, where there is only one. */
  readonly only: number | undefined;
  readonly #test: (code: number) => boolean;
  /** Answers given before, 128 to a page: 1 for in, -1 for out, 0 for not asked yet. */
  readonly #pages: (Int8Array | undefined)[] = [];
  readonly #ascii = new Int8Array(128);

  constructor(test: (code: number) => boolean, only?: number) {
    this.#test = test;
    this.only = only;
  }

  has(code: number): boolean {
    const page = code < 128 ? this.#ascii : (this.#pages[code >> 7] ??= new Int8Array(128));
    const known = page[code & 127];
    if (known !== 0) return known === 1;
    const isIn = this.#test(code);
    page[code & 127] = isIn ? 1 : -1;
    return isIn;
  }
}

export const anyCharacter = new CharacterSet(() => true);
export const noCharacter = new CharacterSet(() => false);
export const notLineBreak = new CharacterSet(code => !isLineBreak(code));

export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

export function oneCharacter(code: number): CharacterSet {
  return new CharacterSet(each => each === code, code);
}

/** The character or, with `i`, its cases. */
export function literalSet(char: string, ignoreCase: boolean, dialect: RegexDialect): CharacterSet {
  const hasCases = ignoreCase && char.toLowerCase() !== char.toUpperCase();
  if (!hasCases) return oneCharacter(char.codePointAt(0) ?? 0);
  return classSet(`[${char}]`, ignoreCase, dialect) ?? noCharacter;
}

/**
 * A class or an escape, `[…]` or `\…`; undefined if it is none.
 *
 * What it means is the host's own `RegExp` to say. It is asked about one character at a time and so
 * cannot take long; what it said is kept for other patterns with the same class.
 */
export function classSet(
  source: string,
  ignoreCase: boolean,
  dialect: RegexDialect,
): CharacterSet | undefined {
  const key = `${dialect} ${ignoreCase ? 'i' : ''} ${source}`;
  const known = knownSets.get(key);
  if (known !== undefined) return known;
  const set = nativeSet(source, ignoreCase, dialect);
  if (set !== undefined && source.length < 100) {
    if (knownSets.size === maximumKnownSets) knownSets.clear();
    knownSets.set(key, set);
  }
  return set;
}

const knownSets = new Map<string, CharacterSet>();
const maximumKnownSets = 200;

function nativeSet(source: string, ignoreCase: boolean, dialect: RegexDialect): CharacterSet | undefined {
  const native = dialect === 'java' ? toNativeClass(source) : source;
  for (const flags of dialect === 'java' ? unicodeFlags(native) : ['']) {
    try {
      const test = new RegExp(`^${native}$`, `${flags}${ignoreCase ? 'i' : ''}`);
      return new CharacterSet(code => test.test(String.fromCodePoint(code)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

/** Without `v` the host would read a class within a class as the end of the outer one. */
function unicodeFlags(native: string): readonly string[] {
  return native.includes('[', 1) ? ['v'] : ['u', ''];
}

/** A class or an escape of Java in the host's words. */
function toNativeClass(source: string): string {
  // Java takes a bracket that comes first as a character.
  const escaped = source.replace(/^(\[\^?)\]/, '$1\\]');
  const named = withNativeNames(withNestedOperands(escaped));
  return named.startsWith('[') ? named : `[${named}]`;
}

/** `[a-z&&[^b]]` is `[[a-z]&&[^b]]` in the host's syntax. */
function withNestedOperands(source: string): string {
  if (!source.startsWith('[') || !source.includes('&&')) return source;
  const opening = source.startsWith('[^') ? '[^' : '[';
  const operands = source.slice(opening.length, -1).split('&&');
  return `${opening}${operands.map(each => (/^\[[^[\]]*\]$/.test(each) ? each : `[${each}]`)).join('&&')}]`;
}

function withNativeNames(source: string): string {
  return source
    .replace(/\\([pP])\{(\w+)\}/g, (whole, sign: string, name: string) => {
      const ascii = posixClasses[name];
      if (ascii !== undefined) return sign === 'p' ? ascii : `[^${ascii.slice(1)}`;
      return name.startsWith('Is') ? `\\${sign}{${scriptOrProperty(name.slice(2))}}` : whole;
    })
    .replace(/\\([pP])([A-Z])/g, '\\$1{$2}')
    .replace(/\\h/g, '[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]')
    .replace(/\\s/g, '[\\t\\n\\v\\f\\r ]')
    .replace(/\\S/g, '[^\\t\\n\\v\\f\\r ]')
    .replace(/\\a/g, '\\x07')
    .replace(/\\e/g, '\\x1b');
}

function scriptOrProperty(name: string): string {
  return /^(Alphabetic|Ideographic|Uppercase|Lowercase|White_Space|Emoji)$/.test(name) || name.length <= 2
    ? name
    : `Script=${name}`;
}

const posixClasses: Readonly<Record<string, string>> = {
  Lower: '[a-z]',
  Upper: '[A-Z]',
  ASCII: '[\\x00-\\x7f]',
  Alpha: '[a-zA-Z]',
  Digit: '[0-9]',
  Alnum: '[a-zA-Z0-9]',
  Punct: '[!-\\/:-@\\[-`\\{-~]',
  Graph: '[!-~]',
  Print: '[ -~]',
  Blank: '[ \\t]',
  Cntrl: '[\\x00-\\x1f\\x7f]',
  XDigit: '[0-9a-fA-F]',
  Space: '[\\t\\n\\v\\f\\r ]',
};
