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

/** Of which letters the case does not matter: Java leaves the others alone unless it is told not to. */
export type IgnoredCase = 'none' | 'ascii' | 'all';

/** The character or, with `i`, its cases. */
export function literalSet(char: string, ignoredCase: IgnoredCase, dialect: RegexDialect): CharacterSet {
  const hasCases = ignoredCase !== 'none' && char.toLowerCase() !== char.toUpperCase();
  if (!hasCases) return oneCharacter(char.codePointAt(0) ?? 0);
  return classSet(`[${char}]`, ignoredCase, dialect) ?? noCharacter;
}

/**
 * A class or an escape, `[…]` or `\…`; undefined if it is none.
 *
 * What it means is the host's own `RegExp` to say. It is asked about one character at a time and so
 * cannot take long; what it said is kept for other patterns with the same class.
 */
export function classSet(
  source: string,
  ignoredCase: IgnoredCase,
  dialect: RegexDialect,
): CharacterSet | undefined {
  const key = `${dialect} ${ignoredCase} ${source}`;
  const known = knownSets.get(key);
  if (known !== undefined) return known;
  const set = nativeSet(source, ignoredCase, dialect);
  if (set !== undefined && source.length < 100) {
    if (knownSets.size === maximumKnownSets) knownSets.clear();
    knownSets.set(key, set);
  }
  return set;
}

const knownSets = new Map<string, CharacterSet>();
const maximumKnownSets = 200;

function nativeSet(
  source: string,
  ignoredCase: IgnoredCase,
  dialect: RegexDialect,
): CharacterSet | undefined {
  const native = dialect === 'java' ? toNativeClass(source) : source;
  for (const flags of dialect === 'java' ? unicodeFlags(native) : ['']) {
    try {
      const exact = new RegExp(`^${native}$`, flags);
      const anyCase = ignoredCase === 'none' ? exact : new RegExp(`^${native}$`, `${flags}i`);
      // Of `\p{Lu}` Java ignores the case everywhere.
      const last = ignoredCase === 'ascii' && !/\\[pP]/.test(source) ? 0x7f : 0x10ffff;
      return new CharacterSet(code => (code <= last ? anyCase : exact).test(String.fromCodePoint(code)));
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

/** Escapes are taken one after the other, so that of `\\s` the second backslash begins none. */
function withNativeNames(source: string): string {
  return source.replace(
    /\\(?:([pP])(?:\{(\w+)\}|([A-Z]))|([\s\S]))/g,
    (whole, sign: string, name: string | undefined, letter: string | undefined, char: string | undefined) => {
      if (char !== undefined) return nativeEscapes[char] ?? whole;
      if (name === undefined) return `\\${sign}{${letter}}`;
      const ascii = posixClasses[name];
      if (ascii !== undefined) return sign === 'p' ? ascii : `[^${ascii.slice(1)}`;
      return name.startsWith('Is') ? `\\${sign}{${scriptOrProperty(name.slice(2))}}` : whole;
    },
  );
}

const horizontalSpace = ' \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const verticalSpace = '\\n\\x0b\\f\\r\\x85\\u2028\\u2029';

const nativeEscapes: Readonly<Record<string, string>> = {
  h: `[${horizontalSpace}]`,
  H: `[^${horizontalSpace}]`,
  v: `[${verticalSpace}]`,
  V: `[^${verticalSpace}]`,
  s: '[\\t\\n\\v\\f\\r ]',
  S: '[^\\t\\n\\v\\f\\r ]',
  a: '\\x07',
  e: '\\x1b',
};

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
