import { CharacterSet, DIGITS, NOT_LINE_END, SPACES, WORD_CHARACTERS } from './characterSet.ts';

/** A regular expression of JavaScript without the `u` flag, as a tree. */
export type Pattern =
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'set'; readonly set: CharacterSet; readonly negative: boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'alternatives'; readonly options: readonly Pattern[] }
  | { readonly kind: 'group'; readonly index: number; readonly body: Pattern }
  | { readonly kind: 'assertion'; readonly test: 'start' | 'end' | 'boundary' | 'noBoundary' }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly body: Pattern }
  | { readonly kind: 'backReference'; readonly group: number }
  | {
      readonly kind: 'repeat';
      readonly body: Pattern;
      readonly least: number;
      readonly most: number;
      readonly greedy: boolean;
      /** The groups inside, which each repetition forgets: from the first up to before the last. */
      readonly firstGroup: number;
      readonly lastGroup: number;
    };

export interface ParsedPattern {
  readonly pattern: Pattern;
  /** Capturing groups, counted from 1. */
  readonly groups: number;
}

/** Groups nested deeper than this are refused, so that reading them does not exhaust the stack. */
const MAX_NESTING = 200;

/** Reads a pattern that JavaScript has accepted; undefined when its groups are nested too deep. */
export function parsePattern(source: string): ParsedPattern | undefined {
  if (findGroups(source).nesting > MAX_NESTING) return undefined;
  const parser = new PatternParser(source);
  return { pattern: parser.alternatives(), groups: parser.groups };
}

class PatternParser {
  groups = 0;
  private readonly source: string;
  private readonly names: ReadonlyMap<string, number>;
  private readonly totalGroups: number;
  private position = 0;

  constructor(source: string) {
    this.source = source;
    const { names, total } = findGroups(source);
    this.names = names;
    this.totalGroups = total;
  }

