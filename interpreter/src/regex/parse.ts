import {
  anyCharacter,
  classSet,
  literalSet,
  noCharacter,
  notLineBreak,
  type CharacterSet,
  type IgnoredCase,
} from './characterSet.ts';
import type { ParsedRegex, RegexDialect, RegexNode, RepeatMode } from './syntax.ts';

/**
 * Reads a regular expression; undefined if it is none, or is nested too deep.
 *
 * JavaScript's is read as the host reads it without `u`. What `\2` and `\k<name>` mean depends on groups
 * that may follow, so that a pattern with one of them is read twice.
 */
export function parseRegex(source: string, flags: string, dialect: RegexDialect): ParsedRegex | undefined {
  if (dialect === 'javascript' && !isAcceptedByHost(source)) return undefined;
  try {
    const first = new Reader(source, flags, dialect, undefined);
    const node = first.whole();
    const { groupNames } = first;
    if (!first.hasReference) return { node, groupNames };
    return { node: new Reader(source, flags, dialect, groupNames).whole(), groupNames };
  } catch (error) {
    if (error instanceof RegexProblem) return undefined;
    throw error;
  }
}

function isAcceptedByHost(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Thrown and caught in this file only: there is nothing to recover in a broken pattern. */
class RegexProblem extends Error {}

/** Groups nested deeper are refused, so that reading them does not exhaust the stack. */
const maximumDepth = 200;

interface Flags {
  readonly ignoreCase: boolean;
  /** Also of letters that are not ASCII. */
  readonly unicodeCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  /** Spaces and comments stand between the parts. */
  readonly extended: boolean;
}

class Reader {
  readonly groupNames: (string | undefined)[] = [];
  hasReference = false;
  readonly #source: string;
  readonly #dialect: RegexDialect;
  /** The groups of the whole pattern; undefined in a first reading. */
  readonly #allGroups: readonly (string | undefined)[] | undefined;
  #flags: Flags;
  #position = 0;
  #depth = 0;

  constructor(
    source: string,
    flags: string,
    dialect: RegexDialect,
    allGroups: readonly (string | undefined)[] | undefined,
  ) {
    this.#source = source;
    this.#dialect = dialect;
    this.#allGroups = allGroups;
    this.#flags = {
      ignoreCase: flags.includes('i'),
      unicodeCase: dialect === 'javascript' || /[uU]/.test(flags),
      multiline: flags.includes('m'),
      dotAll: flags.includes('s'),
      extended: flags.includes('x') && dialect === 'java',
    };
  }

  whole(): RegexNode {
    const node = this.#alternatives();
    if (this.#position < this.#source.length) throw new RegexProblem('a group closed that is not open');
    return node;
  }

  /** Flags set inside hold up to the end of the group. */
  #alternatives(): RegexNode {
    if (++this.#depth > maximumDepth) throw new RegexProblem('nested too deep');
    const flags = this.#flags;
    const first = this.#sequence();
    const nodes = [first];
    while (this.#take('|')) nodes.push(this.#sequence());
    this.#flags = flags;
    this.#depth--;
    return nodes.length === 1 ? first : { kind: 'alternatives', nodes };
  }

  #sequence(): RegexNode {
    const nodes: RegexNode[] = [];
    for (;;) {
      const char = this.#peek();
      if (char === '' || char === '|' || char === ')') break;
      if (this.#flags.extended && this.#takeMatch(/\s+|#[^\n]*/y) !== undefined) continue;
      if (this.#dialect === 'java' && this.#take('\\Q')) {
        nodes.push(...this.#quoted());
        continue;
      }
      const firstGroup = this.groupNames.length + 1;
      nodes.push(this.#repeated(this.#atom(), firstGroup));
    }
    const [only] = nodes;
    return nodes.length === 1 && only !== undefined ? only : { kind: 'sequence', nodes };
  }

  #quoted(): readonly RegexNode[] {
    const end = this.#source.indexOf('\\E', this.#position);
    const text = this.#source.slice(this.#position, end === -1 ? undefined : end);
    this.#position = end === -1 ? this.#source.length : end + 2;
    return Array.from(text, char => this.#literal(char));
  }

  #repeated(node: RegexNode, firstGroup: number): RegexNode {
    const bounds = this.#quantifier();
    if (bounds === undefined) return node;
    const mode = this.#repeatMode();
    if (/[*+?]/.test(this.#peek())) throw new RegexProblem('nothing to repeat');
    return { kind: 'repeat', node, ...bounds, mode, firstGroup, lastGroup: this.groupNames.length + 1 };
  }

  #quantifier(): { readonly min: number; readonly max: number } | undefined {
    if (this.#take('*')) return { min: 0, max: Infinity };
    if (this.#take('+')) return { min: 1, max: Infinity };
    if (this.#take('?')) return { min: 0, max: 1 };
    const match = this.#takeMatch(/\{(\d+)(,(\d*))?\}/y);
    if (match === undefined) return undefined;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === '' ? Infinity : Number(match[3]);
    if (max < min) throw new RegexProblem('numbers out of order');
    return { min, max };
  }

  #repeatMode(): RepeatMode {
    if (this.#take('?')) return 'lazy';
    return this.#dialect === 'java' && this.#take('+') ? 'possessive' : 'greedy';
  }

  #atom(): RegexNode {
    const char = this.#peek();
    const { multiline, dotAll } = this.#flags;
    switch (char) {
      case '(':
        this.#position++;
        return this.#group();
      case '[':
        return this.#class();
      case '\\':
        return this.#escape();
      case '.':
        this.#position++;
        return { kind: 'set', set: dotAll ? anyCharacter : notLineBreak };
      case '^':
        this.#position++;
        return { kind: 'assert', assertion: multiline ? 'lineStart' : 'start' };
      case '$':
        this.#position++;
        return { kind: 'assert', assertion: multiline ? 'lineEnd' : 'end' };
      case '*':
      case '+':
      case '?':
        throw new RegexProblem('nothing to repeat');
      default: {
        const code = this.#source.codePointAt(this.#position) ?? 0;
        const text = this.#dialect === 'java' ? String.fromCodePoint(code) : char;
        this.#position += text.length;
        return this.#literal(text);
      }
    }
  }

  #literal(char: string): RegexNode {
    return { kind: 'set', set: literalSet(char, this.#ignoredCase(), this.#dialect) };
  }

  #group(): RegexNode {
    for (const [opening, isBehind, isNegative] of looks) {
      if (this.#take(opening)) return { kind: 'look', isBehind, isNegative, node: this.#inGroup() };
    }
    if (this.#dialect === 'java' && this.#take('?>')) return { kind: 'atomic', node: this.#inGroup() };
    const name = this.#takeMatch(this.#dialect === 'java' ? /\?<([A-Za-z_$][\w$]*)>/y : /\?<([^>]+)>/y);
    if (name !== undefined) return this.#capture(name[1]);
    const flags = this.#takeMatch(/\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/y);
    if (flags !== undefined) return this.#withFlags(flags[1] ?? '', flags[2] ?? '', flags[3] === ':');
    if (this.#peek() === '?') throw new RegexProblem('unknown group');
    return this.#capture(undefined);
  }

  #capture(name: string | undefined): RegexNode {
    const index = this.groupNames.push(name);
    return { kind: 'group', index, node: this.#inGroup() };
  }

  #inGroup(): RegexNode {
    const node = this.#alternatives();
    if (!this.#take(')')) throw new RegexProblem('group not closed');
    return node;
  }

  /** `(?i-m:…)`, or `(?i-m)` for what follows. */
  #withFlags(on: string, off: string, isGroup: boolean): RegexNode {
    const before = this.#flags;
    const isOn = (flag: string, was: boolean): boolean => (was || on.includes(flag)) && !off.includes(flag);
    this.#flags = {
      ignoreCase: isOn('i', before.ignoreCase),
      unicodeCase: isOn('u', before.unicodeCase),
      multiline: isOn('m', before.multiline),
      dotAll: isOn('s', before.dotAll),
      extended: isOn('x', before.extended),
    };
    if (!isGroup) return { kind: 'sequence', nodes: [] };
    const node = this.#inGroup();
    this.#flags = before;
    return node;
  }

  /** `[…]`, up to its closing bracket; Java's classes may hold further ones. */
  #class(): RegexNode {
    const source = this.#source;
    const start = this.#position;
    const isNestable = this.#dialect === 'java';
    let depth = 0;
    let position = start;
    for (; ; position++) {
      const char = source.charAt(position);
      if (char === '') throw new RegexProblem('class not closed');
      if (char === '\\') position++;
      else if (char === '[' && (depth === 0 || isNestable)) {
        depth++;
        if (source.charAt(position + 1) === '^') position++;
        // A bracket that comes first is a character in Java; in JavaScript it closes the class.
        if (isNestable && source.charAt(position + 1) === ']') position++;
      } else if (char === ']' && --depth === 0) break;
    }
    this.#position = position + 1;
    return this.#set(source.slice(start, position + 1));
  }

  #set(source: string): RegexNode {
    const set = source === '[]' ? noCharacter : this.#classSet(source);
    if (set === undefined) throw new RegexProblem('not a class');
    return { kind: 'set', set };
  }

  #classSet(source: string): CharacterSet | undefined {
    return classSet(source, this.#ignoredCase(), this.#dialect);
  }

  #ignoredCase(): IgnoredCase {
    const { ignoreCase, unicodeCase } = this.#flags;
    if (!ignoreCase) return 'none';
    return unicodeCase ? 'all' : 'ascii';
  }

  #escape(): RegexNode {
    if (this.#take('\\b')) return { kind: 'assert', assertion: 'boundary' };
    if (this.#take('\\B')) return { kind: 'assert', assertion: 'noBoundary' };
    const reference = this.#reference();
    if (reference !== undefined) return reference;
    return this.#dialect === 'java' ? this.#javaEscape() : this.#javaScriptEscape();
  }

  #reference(): RegexNode | undefined {
    const start = this.#position;
    const match = this.#takeMatch(/\\(?:([1-9]\d*)|k<([^>]+)>)/y);
    if (match === undefined) return undefined;
    this.hasReference = true;
    const [, digits, name] = match;
    if (this.#allGroups === undefined) {
      // In a first reading its end matters alone. A name holds no group; if it is none, what it holds counts.
      if (name !== undefined) this.#position = start + 2;
      return { kind: 'sequence', nodes: [] };
    }
    const groupCount = this.#allGroups.length;
    const groups = digits === undefined ? this.#groupsNamed(name) : [Number(digits)];
    if (groups.length > 0 && groups.every(group => group <= groupCount)) return this.#references(groups);
    if (this.#dialect === 'java') throw new RegexProblem('no such group');
    // For JavaScript `\8` is an 8, `\10` a backspace, and `\k` a k where no group has a name.
    this.#position = start;
    return undefined;
  }

  /** In JavaScript groups of different alternatives may share a name: at most one of them took part. */
  #references(groups: readonly number[]): RegexNode {
    const { ignoreCase } = this.#flags;
    return { kind: 'sequence', nodes: groups.map(group => ({ kind: 'backreference', group, ignoreCase })) };
  }

  #groupsNamed(name: string | undefined): readonly number[] {
    return (this.#allGroups ?? []).flatMap((each, index) => (each === name ? [index + 1] : []));
  }

  #javaEscape(): RegexNode {
    if (this.#take('\\A')) return { kind: 'assert', assertion: 'start' };
    if (this.#take('\\z') || this.#take('\\Z')) return { kind: 'assert', assertion: 'end' };
    const match = this.#takeMatch(
      /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|[pP][A-Z]|[\s\S])/y,
    );
    if (match === undefined) throw new RegexProblem('nothing behind the backslash');
    const [escape] = match;
    return /^\\[^A-Za-z0-9]$/.test(escape) ? this.#literal(escape.charAt(1)) : this.#set(escape);
  }

  #javaScriptEscape(): RegexNode {
    const match = this.#takeMatch(
      /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[0-3][0-7]{0,2}|[4-7][0-7]?|[^c])/y,
    );
    // A `\c` without a letter is a backslash, and the c stands for itself.
    if (match === undefined) {
      this.#position++;
      return this.#literal('\\');
    }
    const [escape] = match;
    return /^\\[^A-Za-z0-9]$/.test(escape) ? this.#literal(escape.charAt(1)) : this.#set(escape);
  }

  #peek(): string {
    return this.#source.charAt(this.#position);
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#position)) return false;
    this.#position += text.length;
    return true;
  }

  #takeMatch(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#source);
    if (match === null) return undefined;
    this.#position = pattern.lastIndex;
    return match;
  }
}

const looks = [
  ['?=', false, false],
  ['?!', false, true],
  ['?<=', true, false],
  ['?<!', true, true],
] as const;
