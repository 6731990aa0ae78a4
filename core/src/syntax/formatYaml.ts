import { parseDocument, type Scalar, type Tags } from 'yaml';
import type { Offset, Span } from '#core/text/span.ts';
import { toJson } from './toJson.ts';
import { parseYaml } from './yaml.ts';
import { cutYaml, type Cut, type Entry } from './yamlCut.ts';

/**
 * Writes YAML with even indentation and single blanks; comments, blank lines, anchors, tags, quotes and
 * block texts stay. `undefined` where the text cannot be read as one document, or would mean something else.
 *
 * The result is the one of the `yaml` library. It is asked only for entries that are not plain; where an entry may
 * not be written alone as it is in its place, it writes the whole.
 */
export function formatYaml(text: string, indent: number): string | undefined {
  // The library takes carriage returns between comments for text.
  if (text.includes('\r\n')) {
    return formatYaml(text.replaceAll('\r\n', '\n'), indent)?.replaceAll('\n', '\r\n');
  }
  const cut = cutYaml(text, 0);
  return (cut && new EntryFormatter(text, indent).format(cut)) ?? formatAtOnce(text, indent);
}

/** What the library makes of a text, if it means the same. */
function formatAtOnce(text: string, indent: number): string | undefined {
  const value = valueOf(text);
  if (value === undefined) return undefined;
  const document = parseDocument(text, {
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
    keepSourceTokens: false,
    resolveKnownTags: false,
    customTags: tags => tags.flatMap(tag => asWritten(tag, text)),
  });
  if (document.errors.length > 0) return undefined;
  const formatted = document.toString({
    indent,
    indentSeq: true,
    lineWidth: 0,
    minContentWidth: 0,
    flowCollectionPadding: true,
    singleQuote: null,
  });
  return valueOf(formatted) === value ? formatted : undefined;
}

/**
 * A type of the library's, so that it leaves values as they are written: it would round long numbers, write those that
 * JavaScript cannot hold as infinite, and join the lines of folded texts. It breaks bytes in lines, and fails where
 * lines have no end.
 */
function asWritten(tag: Tags[number], text: string): Tags {
  if (typeof tag !== 'object' || tag.collection !== undefined) return [tag];
  const { stringify } = tag;
  if (!stringify || tag.tag === 'tag:yaml.org,2002:binary') return [];
  if (tag.tag === 'tag:yaml.org,2002:str') {
    return [
      {
        ...tag,
        stringify: (item, context, ...on) =>
          folded(item, context.indent, text) ?? stringify(item, context, ...on),
      },
    ];
  }
  if (!/:(?:int|float)$/.test(tag.tag)) return [tag];
  return [{ ...tag, stringify: (item, context, ...on) => item.source ?? stringify(item, context, ...on) }];
}

/** A folded text with the lines it has, indented anew; `undefined` for one whose header says more. */
function folded({ type, range }: Scalar, indent: string, text: string): string | undefined {
  if (type !== 'BLOCK_FOLDED' || !range || indent === '') return undefined;
  const [header = '', ...lines] = text.slice(range[0], range[1]).split('\n');
  const first = lines.find(line => line.trim() !== '');
  // Where the indentation is a number, a comment follows, or there are but blanks, the library knows how.
  if (first === undefined || !/^>[-+]? *$/.test(header)) return undefined;
  const [margin = ''] = /^ */.exec(first) ?? [];
  const body = lines.map(line => {
    const content = line.slice(margin.length);
    return content === '' ? '' : indent + content;
  });
  // The text ends with the end of its last line.
  if (body.at(-1) === '') body.pop();
  if (header.startsWith('>+') && body.at(-1) === '') return undefined;
  while (body.at(-1) === '') body.pop();
  return [header.replace('+', '').trimEnd(), ...body].join('\n');
}

/** The value of a text that can be read, as JSON. */
function valueOf(text: string): string | undefined {
  const { root, problems } = parseYaml(text);
  return root && problems.length === 0 ? JSON.stringify(toJson(root)) : undefined;
}

/** A key that the library writes as it is. */
const key = String.raw`(?!(?:true|false|null):)(?:[a-z_$](?:[\w$./-]| +(?![ :]))*(?<!-)|"[ !#-[\]-~]*"|'[ -&(-~]*'):`;
const plainKey = new RegExp(key, 'iy');

/** A value on the same line that the library writes as it is. */
const value = String.raw`(?:(?!(?:true|false|null) *\n)[a-z_$/](?:[!"$-9;-~]|:(?![ \n])| +(?![ #\n]|$))*(?<![:-])|"[ !#-[\]-~]*"|'[ -&(-~]*'|-?[1-9]\d{0,14}|0|true|false|null)`;
const plainValue = new RegExp(` *${value}? *(?:\\n|$)`, 'iy');