  alternatives(): Pattern {
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'alternatives', options };
  }

  private sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.position < this.source.length && !'|)'.includes(this.peek())) {
      const firstGroup = this.groups + 1;
      parts.push(this.repeated(this.atom(), firstGroup));
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'sequence', parts };
  }

  private repeated(body: Pattern, firstGroup: number): Pattern {
    const bounds = this.quantifier();
    if (bounds === undefined) return body;
    const greedy = !this.take('?');
    return { kind: 'repeat', body, ...bounds, greedy, firstGroup, lastGroup: this.groups + 1 };
  }

  private quantifier(): { readonly least: number; readonly most: number } | undefined {
    if (this.take('*')) return { least: 0, most: Infinity };
    if (this.take('+')) return { least: 1, most: Infinity };
    if (this.take('?')) return { least: 0, most: 1 };
    QUANTIFIER.lastIndex = this.position;
    const match = QUANTIFIER.exec(this.source);
    if (!match) return undefined;
    this.position = QUANTIFIER.lastIndex;
    const least = Number(match[1]);
    return { least, most: match[2] === undefined ? least : match[3] === '' ? Infinity : Number(match[3]) };
  }

  private atom(): Pattern {
    const char = this.peek();
    this.position++;
    switch (char) {
      case '^':
        return { kind: 'assertion', test: 'start' };
      case '$':
        return { kind: 'assertion', test: 'end' };
      case '.':
        return { kind: 'set', set: NOT_LINE_END, negative: false };
      case '(':
        return this.group();
      case '[':
        return { kind: 'set', negative: this.take('^'), set: this.characterClass() };
      case '\\':
        return this.escape();
      default:
        return { kind: 'character', code: char.charCodeAt(0) };
    }
  }

  private group(): Pattern {
    if (this.take('?:')) return this.closed(this.alternatives());
    for (const [opening, behind, negative] of LOOKS) {
      if (this.take(opening))
        return { kind: 'look', behind, negative, body: this.closed(this.alternatives()) };
    }
    if (this.take('?<')) this.position = this.source.indexOf('>', this.position) + 1;
    const index = ++this.groups;
    return { kind: 'group', index, body: this.closed(this.alternatives()) };
  }

  private closed(body: Pattern): Pattern {
    this.take(')');
    return body;
  }

  private escape(): Pattern {
    const char = this.peek();
    if (char === 'b' || char === 'B') {
      this.position++;
      return { kind: 'assertion', test: char === 'b' ? 'boundary' : 'noBoundary' };
    }
    if (char === 'k' && this.names.size > 0) {
      const close = this.source.indexOf('>', this.position);
      const name = this.source.slice(this.position + 2, close);
      this.position = close + 1;
      return { kind: 'backReference', group: this.names.get(name) ?? 0 };
    }
    if (char >= '1' && char <= '9') {
      const digits = /^[0-9]+/.exec(this.source.slice(this.position, this.position + 6))?.[0] ?? '';
      if (Number(digits) <= this.totalGroups) {
        this.position += digits.length;
        return { kind: 'backReference', group: Number(digits) };
      }
    }
    const escaped = this.characterEscape();
    return typeof escaped === 'number'
      ? { kind: 'character', code: escaped }
      : { kind: 'set', set: escaped, negative: false };
  }

  private characterClass(): CharacterSet {
    let set = CharacterSet.empty;
    while (this.position < this.source.length && !this.take(']')) {
      const first = this.classAtom();
      const isRange = this.peek() === '-' && this.source[this.position + 1] !== ']';
      if (!isRange) {
        set = set.with(first);
        continue;
      }
      this.position++;
      const last = this.classAtom();
      if (typeof first === 'number' && typeof last === 'number') set = set.withRange(first, last);
      else set = set.with(first).with(0x2d).with(last);
    }
    return set;
  }

  private classAtom(): number | CharacterSet {
    const char = this.peek();
    this.position++;
    if (char !== '\\') return char.charCodeAt(0);
    if (this.take('b')) return 0x08;
    return this.characterEscape();
  }

  private characterEscape(): number | CharacterSet {
    const char = this.peek();
    this.position++;
    const set = CLASS_ESCAPES.get(char);
    if (set) return set;
    const control = CONTROL_ESCAPES.get(char);
    if (control !== undefined) return control;
    const length = char === 'x' ? 2 : char === 'u' ? 4 : 0;
    if (length > 0) {
      const digits = this.source.slice(this.position, this.position + length);
      if (digits.length === length && /^[0-9a-fA-F]+$/.test(digits)) {
        this.position += length;
        return parseInt(digits, 16);
      }
    }
    if (char === 'c' && /[A-Za-z]/.test(this.peek())) return this.source.charCodeAt(this.position++) % 32;
    const octal = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(
      this.source.slice(this.position - 1, this.position + 2),
    );
    if (octal) {
      this.position += octal[0].length - 1;
      return parseInt(octal[0], 8);
    }
    return char.charCodeAt(0);
  }

  private peek(): string {
    return this.source.charAt(this.position);
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }
}

const QUANTIFIER = /\{([0-9]+)(,([0-9]*))?\}/y;

const LOOKS = [
  ['?=', false, false],
  ['?!', false, true],
  ['?<=', true, false],
  ['?<!', true, true],
] as const;

const CLASS_ESCAPES: ReadonlyMap<string, CharacterSet> = new Map([
  ['d', DIGITS],
  ['D', DIGITS.inverted()],
  ['w', WORD_CHARACTERS],
  ['W', WORD_CHARACTERS.inverted()],
  ['s', SPACES],
  ['S', SPACES.inverted()],
]);

const CONTROL_ESCAPES: ReadonlyMap<string, number> = new Map([
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['v', 0x0b],
]);

/** Numbers and names of the groups, needed before the first reference to one is read. */
function findGroups(source: string): {
  readonly names: ReadonlyMap<string, number>;
  readonly total: number;
  readonly nesting: number;
} {
  const names = new Map<string, number>();
  let total = 0;
  let open = 0;
  let nesting = 0;
  let inClass = false;
  for (let position = 0; position < source.length; position++) {
    const char = source[position];
    if (char === '\\') position++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === ')' && !inClass) open--;
    else if (char === '(' && !inClass) {
      nesting = Math.max(nesting, ++open);
      const named = source.startsWith('?<', position + 1) && !'=!'.includes(source.charAt(position + 3));
      if (source[position + 1] !== '?' || named) total++;
      if (named) names.set(source.slice(position + 3, source.indexOf('>', position)), total);
    }
  }
  return { names, total, nesting };
}
