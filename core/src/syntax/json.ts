import { say, type Message } from '#core/text/message.ts';
import type { Offset } from '#core/text/span.ts';
import type { Writable } from '#core/writable.ts';
import type {
  ArrayNode,
  CommentSpan,
  ObjectNode,
  PropertyNode,
  StringNode,
  StringStyle,
  SyntaxNode,
  SyntaxProblem,
  SyntaxTree,
} from './node.ts';
import { JsonScanner, scanError, token } from './jsonScanner.ts';
import { indexOfOffset } from './stringOffsets.ts';

/** Deeper nesting is refused: no state machine comes near it, and recursion must stay within any stack. */
export const maximumDepth = 1000;

/** What the parser reads, and how its positions relate to the file. */
export interface JsonText {
  readonly text: string;
  /** Turns a position in `text` into one of the file, where the text is itself the value of a string. */
  readonly toFile?: (offset: Offset) => Offset;
}

/**
 * Reads JSON, whatever state it is in. Comments and trailing commas are read and reported, because
 * AWS refuses them; bare `${Placeholder}` values are read as such.
 */
export function parseJson(source: JsonText): SyntaxTree {
  return new JsonParser(source).parse();
}

const nothing: readonly never[] = [];

type Parent = Writable<ObjectNode> | Writable<ArrayNode> | undefined;
class JsonParser {
  readonly #text: string;
  readonly #toFile: ((offset: Offset) => Offset) | undefined;
  readonly #scanner: JsonScanner;
  readonly #problems: SyntaxProblem[] = [];
  readonly #comments: CommentSpan[] = [];
  /** One string for all equal names: later comparisons and look-ups then need not read its letters. */
  readonly #names = new Map<string, string>();
  /**
   * The members of the objects and arrays that are still open, outer ones first; `#open` is their number. They are
   * copied when their container closes, because an array that grows by `push` keeps room for sixteen more.
   */
  readonly #members: (PropertyNode | SyntaxNode)[] = [];
  #open = 0;
  #token: number = token.unknown;
  #depth = 0;
  /** End of the last token that was consumed, in the text. */
  #lastEnd = 0;

  constructor(source: JsonText) {
    this.#text = source.text;
    this.#toFile = source.toFile;
    this.#scanner = new JsonScanner(source.text);
  }

  parse(): SyntaxTree {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#scanner.continueAt(1);
    this.#next();
    const root = this.#token === token.endOfFile ? undefined : this.#value(undefined);
    if (!root && this.#token !== token.endOfFile && this.#problems.length === 0)
      this.#problem('syntax', say`Value expected.`, this.#scanner.start, this.#scanner.end);
    if (root && this.#token !== token.endOfFile) {
      this.#problem(
        'syntax',
        say`Unexpected text after the end of the JSON value.`,
        this.#scanner.start,
        this.#text.trimEnd().length,
      );
    }
    return { root, problems: this.#problems, comments: this.#comments };
  }

  #at(offset: Offset): Offset {
    return this.#toFile ? this.#toFile(offset) : offset;
  }

