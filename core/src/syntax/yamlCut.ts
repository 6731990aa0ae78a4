import type { Offset, Span } from '#core/text/span.ts';

/**
 * A mapping or sequence of a YAML text, cut into its entries: a member or an item with all its lines.
 *
 * What is indented more than the first line of an entry belongs to it, whatever it is, and so do the comments and
 * blank lines behind it.
 */
export interface Cut {
  readonly kind: 'mapping' | 'sequence';
  /** Where the line of the first entry starts. */
  readonly start: Offset;
  /** Where entries start, counted from the start of their line. */
  readonly indent: number;
  readonly entries: readonly Entry[];
}

/** Whole lines. Small entries, and those that cannot be cut, have no `inner`; what is before `inner` is the key. */
export interface Entry extends Span {
  readonly inner: Cut | undefined;
}

/**
 * Cuts a text so that each entry reads alone as it reads in its place, unless it is broken.
 *
 * `undefined` where that is not certain: several documents, directives, tabs as indentation, and the like.
 */
export function cutYaml(text: string): Cut | undefined {
  return isUncertain.test(text) ? undefined : new Cutter(text).cut();
}

/** Tabs before the text of a line, markers of documents, directives, a byte order mark, carriage returns alone. */
const isUncertain = /^(?: *\t|---|\.\.\.|%|\uFEFF)|\r(?!\n)/m;

/** An entry of at most so many characters is not cut: about a long state. */
const smallEntry = 2000;

/** Deeper entries are not cut, either. */
const deepestCut = 50;

/**
 * A member whose key is surely one: a quoted or an unsuspicious plain text on one line. The group matches where its
 * value is on the lines below it.
 */
const member =
  /(?:[\w$./][^:#\r\n]*|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'):(?:( *(?: #[^\r\n]*)?(?:\r?\n|$))|(?= ))/y;

/** An item of a sequence; the group matches the blanks before a member on the same line. */
const item = /-(?:( +)(?=[\w$./"'])|(?=[ \r\n]|$))/y;

/** A line that begins with plain text, such as a key that is being typed. */
const word = /[\w$./]/y;

interface Start {
  readonly line: number;
  readonly mayBeCut: boolean;
}

class Cutter {
  readonly #text: string;
  /** Where each line starts, and behind the last one where the text ends. */
  readonly #starts: Offset[] = [];
  /** How far each line is indented; blank ones are not. */
  readonly #indents: number[] = [];
  /** Whether it is a line to go by: neither blank nor a comment. */
  readonly #isText: boolean[] = [];

  constructor(text: string) {
    this.#text = text;
    for (let start = 0; start < text.length;) {
      let at = start;
      while (text.charAt(at) === ' ') at++;
      const first = text.charAt(at);
      const isBlank = first === '' || first === '\n' || first === '\r';
      this.#starts.push(start);
      this.#indents.push(isBlank ? -1 : at - start);
      this.#isText.push(!isBlank && first !== '#');
      const lineFeed = text.indexOf('\n', at);
      start = lineFeed < 0 ? text.length : lineFeed + 1;
    }
    this.#starts.push(text.length);
  }

  cut(): Cut | undefined {
    return this.#lines(0, this.#indents.length, 0);
  }

  #lines(from: number, to: number, depth: number): Cut | undefined {
    const first = this.#textLine(from, to);
    if (first === undefined || depth > deepestCut) return undefined;
    const kind = this.#match(item, first) ? 'sequence' : 'mapping';
    const starts = kind === 'sequence' ? this.#items(first, to) : this.#members(first, to);
    if (!starts) return undefined;
    const indent = this.#indent(first);
    const entries = starts.map(({ line, mayBeCut }, index): Entry => {
      const behind = starts[index + 1]?.line ?? to;
      const span = { start: this.#start(line), end: this.#start(behind) };
      if (!mayBeCut || span.end - span.start <= smallEntry) return { ...span, inner: undefined };
      const inner =
        kind === 'sequence'
          ? this.#itemMapping(line, behind, depth + 1)
          : this.#lines(line + 1, behind, depth + 1);
      const isClear = depth === 0 || behind < to || !this.#endsInCommentOf(line, to, indent, inner?.indent);
      return { ...span, inner: isClear && inner && inner.indent >= indent ? inner : undefined };
    });
    return { kind, start: this.#start(first), indent, entries };
  }

  /** The mapping that starts behind the dash of an item: while it is cut, the dash counts as indentation. */
  #itemMapping(line: number, to: number, depth: number): Cut | undefined {
    const own = this.#indent(line);
    const blanks = this.#match(item, line)?.[1] ?? '';
    this.#indents[line] = own + 1 + blanks.length;
    const inner = this.#match(member, line) ? this.#lines(line, to, depth) : undefined;
    this.#indents[line] = own;
    return inner;
  }

  #items(first: number, to: number): readonly Start[] | undefined {
    const indent = this.#indent(first);
    const starts: Start[] = [];
    for (let line = first; line < to; line++) {
      if (!this.#isText[line] || this.#indent(line) > indent) continue;
      const match = this.#indent(line) === indent ? this.#match(item, line) : undefined;
      if (!match) return undefined;
      starts.push({ line, mayBeCut: match[1] !== undefined });
    }
    return starts;
  }

  #members(first: number, to: number): readonly Start[] | undefined {
    const indent = this.#indent(first);
    const starts: Start[] = [];
    // A line that is no member may go on the one before it, and may be gone on by the next one.
    let isOpen = false;
    for (let line = first; line < to; line++) {
      if (!this.#isText[line] || this.#indent(line) > indent) continue;
      if (this.#indent(line) < indent) return undefined;
      const match = this.#match(member, line);
      if (match && !isOpen) {
        starts.push({ line, mayBeCut: match[1] !== undefined });
        continue;
      }
      const last = starts.at(-1);
      if (!last) return undefined;
      if (!match && !isOpen && last.mayBeCut && this.#match(item, line)) continue;
      if (!match && !this.#match(word, line)) return undefined;
      starts[starts.length - 1] = { line: last.line, mayBeCut: false };
      isOpen = !match;
    }
    return starts;
  }

  /** Whether comments behind the last text are indented so that they belong to the outer collection, or may. */
  #endsInCommentOf(from: number, to: number, outer: number, inner: number | undefined): boolean {
    for (let line = to - 1; line > from && !this.#isText[line]; line--) {
      const indent = this.#indent(line);
      if (indent >= outer && indent < (inner ?? outer)) return true;
    }
    return false;
  }

  #textLine(from: number, to: number): number | undefined {
    for (let line = from; line < to; line++) if (this.#isText[line]) return line;
    return undefined;
  }

  #start(line: number): Offset {
    return this.#starts[line] ?? this.#text.length;
  }

  #indent(line: number): number {
    return this.#indents[line] ?? 0;
  }

  #match(expression: RegExp, line: number): RegExpExecArray | undefined {
    expression.lastIndex = this.#start(line) + this.#indent(line);
    return expression.exec(this.#text) ?? undefined;
  }
}
