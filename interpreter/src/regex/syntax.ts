/** The syntax tree of a regular expression. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence' | 'alternatives'; readonly nodes: readonly RegexNode[] }
  | {
      readonly kind: 'repeat';
      readonly node: RegexNode;
      readonly min: number;
      readonly max: number;
      readonly mode: RepeatMode;
    }
  | { readonly kind: 'group'; readonly node: RegexNode; readonly index: number }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | {
      readonly kind: 'look';
      readonly node: RegexNode;
      readonly isBehind: boolean;
      readonly isNegative: boolean;
    }
  | { readonly kind: 'atomic'; readonly node: RegexNode }
  | { readonly kind: 'backreference'; readonly index: number; readonly ignoreCase: boolean };

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

export type Assertion = 'start' | 'end' | 'lineStart' | 'lineEnd' | 'word' | 'notWord';

export interface ParsedRegex {
  readonly node: RegexNode;
  /** The name of each capture group, from group 1. */
  readonly groupNames: readonly (string | undefined)[];
}

/** JSONPath filters are Java's, JSONata's patterns are JavaScript's. */
export type RegexDialect = 'java' | 'javascript';

/** Which characters stand at a place: by number, remembered for ASCII. */
export class CharacterSet {
  /** The one character, where there is only one. */
  readonly only: number | undefined;
  readonly #test: (code: number) => boolean;
  readonly #known = new Int8Array(128);

  constructor(test: (code: number) => boolean, only?: number) {
    this.#test = test;
    this.only = only;
  }

  has(code: number): boolean {
    if (code >= 128) return this.#test(code);
    const known = this.#known[code];
    if (known !== 0) return known === 1;
    const isIn = this.#test(code);
    this.#known[code] = isIn ? 1 : -1;
    return isIn;
  }
}

/**
 * Reads a regular expression; `undefined` if it is none, or uses what neither dialect defines.
 *
 * Single characters and classes are left to the host's own `RegExp`, which is asked about one character
 * at a time and so cannot take long.
 */
export function parseRegex(source: string, flags: string, dialect: RegexDialect): ParsedRegex | undefined {
  const reader: Reader = {
    source,
    dialect,
    groupNames: [],
    referredNames: [],
    depth: 0,
    position: 0,
    ignoreCase: flags.includes('i'),
    multiline: flags.includes('m'),
    dotAll: flags.includes('s'),
    extended: flags.includes('x') && dialect === 'java',
  };
  try {
    const node = readAlternatives(reader);
    if (reader.position < source.length) return undefined;
    return { node: resolveNames(node, reader), groupNames: reader.groupNames };
  } catch (error) {
    if (error instanceof RegexProblem) return undefined;
    throw error;
  }
}

/** Thrown and caught in this file only: there is nothing to recover in a broken pattern. */
class RegexProblem extends Error {}

interface Reader {
  readonly source: string;
  readonly dialect: RegexDialect;
  readonly groupNames: (string | undefined)[];
  readonly referredNames: string[];
  depth: number;
  position: number;
  ignoreCase: boolean;
  multiline: boolean;
  dotAll: boolean;
  extended: boolean;
}

const maximumDepth = 200;

function peek(reader: Reader): string {
  return reader.source.charAt(reader.position);
}

function take(reader: Reader, text: string): boolean {
  if (!reader.source.startsWith(text, reader.position)) return false;
  reader.position += text.length;
  return true;
}

function takeMatch(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.position;
  const match = pattern.exec(reader.source);
  if (match === null) return undefined;
  reader.position = pattern.lastIndex;
  return match;
}

function readAlternatives(reader: Reader): RegexNode {
  if (++reader.depth > maximumDepth) throw new RegexProblem('nested too deeply');
  const { ignoreCase, multiline, dotAll, extended } = reader;
  const options = [readSequence(reader)];
  while (take(reader, '|')) options.push(readSequence(reader));
  Object.assign(reader, { ignoreCase, multiline, dotAll, extended });
  reader.depth--;
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : { kind: 'alternatives', nodes: options };
}