  /** Of several problems at one place only the first is told: the others follow from it. */
  #problem(code: SyntaxProblem['code'], message: Message, start: Offset, end: Offset): void {
    const from = this.#at(start);
    if (this.#problems.at(-1)?.start === from) return;
    this.#problems.push({
      code,
      message,
      start: from,
      end: this.#at(Math.min(Math.max(start, end), this.#text.length)),
    });
  }

  #next(): void {
    this.#lastEnd = this.#scanner.end;
    this.#token = this.#scanner.scan();
    while (this.#token === token.lineComment || this.#token === token.blockComment) {
      this.#comment();
      this.#token = this.#scanner.scan();
    }
  }

  #comment(): void {
    const start = this.#scanner.start;
    const end = this.#scanner.end;
    const raw = this.#text.slice(start, end);
    const text = raw.startsWith('/*') ? raw.slice(2, raw.endsWith('*/') ? -2 : undefined) : raw.slice(2);
    this.#comments.push({ start: this.#at(start), end: this.#at(end), text: text.trim() });
    this.#problem(
      'comment',
      say`AWS refuses comments in JSON definitions. Use a "Comment" field instead.`,
      start,
      end,
    );
  }

  #value(parent: Parent): SyntaxNode | undefined {
    switch (this.#token) {
      case token.openBrace:
        return this.#object(parent);
      case token.openBracket:
        return this.#array(parent);
      case token.string:
        return this.#string(parent, this.#scanner.value);
      case token.number: {
        const text = this.#scanner.value;
        this.#reportError();
        return this.#leaf({
          kind: 'number',
          parent,
          start: this.#at(this.#scanner.start),
          end: this.#at(this.#scanner.end),
          value: Number(text),
          text,
        });
      }
      case token.true:
      case token.false:
        return this.#leaf({
          kind: 'boolean',
          parent,
          start: this.#at(this.#scanner.start),
          end: this.#at(this.#scanner.end),
          value: this.#token === token.true,
        });
      case token.null:
        return this.#leaf({
          kind: 'null',
          parent,
          start: this.#at(this.#scanner.start),
          end: this.#at(this.#scanner.end),
        });
      case token.unknown:
        return this.#unknown(parent);
      default:
        return undefined;
    }
  }

  #leaf<T extends SyntaxNode>(node: T): T {
    this.#next();
    return node;
  }

  #name(parent: Parent): StringNode {
    const value = this.#scanner.value;
    const known = this.#names.get(value);
    if (known === undefined) this.#names.set(value, value);
    return this.#string(parent, known ?? value);
  }

  #string(parent: Parent, value: string): StringNode {
    const start = this.#scanner.start;
    const end = this.#scanner.end;
    this.#reportError();
    const container = parent as ObjectNode | ArrayNode | undefined;
    const node = this.#toFile
      ? new EmbeddedJsonString(this.#text, this.#toFile, start, end, value, container)
      : new JsonString(this.#text, start, end, value, container);
    this.#next();
    return node;
  }

  /** What is wrong with the current token itself: an escape in a string, or a number that ends too early. */
  #reportError(): void {
    const { error, start, end } = this.#scanner;
    if (error !== scanError.none) this.#problem('syntax', scanErrorMessage(error), start, end);
  }

  /** A placeholder, or a word that is no JSON: the word is reported and skipped. */
  #unknown(parent: Parent): SyntaxNode | undefined {
    const start = this.#scanner.start;
    if (this.#text.startsWith('${', start)) {
      const close = closingBrace(this.#text, start + 2);
      if (close !== undefined) {
        let end = close + 1;
        while (end < this.#text.length && /[\w.$-]/.test(this.#text.charAt(end))) end++;
        this.#scanner.continueAt(end);
        const node: SyntaxNode = {
          kind: 'placeholder',
          parent: parent as ObjectNode | ArrayNode | undefined,
          start: this.#at(start),
          end: this.#at(end),
          name: this.#text.slice(start + 2, close),
        };
        this.#next();
        this.#lastEnd = end;
        return node;
      }
    }
    const word = this.#text.slice(start, this.#scanner.end);
    this.#problem(
      'syntax',
      say`Value expected, found ${JSON.stringify(word.slice(0, 40))}. Strings need double quotes.`,
      start,
      this.#scanner.end,
    );
    this.#next();
    return undefined;
  }

  #object(parent: Parent): ObjectNode {
    const node: Writable<ObjectNode> = {
      kind: 'object',
      parent: parent as ObjectNode | ArrayNode | undefined,
      start: this.#at(this.#scanner.start),
      end: 0,
      properties: nothing,
    };
    const base = this.#open;
    const open = this.#scanner.start;
    if (this.#tooDeep(open)) return this.#skipNested(node);
    this.#depth++;
    this.#next();
    let comma: Offset | undefined;
    while (this.#token !== token.closeBrace && this.#token !== token.endOfFile) {
      if (this.#token === token.comma) {
        this.#problem('syntax', say`Property expected.`, this.#scanner.start, this.#scanner.end);
        this.#next();
        continue;
      }
      if (this.#token !== token.string) {
        if (this.#token === token.closeBracket) break;
        this.#problem(
          'syntax',
          say`Property name in double quotes expected.`,
          this.#scanner.start,
          this.#scanner.end,
        );
        this.#next();
        continue;
      }
      const property = this.#property(node);
      this.#members[this.#open++] = property;
      comma = undefined;
      if (this.#token === token.comma) {
        comma = this.#scanner.start;
        this.#next();
      } else if (this.#token === token.string) {
        this.#problem('syntax', say`Comma expected between properties.`, this.#lastEnd, this.#lastEnd + 1);
      } else if (this.#token !== token.closeBrace && this.#token !== token.endOfFile) {
        this.#problem(
          'syntax',
          say`Comma or closing brace expected.`,
          this.#scanner.start,
          this.#scanner.end,
        );
        if (this.#token === token.closeBracket) break;
        this.#next();
      }
    }
    node.properties = this.#members.slice(base, this.#open) as PropertyNode[];
    this.#open = base;
    this.#close(node, token.closeBrace, comma, say`Closing brace expected.`);
    this.#depth--;
    return node;
  }

  #property(parent: Writable<ObjectNode>): PropertyNode {
    const key = this.#name(parent);
    const property = new JsonProperty(key, parent as ObjectNode);
    if (this.#token === token.colon) {
      property.colon = this.#at(this.#scanner.start);
      this.#next();
    } else {
      this.#problem('syntax', say`Colon expected after the property name.`, this.#lastEnd, this.#lastEnd + 1);
      if (this.#token === token.comma || this.#token === token.closeBrace) return property;
      if (this.#token === token.string && this.#nextIsColon()) return property;
    }
    if (this.#token === token.string && this.#nextIsColon()) {
      this.#problem('syntax', say`Value expected.`, this.#lastEnd, this.#lastEnd + 1);
      return property;
    }
    const known = this.#problems.length;
    const value = this.#value(parent);
    if (value) property.value = value;
    else if (this.#problems.length === known) {
      this.#problem('syntax', say`Value expected.`, this.#lastEnd, this.#lastEnd + 1);
    }
    return property;
  }

  /** Whether the current string is the key of the next property, so that the value before it is missing. */
  #nextIsColon(): boolean {
    const { end } = this.#scanner;
    // Nearly always a comma tells it, and the expression need not run.
    if (this.#text.startsWith(',', end)) return false;
    colonNext.lastIndex = end;
    return colonNext.test(this.#text);
  }

  #array(parent: Parent): ArrayNode {
    const node: Writable<ArrayNode> = {
      kind: 'array',
      parent: parent as ObjectNode | ArrayNode | undefined,
      start: this.#at(this.#scanner.start),
      end: 0,
      items: nothing,
    };
    const base = this.#open;
    const open = this.#scanner.start;
    if (this.#tooDeep(open)) return this.#skipNested(node);
    this.#depth++;
    this.#next();
    let comma: Offset | undefined;
    while (this.#token !== token.closeBracket && this.#token !== token.endOfFile) {
      if (this.#token === token.closeBrace) break;
      const known = this.#problems.length;
      const item = this.#value(node);
      if (item) {
        this.#members[this.#open++] = item;
        comma = undefined;
      } else if (this.#problems.length === known) {
        this.#problem('syntax', say`Value expected.`, this.#scanner.start, this.#scanner.end);
        if (this.#token !== token.comma) this.#next();
      }
      if (this.#token === token.comma) {
        comma = this.#scanner.start;
        this.#next();
      } else if (item && this.#token !== token.closeBracket && this.#token !== token.endOfFile) {
        this.#problem('syntax', say`Comma or closing bracket expected.`, this.#lastEnd, this.#lastEnd + 1);
      }
    }
    node.items = this.#members.slice(base, this.#open) as SyntaxNode[];
    this.#open = base;
    this.#close(node, token.closeBracket, comma, say`Closing bracket expected.`);
    this.#depth--;
    return node;
  }

  #close(
    node: Writable<ObjectNode> | Writable<ArrayNode>,
    closing: number,
    comma: Offset | undefined,
    message: Message,
  ): void {
    if (this.#token === closing) {
      if (comma !== undefined) {
        this.#problem(
          'trailing-comma',
          say`AWS refuses a comma behind the last element. Remove it.`,
          comma,
          comma + 1,
        );
      }
      node.end = this.#at(this.#scanner.end);
      this.#next();
    } else {
      this.#problem('syntax', message, this.#lastEnd, this.#lastEnd + 1);
      node.end = this.#at(this.#token === token.endOfFile ? this.#text.length : this.#scanner.start);
    }
  }

  #tooDeep(open: Offset): boolean {
    if (this.#depth < maximumDepth) return false;
    this.#problem(
      'too-deep',
      say`More than ${maximumDepth} levels of nesting. What is inside is not read.`,
      open,
      open + 1,
    );
    return true;
  }

  #skipNested<T extends Writable<ObjectNode> | Writable<ArrayNode>>(node: T): T {
    let level = 0;
    do {
      if (this.#token === token.openBrace || this.#token === token.openBracket) level++;
      if (this.#token === token.closeBrace || this.#token === token.closeBracket) level--;
      node.end = this.#at(this.#scanner.end);
      this.#next();
    } while (level > 0 && this.#token !== token.endOfFile);
    return node;
  }
}

const colonNext = /\s*:/y;

/** The brace that closes a placeholder, on the same line; inner braces must balance. */
function closingBrace(text: string, from: Offset): Offset | undefined {
  let level = 0;
  for (let i = from; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\n') return undefined;
    if (char === '{') level++;
    if (char === '}' && level-- === 0) return i;
  }
  return undefined;
}

function scanErrorMessage(error: number): Message {
  switch (error) {
    case scanError.openString:
      return say`The string is not closed. Add a double quote.`;
    case scanError.unicode:
      return say`Invalid unicode escape. Write \\u and four hexadecimal digits.`;
    case scanError.escape:
      return say`Invalid escape. JSON knows \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX.`;
    case scanError.openNumber:
      return say`The number is not complete.`;
    case scanError.openComment:
      return say`The comment is not closed. Add */.`;
    default:
      return say`Invalid character in the string. Control characters must be written as escapes such as \\n.`;
  }
}

/*
 * A definition of 7 MB has half a million strings and members: what can be told from other fields is not kept
 * in them, since the collector moves each field twice.
 */

/** A member of an object; it reaches from its key to its value. */
class JsonProperty implements PropertyNode {
  readonly key: StringNode;
  readonly parent: ObjectNode;
  value: SyntaxNode | undefined = undefined;
  colon: Offset | undefined = undefined;

  constructor(key: StringNode, parent: ObjectNode) {
    this.key = key;
    this.parent = parent;
  }

  get start(): Offset {
    return this.key.start;
  }

  get end(): Offset {
    if (this.value) return this.value.end;
    return this.colon === undefined ? this.key.end : this.colon + 1;
  }

  get inherited(): boolean {
    return false;
  }
}

/** A string of the file; offsets are linear unless it holds escapes, and then counted when they are asked for. */
class JsonString implements StringNode {
  readonly kind = 'string';
  readonly start: Offset;
  readonly end: Offset;
  readonly value: string;
  readonly parent: ObjectNode | ArrayNode | undefined;
  readonly #text: string;

  constructor(
    text: string,
    start: Offset,
    end: Offset,
    value: string,
    parent: ObjectNode | ArrayNode | undefined,
  ) {
    this.start = start;
    this.end = end;
    this.value = value;
    this.parent = parent;
    this.#text = text;
  }

  get style(): StringStyle {
    return 'json';
  }

  offsetOf(n: number): Offset {
    return offsetIn(this.#text, this.start, this.end, this.value, n);
  }

  indexOf(offset: Offset): number {
    return indexOfOffset(this, offset);
  }
}

/** A string of a text that is itself the value of a string: its own positions are others than those in the file. */
class EmbeddedJsonString implements StringNode {
  readonly kind = 'string';
  readonly start: Offset;
  readonly end: Offset;
  readonly value: string;
  readonly parent: ObjectNode | ArrayNode | undefined;
  readonly #text: string;
  readonly #toFile: (offset: Offset) => Offset;
  readonly #from: Offset;
  readonly #to: Offset;

  constructor(
    text: string,
    toFile: (offset: Offset) => Offset,
    from: Offset,
    to: Offset,
    value: string,
    parent: ObjectNode | ArrayNode | undefined,
  ) {
    this.start = toFile(from);
    this.end = toFile(to);
    this.value = value;
    this.parent = parent;
    this.#text = text;
    this.#toFile = toFile;
    this.#from = from;
    this.#to = to;
  }

  get style(): StringStyle {
    return 'json';
  }

  offsetOf(n: number): Offset {
    return this.#toFile(offsetIn(this.#text, this.#from, this.#to, this.value, n));
  }

  indexOf(offset: Offset): number {
    return indexOfOffset(this, offset);
  }
}

/** Where the n-th code unit of a string's value stands in the text, whose quotes are at `from` and before `to`. */
function offsetIn(text: string, from: Offset, to: Offset, value: string, n: number): Offset {
  const index = Math.max(0, Math.min(n, value.length));
  const raw = to - from;
  const isClosed = raw === value.length + 2;
  if (isClosed || (raw === value.length + 1 && text.charAt(to - 1) !== '"')) return from + 1 + index;
  let at = from + 1;
  for (let unit = 0; unit < index; unit++) {
    if (text.charAt(at) !== '\\') at += 1;
    else at += text.charAt(at + 1) === 'u' ? 6 : 2;
  }
  return Math.min(at, to);
}
