import type { Offset, Span } from '#core/text/span.ts';
import type { ArrayNode, ObjectNode, SyntaxNode, SyntaxTree } from './node.ts';

/** How JSON is laid out. */
export interface JsonLayout {
  /** Of one level. */
  readonly indentation: string;
  readonly endOfLine: '\n' | '\r\n';
  readonly insertFinalNewline: boolean;
}

/** Other blanks between two tokens. */
export interface BlanksEdit extends Span {
  readonly text: string;
}

/**
 * The blanks that have to change for each member and item to stand on a line of its own.
 *
 * They are those of jsonc-parser's formatter, which reads the text once more: where the tree is known and without a
 * problem, its positions tell all the gaps. `undefined` for any other file, such as one with comments.
 */
export function formatJson(
  { root, problems }: SyntaxTree,
  text: string,
  layout: JsonLayout,
): readonly BlanksEdit[] | undefined {
  if (!root || problems.length > 0) return undefined;
  // Line ends and the byte order mark are the other formatter's business where they are not plain.
  const [endOfLine] = /\r\n?|\n/.exec(text) ?? [layout.endOfLine];
  if (endOfLine !== layout.endOfLine || text.startsWith('\uFEFF')) return undefined;
  const formatter = new JsonFormatter(text, layout);
  formatter.gap(0, root.start, '');
  formatter.value(root, 0);
  formatter.gap(root.end, text.length, layout.insertFinalNewline ? layout.endOfLine : '');
  return formatter.edits;
}

class JsonFormatter {
  readonly edits: BlanksEdit[] = [];
  readonly #text: string;
  readonly #layout: JsonLayout;
  /** A line's end and the indentation of the next line, by its level. */
  readonly #lineStarts: string[] = [];

  constructor(text: string, layout: JsonLayout) {
    this.#text = text;
    this.#layout = layout;
  }

  gap(start: Offset, end: Offset, blanks: string): void {
    if (end - start === blanks.length && this.#text.startsWith(blanks, start)) return;
    this.edits.push({ start, end, text: blanks });
  }

  value(node: SyntaxNode, level: number): void {
    if (node.kind === 'object') this.#object(node, level);
    else if (node.kind === 'array') this.#array(node, level);
  }

  #object({ start, end, properties }: ObjectNode, level: number): void {
    const blanks = this.#lineStart(level + 1);
    let at = start + 1;
    for (const { key, colon = key.end, value } of properties) {
      if (at > start + 1) at = this.#comma(at);
      this.gap(at, key.start, blanks);
      this.gap(key.end, colon, '');
      at = colon + 1;
      if (!value) continue;
      this.gap(at, value.start, ' ');
      this.value(value, level + 1);
      at = value.end;
    }
    this.gap(at, end - 1, properties.length === 0 ? '' : this.#lineStart(level));
  }

  #array({ start, end, items }: ArrayNode, level: number): void {
    const blanks = this.#lineStart(level + 1);
    let at = start + 1;
    for (const item of items) {
      if (at > start + 1) at = this.#comma(at);
      this.gap(at, item.start, blanks);
      this.value(item, level + 1);
      at = item.end;
    }
    this.gap(at, end - 1, items.length === 0 ? '' : this.#lineStart(level));
  }

  /** Leaves no blanks before the comma that follows, and tells where it ends. */
  #comma(end: Offset): Offset {
    const comma = this.#text.startsWith(',', end) ? end : this.#text.indexOf(',', end);
    this.gap(end, comma, '');
    return comma + 1;
  }

  #lineStart(level: number): string {
    return (this.#lineStarts[level] ??= this.#layout.endOfLine + this.#layout.indentation.repeat(level));
  }
}