function readSequence(reader: Reader): RegexNode {
  const nodes: RegexNode[] = [];
  for (;;) {
    const char = peek(reader);
    if (char === '' || char === '|' || char === ')') break;
    if (reader.extended && takeMatch(reader, /(?:\s+|#[^\n]*)/y) !== undefined) continue;
    if (reader.dialect === 'java' && take(reader, '\\Q')) {
      const end = reader.source.indexOf('\\E', reader.position);
      const text = reader.source.slice(reader.position, end === -1 ? undefined : end);
      reader.position = end === -1 ? reader.source.length : end + 2;
      for (const each of text) nodes.push(literal(reader, each));
      continue;
    }
    const atom = readAtom(reader);
    nodes.push(readRepeat(reader, atom));
  }
  const [only] = nodes;
  if (only === undefined) return { kind: 'empty' };
  return nodes.length === 1 ? only : { kind: 'sequence', nodes };
}

function readRepeat(reader: Reader, node: RegexNode): RegexNode {
  const match = takeMatch(reader, /[*+?]|\{(\d+)(,(\d*))?\}/y);
  if (match === undefined) return node;
  const [sign, least, comma, most] = match;
  let min = sign === '+' ? 1 : 0;
  let max = sign === '?' ? 1 : Infinity;
  if (least !== undefined) {
    min = Number(least);
    max = comma === undefined ? min : most ? Number(most) : Infinity;
    if (max < min) throw new RegexProblem('numbers out of order');
  }
  if (node.kind === 'assert') throw new RegexProblem('nothing to repeat');
  const isPossessive = reader.dialect === 'java' && take(reader, '+');
  const mode = isPossessive ? 'possessive' : take(reader, '?') ? 'lazy' : 'greedy';
  if (/[*+?]/.test(peek(reader))) throw new RegexProblem('nothing to repeat');
  return { kind: 'repeat', node, min, max, mode };
}

function readAtom(reader: Reader): RegexNode {
  const char = peek(reader);
  switch (char) {
    case '(':
      return readGroup(reader);
    case '[':
      return readClass(reader);
    case '.':
      reader.position++;
      return { kind: 'set', set: reader.dotAll ? anything : notLineBreak };
    case '^':
      reader.position++;
      return { kind: 'assert', assertion: reader.multiline ? 'lineStart' : 'start' };
    case '$':
      reader.position++;
      return { kind: 'assert', assertion: reader.multiline ? 'lineEnd' : 'end' };
    case '\\':
      return readEscape(reader);
    case '*':
    case '+':
    case '?':
      throw new RegexProblem('nothing to repeat');
    default: {
      const text = reader.dialect === 'java' ? String.fromCodePoint(codeAt(reader)) : char;
      reader.position += text.length;
      return literal(reader, text);
    }
  }
}

function codeAt(reader: Reader): number {
  return reader.source.codePointAt(reader.position) ?? 0;
}

const anything = new CharacterSet(() => true);
const notLineBreak = new CharacterSet(
  code => code !== 10 && code !== 13 && code !== 0x2028 && code !== 0x2029,
);

function literal(reader: Reader, char: string): RegexNode {
  const code = char.codePointAt(0) ?? 0;
  const lower = char.toLowerCase();
  const upper = char.toUpperCase();
  if (!reader.ignoreCase || lower === upper) {
    return { kind: 'set', set: new CharacterSet(each => each === code, code) };
  }
  return { kind: 'set', set: nativeSet(escapeForClass(char), reader) };
}

function escapeForClass(char: string): string {
  return /[\\\]^-]/.test(char) ? `[\\${char}]` : `[${char}]`;
}

/** A class in the host's syntax, asked one character at a time. */
function nativeSet(classSource: string, reader: Reader): CharacterSet {
  const caseFlag = reader.ignoreCase ? 'i' : '';
  // Without a flag the host would read a class within a class as the end of the outer one.
  const isNested = classSource.includes('[', 1);
  const variants = reader.dialect === 'javascript' ? ['', 'u'] : isNested ? ['v'] : ['u', ''];
  for (const variant of variants) {
    try {
      const native = new RegExp(`^${classSource}$`, variant + caseFlag + 's');
      return new CharacterSet(code => native.test(String.fromCodePoint(code)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  throw new RegexProblem('not a class');
}

function readGroup(reader: Reader): RegexNode {
  reader.position++;
  if (take(reader, '?:')) return closed(reader, readAlternatives(reader));
  if (take(reader, '?=')) return look(reader, false, false);
  if (take(reader, '?!')) return look(reader, false, true);
  if (take(reader, '?<=')) return look(reader, true, false);
  if (take(reader, '?<!')) return look(reader, true, true);
  if (take(reader, '?>')) return { kind: 'atomic', node: closed(reader, readAlternatives(reader)) };
  const named = takeMatch(reader, /\?<([A-Za-z_$][\w$]*)>/y);
  if (named !== undefined) return capture(reader, named[1]);
  const inline = takeMatch(reader, /\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/y);
  if (inline !== undefined)
    return readInlineFlags(reader, inline[1] ?? '', inline[2] ?? '', inline[3] === ':');
  if (peek(reader) === '?') throw new RegexProblem('unknown group');
  return capture(reader, undefined);
}

function readInlineFlags(reader: Reader, on: string, off: string, isGroup: boolean): RegexNode {
  const before = { ...reader };
  for (const [flags, value] of [
    [on, true],
    [off, false],
  ] as const) {
    if (flags.includes('i')) reader.ignoreCase = value;
    if (flags.includes('m')) reader.multiline = value;
    if (flags.includes('s')) reader.dotAll = value;
    if (flags.includes('x')) reader.extended = value;
  }
  if (!isGroup) return { kind: 'empty' };
  const node = closed(reader, readAlternatives(reader));
  const { ignoreCase, multiline, dotAll, extended } = before;
  Object.assign(reader, { ignoreCase, multiline, dotAll, extended });
  return node;
}

function closed(reader: Reader, node: RegexNode): RegexNode {
  if (!take(reader, ')')) throw new RegexProblem('group not closed');
  return node;
}

function look(reader: Reader, isBehind: boolean, isNegative: boolean): RegexNode {
  return { kind: 'look', isBehind, isNegative, node: closed(reader, readAlternatives(reader)) };
}

function capture(reader: Reader, name: string | undefined): RegexNode {
  reader.groupNames.push(name);
  const index = reader.groupNames.length;
  return { kind: 'group', index, node: closed(reader, readAlternatives(reader)) };
}

/** `[…]`, up to its closing bracket; Java's classes may hold further ones. */
function readClass(reader: Reader): RegexNode {
  const start = reader.position;
  const isNestable = reader.dialect === 'java';
  let depth = 0;
  let position = start;
  for (;;) {
    const char = reader.source.charAt(position);
    if (char === '') throw new RegexProblem('class not closed');
    if (char === '\\') position++;
    else if (char === '[' && (depth === 0 || isNestable)) {
      depth++;
      if (reader.source.charAt(position + 1) === '^') position++;
      // Java takes a bracket that comes first as a character; JavaScript closes the class.
      if (isNestable && reader.source.charAt(position + 1) === ']') position++;
    } else if (char === ']' && --depth === 0) break;
    position++;
  }
  reader.position = position + 1;
  let source = reader.source.slice(start, reader.position);
  if (isNestable) source = toNativeClass(wrapIntersection(source.replace(/^(\[\^?)\]/, '$1\\]')));
  if (source === '[]') return { kind: 'set', set: new CharacterSet(() => false) };
  return { kind: 'set', set: nativeSet(source, reader) };
}

/** `[a-z&&[^b]]` is `[[a-z]&&[^b]]` in the host's syntax. */
function wrapIntersection(source: string): string {
  if (!source.includes('&&')) return source;
  const inside = source.slice(source.startsWith('[^') ? 2 : 1, -1);
  const operands = inside.split('&&').map(each => (/^\[[^[\]]*\]$/.test(each) ? each : `[${each}]`));
  return `${source.startsWith('[^') ? '[^' : '['}${operands.join('&&')}]`;
}

/** Java's names of classes, in the host's. */
function toNativeClass(source: string): string {
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

function readEscape(reader: Reader): RegexNode {
  const next = reader.source.charAt(reader.position + 1);
  if (next === '') throw new RegexProblem('nothing behind the backslash');
  if (next === 'b' || next === 'B') {
    reader.position += 2;
    return { kind: 'assert', assertion: next === 'b' ? 'word' : 'notWord' };
  }
  const reference = takeMatch(reader, /\\([1-9]\d{0,2})/y);
  if (reference !== undefined) {
    return { kind: 'backreference', index: Number(reference[1]), ignoreCase: reader.ignoreCase };
  }
  const named = takeMatch(reader, /\\k<([A-Za-z_$][\w$]*)>/y);
  if (named !== undefined) {
    // The group may follow, so that its number is looked up at the end.
    const index = -reader.referredNames.push(named[1] ?? '');
    return { kind: 'backreference', index, ignoreCase: reader.ignoreCase };
  }
  if (reader.dialect === 'java') {
    if (take(reader, '\\A')) return { kind: 'assert', assertion: 'start' };
    if (take(reader, '\\z') || take(reader, '\\Z')) return { kind: 'assert', assertion: 'end' };
  }
  const escape = takeMatch(
    reader,
    /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|[pP][A-Z]|[\s\S])/y,
  );
  if (escape === undefined) throw new RegexProblem('unknown escape');
  const [text] = escape;
  if (/^\\[^A-Za-z0-9]$/.test(text)) return literal(reader, text.charAt(1));
  const source = reader.dialect === 'java' ? toNativeClass(text) : text;
  return { kind: 'set', set: nativeSet(source.startsWith('[') ? source : `[${source}]`, reader) };
}

/** Gives named backreferences, until now negative numbers, the index of their group. */
function resolveNames(node: RegexNode, reader: Reader): RegexNode {
  const { groupNames, referredNames } = reader;
  switch (node.kind) {
    case 'backreference': {
      if (node.index > 0) {
        if (node.index > groupNames.length) throw new RegexProblem('no such group');
        return node;
      }
      const index = groupNames.indexOf(referredNames[-node.index - 1]) + 1;
      if (index === 0) throw new RegexProblem('no such group');
      return { ...node, index };
    }
    case 'sequence':
    case 'alternatives':
      return { ...node, nodes: node.nodes.map(each => resolveNames(each, reader)) };
    case 'repeat':
    case 'group':
    case 'look':
    case 'atomic':
      return { ...node, node: resolveNames(node.node, reader) };
    case 'empty':
    case 'set':
    case 'assert':
      return node;
  }
}