/** Lines that the library writes as they are, from their indentation or the blank behind the dash on. */
const memberLine = new RegExp(`${key}(?: ${value})?\\n`, 'iy');
const itemLine = new RegExp(`${value}\\n`, 'iy');

/** Entries up to this size are tried line by line before they are cut. */
const mediumEntry = 4000;

/** A line without text: blank or a comment. The groups are its indentation and its comment. */
const gapLine = /( *)(#[^\n]*)?(?:\n|$)/y;

/** What the library would write of entries that stand alone; asked for the entry, not the file. */
class EntryFormatter {
  readonly #text: string;
  readonly #step: string;
  #written = '';
  /** Where the text that is not written yet starts. */
  #at: Offset = 0;
  /** Whether comments may belong to a sequence that has just ended, though they are indented as what follows it. */
  #isAmbiguous = false;
  /** Whether the last value is empty or but a comment, so that comments and blank lines may belong to it. */
  #isEmpty = false;

  constructor(text: string, indent: number) {
    this.#text = text;
    this.#step = ' '.repeat(indent);
  }

  format(cut: Cut): string | undefined {
    const head = this.#text.slice(0, cut.start);
    // What stands above the first entry is about it, or about the file; either way it stays if it has this form.
    if (!/^(?:(?:#[^\n]*\n)+\n?)?$/.test(head)) return undefined;
    this.#written = head;
    this.#at = cut.start;
    if (!this.#entries(cut, '', undefined)) return undefined;
    const tail = this.#text.slice(this.#at);
    return tail === '' || (tail.trim() === '' && !this.#isEmpty) ? this.#written : undefined;
  }

  /** Writes the entries; the first of those of an item stands on the line of its dash. */
  #entries(cut: Cut, margin: string, isInItem: 'inItem' | undefined): boolean {
    return cut.entries.every((entry, index) => {
      const isOnLine = isInItem && index === 0;
      if (!isOnLine && !this.#gap(entry.start, cut.indent, margin)) return false;
      const own = isOnLine ? '' : margin;
      if (this.#lines(entry, cut, margin, own)) return true;
      const { inner } = entry;
      if (!inner) return this.#plain(entry, cut, own) || this.#alone(entry, cut, margin, own);
      return cut.kind === 'sequence'
        ? this.#item(inner, margin)
        : this.#member(entry, inner, cut, margin, own);
    });
  }

  /**
   * Writes an entry whose lines are all as the library writes them but for the indentation: most are, and so they
   * need not be cut. Only blank lines may follow.
   */
  #lines({ start, end }: Span, { kind, indent }: Cut, margin: string, own: string): boolean {
    if (end - start > mediumEntry) return false;
    const text = this.#text;
    const levels = [{ indent, margin, isSequence: kind === 'sequence' }];
    let written = '';
    let copied = start + indent;
    let isOpen = false;
    let line = start;
    while (line < end) {
      let at = line;
      if (line === start) at += indent;
      else while (text.charCodeAt(at) === char.blank) at++;
      if (text.charCodeAt(at) === char.lineFeed) break;
      const column = at - line;
      const isItem = text.charCodeAt(at) === char.dash && text.charCodeAt(at + 1) === char.blank;
      const level = levelOf(levels, column, isItem, isOpen, this.#step);
      if (!level) return false;
      if (line > start && column !== level.margin.length) {
        written += text.slice(copied, line) + level.margin;
        copied = at;
      }
      if (isItem) at += 2;
      memberLine.lastIndex = itemLine.lastIndex = at;
      if (memberLine.test(text)) {
        if (isItem) levels.push({ indent: column + 2, margin: `${level.margin}  `, isSequence: false });
        line = memberLine.lastIndex;
        isOpen = text.charCodeAt(line - 2) === char.colon;
      } else if (isItem && itemLine.test(text)) {
        line = itemLine.lastIndex;
        isOpen = false;
      } else return false;
    }
    if (line > end || line === start || text.slice(line, end).trim() !== '') return false;
    this.#written += own + written + text.slice(copied, line);
    this.#at = line;
    this.#isEmpty = isOpen;
    this.#isAmbiguous ||= levels.some(({ indent }, index) => levels[index - 1]?.indent === indent);
    return true;
  }

  #item(inner: Cut, margin: string): boolean {
    this.#written += `${margin}- `;
    return this.#entries(inner, `${margin}  `, 'inItem');
  }

  #member(entry: Entry, inner: Cut, cut: Cut, margin: string, own: string): boolean {
    const start = entry.start + cut.indent;
    plainKey.lastIndex = start;
    const colon = plainKey.test(this.#text) ? plainKey.lastIndex : start;
    // Comments behind the key move, and keys that are not plain are written by the library with all they hold.
    gapLine.lastIndex = colon;
    if (
      colon === start ||
      !gapLine.test(this.#text) ||
      this.#text.slice(colon, gapLine.lastIndex).trim() !== ''
    )
      return this.#alone(entry, cut, margin, own);
    this.#at = gapLine.lastIndex;
    this.#written += `${own}${this.#text.slice(start, colon)}\n`;
    this.#isAmbiguous = inner.indent === cut.indent;
    if (!this.#entries(inner, margin + this.#step, undefined)) return false;
    this.#isAmbiguous ||= inner.indent === cut.indent;
    return true;
  }

  #plain({ start, end }: Span, { kind, indent }: Cut, own: string): boolean {
    const at = start + indent;
    let value = at + 1;
    if (kind === 'mapping') {
      plainKey.lastIndex = at;
      if (!plainKey.test(this.#text)) return false;
      value = plainKey.lastIndex;
    }
    plainValue.lastIndex = value;
    if (!plainValue.test(this.#text)) return false;
    const behind = plainValue.lastIndex;
    const written = this.#text.slice(value, behind).trim();
    const isEmpty = written === '';
    if ((isEmpty && kind === 'sequence') || !this.#isGap(behind, end)) return false;
    const key = this.#text.slice(at, value);
    this.#written += isEmpty ? `${own}${key}\n` : `${own}${key} ${written}\n`;
    this.#at = behind;
    this.#isEmpty = isEmpty;
    return true;
  }

  /** Lets the library write an entry, without the comments and blank lines behind it. */
  #alone({ start, end }: Span, { indent }: Cut, margin: string, own: string): boolean {
    let behind = end;
    for (let line = end; line > start;) {
      line = this.#text.lastIndexOf('\n', line - 2) + 1;
      if (!this.#isGap(line, behind)) break;
      behind = line;
    }
    const text = ' '.repeat(indent) + this.#text.slice(start + indent, behind);
    // Blank lines behind a text that keeps them are part of it, and comments before or in place of nothing move.
    if (/[|>]\d?\+|[:-] +#[^\n]*\n?$|^ *- *\n?$/.test(text)) return false;
    // A line of blanks may belong to the text before it.
    if (/[|>]/.test(text) && /^ +$/m.test(this.#text.slice(behind, end))) return false;
    const formatted = formatAtOnce(text, this.#step.length);
    if (formatted === undefined) return false;
    this.#written += own + formatted.replaceAll(/\n(?=[^\n])/g, `\n${margin}`);
    this.#at = behind;
    this.#isEmpty = /(?:[|>][-\d]*|:|-|\n *#[^\n]*)\s*$/.test(formatted);
    return true;
  }

  #isGap(start: Offset, end: Offset): boolean {
    for (gapLine.lastIndex = start; gapLine.lastIndex < end;) if (!gapLine.test(this.#text)) return false;
    return true;
  }

  /** Writes the comments and blank lines before an entry; of blank lines before the first comment only one stays. */
  #gap(end: Offset, indent: number, margin: string): boolean {
    let hasComment = false;
    let hasBlank = false;
    if (this.#isEmpty && this.#at < end) return false;
    this.#isEmpty = false;
    while (this.#at < end) {
      gapLine.lastIndex = this.#at;
      const match = gapLine.exec(this.#text);
      if (!match) return false;
      const [line, blanks = '', comment] = match;
      if (comment === undefined) {
        if (hasComment || !hasBlank) this.#written += '\n';
        hasBlank = true;
      } else {
        if (this.#isAmbiguous || blanks.length !== indent) return false;
        this.#written += `${margin}${comment}\n`;
        hasComment = true;
      }
      this.#at += line.length;
    }
    this.#isAmbiguous = false;
    return true;
  }
}

const char = { lineFeed: 0x0a, blank: 0x20, dash: 0x2d, colon: 0x3a };

/** A mapping or sequence that is open: how far it is indented, and how far it will be. */
interface Level {
  readonly indent: number;
  readonly margin: string;
  readonly isSequence: boolean;
}

/**
 * The level that a line belongs to; inner ones are closed, and a new one is opened below a key without a value.
 * The items below a key may be indented no more than the key. `undefined` if it belongs nowhere.
 */
function levelOf(
  levels: Level[],
  column: number,
  isItem: boolean,
  isOpen: boolean,
  step: string,
): Level | undefined {
  let level = levels.at(-1);
  let mayOpen = isOpen;
  while (level && (level.indent > column || (level.isSequence && !isItem && level.indent === column))) {
    levels.pop();
    level = levels.at(-1);
    mayOpen = false;
  }
  if (!level) return undefined;
  if (level.indent === column && level.isSequence === isItem) return level;
  if (!mayOpen || (level.indent === column && !isItem)) return undefined;
  const inner = { indent: column, margin: level.margin + step, isSequence: isItem };
  levels.push(inner);
  return inner;
}
