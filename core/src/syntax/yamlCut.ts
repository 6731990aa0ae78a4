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
  /** Cut when it is asked for, anew each time. */
  readonly inner: Cut | undefined;
}

/**
 * Cuts a text so that each entry reads alone as it reads in its place, unless it is broken.
 *
 * Entries of at most `largest` characters are not cut; by default those of about a long state.
 * `undefined` where that is not certain: several documents, directives, tabs as indentation, and the like.
 */
export function cutYaml(text: string, largest = smallEntry): Cut | undefined {
  return new Cutter(text, largest).cut();
}

const smallEntry = 2000;

/** Deeper entries are not cut, either. */
const deepestCut = 50;

/**
 * A member whose key is surely one: a quoted or an unsuspicious plain text on one line. It matches to the end of the
 * line where the value is on the lines below it.
 */
const member =
  /(?:[\w$./][^:#\r\n]*|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'):(?: *(?: #[^\r\n]*)?(?:\r?\n|$)|(?= ))/y;

/** An item of a sequence, with the blanks before what may be a member on the same line. */
const item = /-(?: +(?=[\w$./"'])|(?=[ \r\n]|$))/y;

/** A line that begins with plain text, such as a key that is being typed. */
const word = /[\w$./]/y;

const char = { tab: 0x09, lineFeed: 0x0a, carriageReturn: 0x0d, blank: 0x20, hash: 0x23 };

/** Whether a document, a directive or a byte order mark starts or ends here. */
function isMark(text: string, at: Offset): boolean {
  const first = text.charAt(at);
  if (first === '-' || first === '.') return text.startsWith(first.repeat(3), at);
  return first === '%' || first === '\uFEFF';
}

interface Start {
  readonly line: number;
  readonly mayBeCut: boolean;
}

class Cutter {
  readonly #text: string;
  readonly #largest: number;
  /** Where each line starts, and behind the last one where the text ends. */
  readonly #starts: Offset[] = [];
  /** How far each line is indented; blank ones are not. */
  readonly #indents: number[] = [];
  /** Whether it is a line to go by: neither blank nor a comment. */
  readonly #isText: boolean[] = [];
  #isUncertain: boolean;

  constructor(text: string, largest: number) {
    this.#text = text;
    this.#largest = largest;
    this.#isUncertain = text.includes('\r') && /\r(?!\n)/.test(text);
    const starts = this.#starts;
    const indents = this.#indents;
    const isText = this.#isText;
    for (let start = 0; start < text.length;) {
      let at = start;
      while (text.charCodeAt(at) === char.blank) at++;
      const first = text.charCodeAt(at);
      const isBlank = at === text.length || first === char.lineFeed || first === char.carriageReturn;
      starts.push(start);
      indents.push(isBlank ? -1 : at - start);
      isText.push(!isBlank && first !== char.hash);
      if (first === char.tab || (at === start && isMark(text, at))) this.#isUncertain = true;
      const lineFeed = text.indexOf('\n', at);
      start = lineFeed < 0 ? text.length : lineFeed + 1;
    }
    starts.push(text.length);
  }

  cut(): Cut | undefined {
    return this.#isUncertain || this.#hasLooseText() ? undefined : this.#lines(0, this.#indents.length, 0);
  }

  /** Whether there is text behind a comment that is indented less: to the library it may go on at any indentation. */
  #hasLooseText(): boolean {
    let comment: number | undefined;
    for (let line = 0; line < this.#indents.length; line++) {
      const indent = this.#indent(line);
      if (!this.#isText[line]) {
        if (indent >= 0) comment = Math.min(indent, comment ?? indent);
        continue;
      }
      if (comment !== undefined && indent > comment) {
        const isEntry = (this.#match(member, line) ?? this.#match(item, line)) !== undefined;
        if (!isEntry) return true;
      }
      comment = undefined;
    }
    return false;
  }

  #lines(from: number, to: number, depth: number): Cut | undefined {
    const first = this.#textLine(from, to);
    if (first === undefined || depth > deepestCut) return undefined;
    const kind = this.#match(item, first) !== undefined ? 'sequence' : 'mapping';
    const starts = kind === 'sequence' ? this.#items(first, to) : this.#members(first, to);
    if (!starts) return undefined;
    const indent = this.#indent(first);
    const entries = starts.map(({ line, mayBeCut }, index): Entry => {
      const behind = starts[index + 1]?.line ?? to;
      const start = this.#start(line);
      const end = this.#start(behind);
      if (!mayBeCut || end - start <= this.#largest) return { start, end, inner: undefined };
      const cutInner = (): Cut | undefined => {
        const inner =
          kind === 'sequence'
            ? this.#itemMapping(line, behind, depth + 1)
            : this.#lines(line + 1, behind, depth + 1);
        const isClear = depth === 0 || behind < to || !this.#endsInCommentOf(line, to, indent, inner?.indent);
        return isClear && inner && inner.indent >= indent ? inner : undefined;
      };
      return {
        start,
        end,
        get inner() {
          return cutInner();
        },
      };
    });
    return { kind, start: this.#start(first), indent, entries };
  }

  /** The mapping that starts behind the dash of an item: while it is cut, the dash counts as indentation. */
  #itemMapping(line: number, to: number, depth: number): Cut | undefined {
    const own = this.#indent(line);
    this.#indents[line] = (this.#match(item, line) ?? 0) - this.#start(line);
    const inner = this.#match(member, line) !== undefined ? this.#lines(line, to, depth) : undefined;
    this.#indents[line] = own;
    return inner;
  }

  #items(first: number, to: number): readonly Start[] | undefined {
    const indent = this.#indent(first);
    const starts: Start[] = [];
    for (let line = first; line < to; line++) {
      if (!this.#isText[line] || this.#indent(line) > indent) continue;
      const end = this.#indent(line) === indent ? this.#match(item, line) : undefined;
      if (end === undefined) return undefined;
      starts.push({ line, mayBeCut: this.#text.charCodeAt(end - 1) === char.blank });
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
      const end = this.#match(member, line);
      const isMember = end !== undefined;
      if (isMember && !isOpen) {
        starts.push({ line, mayBeCut: end === this.#start(line + 1) });
        continue;
      }
      const last = starts.at(-1);
      if (!last) return undefined;
      if (!isMember && !isOpen && last.mayBeCut && this.#match(item, line) !== undefined) continue;
      if (!isMember && this.#match(word, line) === undefined) return undefined;
      starts[starts.length - 1] = { line: last.line, mayBeCut: false };
      isOpen = !isMember;
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

  /** Where the match that starts with the line's text ends. */
  #match(expression: RegExp, line: number): Offset | undefined {
    expression.lastIndex = this.#start(line) + this.#indent(line);
    return expression.test(this.#text) ? expression.lastIndex : undefined;
  }
}
