import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Parser,
  visit,
  type Alias,
  type Document,
  type Node as YamlNode,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLParseError,
  type YAMLSeq,
} from 'yaml';
import { say } from '#core/text/message.ts';
import type { Offset } from '#core/text/span.ts';
import type { Writable } from '#core/writable.ts';
import { maximumDepth } from './json.ts';
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
  TagNode,
} from './node.ts';
import { yamlMessage } from './yamlMessages.ts';
import { YamlString } from './yamlString.ts';

/** How many nodes aliases and merge keys may repeat: stops definitions that unfold without end. */
const maximumRepeatedNodes = 100_000;

/** A YAML text that has been read, and what must be known to read a part of a text in place of the whole. */
export interface YamlDocument {
  readonly tree: SyntaxTree;
  /** Behind the root and the comments that belong to it, where what encloses it goes on. */
  readonly end: Offset;
  /**
   * Whether the text reads the same wherever it stands: it is no more than one document, names nothing that is
   * written elsewhere, is not nested deep, and what is wrong in it stays within it.
   */
  readonly isSelfContained: boolean;
}

/** Reads a text from end to end with the `yaml` library. */
export function readYamlDocument(text: string): YamlDocument {
  const problems: SyntaxProblem[] = [];
  const masked = maskPlaceholders(text);
  let documents: Document.Parsed[];
  const comments: CommentSpan[] = [];
  try {
    const tokens = [...new Parser().parse(masked)];
    for (const token of tokens) collectComments(token, comments);
    documents = [...new Composer(composerOptions).compose(tokens)];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    problems.push({
      code: 'too-deep',
      message: say`More than ${maximumDepth} levels of nesting. The file is not read.`,
      start: 0,
      end: text.length,
    });
    return { tree: { root: undefined, problems, comments: [] }, end: 0, isSelfContained: false };
  }
  const document = documents[0];
  if (!document) return { tree: { root: undefined, problems, comments }, end: 0, isSelfContained: true };
  for (const error of document.errors) {
    const [start, end] = error.pos;
    problems.push({
      code: 'syntax',
      message: yamlMessage(unmask(error.message)),
      start: Math.min(start, text.length),
      end: Math.min(Math.max(start, end), text.length),
    });
  }
  const second = documents[1];
  if (second) {
    problems.push({
      code: 'multiple-documents',
      message: say`A definition is one YAML document. What follows "---" is not read.`,
      start: second.range[0],
      end: Math.min(second.range[1], text.length),
    });
  }
  const reader = new YamlReader(text, document, problems);
  const root = reader.read();
  problems.sort((left, right) => left.start - right.start || left.end - right.end);
  return {
    tree: { root, problems, comments },
    end: reader.end,
    isSelfContained:
      !second &&
      !reader.refersElsewhere &&
      reader.deepest <= deepestPart &&
      problems.length === document.errors.length &&
      document.errors.every(error => isLocal(error, text)),
  };
}

const composerOptions = {
  prettyErrors: false,
  uniqueKeys: false,
  strict: false,
  logLevel: 'silent',
  merge: false,
} as const;

/** A word that is no key yet stays where it is; an open quote or bracket, for example, takes in what follows. */
function isLocal({ code, message, pos: [start] }: YAMLParseError, text: string): boolean {
  const isAboutKey =
    code === 'MULTILINE_IMPLICIT_KEY' || (code === 'MISSING_CHAR' && message.startsWith('Implicit map keys'));
  return isAboutKey && /[\w$./]/.test(text.charAt(start));
}

/** Parts are never nested so deep that the limits of the whole could be met. */
const deepestPart = 200;

/* A placeholder's braces would be flow syntax to YAML; while it reads, they are private-use characters of the same length. */
const open = '\uE000';
const close = '\uE001';

function maskPlaceholders(text: string): string {
  return text.includes('${') ? text.replaceAll(/\$\{([\w.:-]*)\}/g, `$$${open}$1${close}`) : text;
}

function unmask(text: string): string {
  return text.includes(open) ? text.replaceAll(open, '{').replaceAll(close, '}') : text;
}

function collectComments(token: CST.Token | CST.SourceToken, into: CommentSpan[]): void {
  if (token.type === 'comment') {
    into.push({
      start: token.offset,
      end: token.offset + token.source.length,
      text: unmask(token.source.replace(/^#\s*/, '').trimEnd()),
    });
    return;
  }
  const parts = token as unknown as Readonly<Record<string, unknown>>;
  for (const name of ['start', 'key', 'sep', 'value', 'items', 'end', 'props'] as const) {
    const part = parts[name];
    for (const inner of Array.isArray(part) ? part : [part]) {
      if (typeof inner === 'object' && inner !== null) collectComments(inner as CST.Token, into);
    }
  }
}

type Parent = ObjectNode | ArrayNode | TagNode | undefined;
class YamlReader {
  readonly #text: string;
  readonly #document: Document.Parsed;
  readonly #problems: SyntaxProblem[];
  readonly #anchors = new Map<string, YamlNode[]>();
  /** Anchored nodes that are being read, so that an alias inside its own anchor ends. */
  readonly #reading = new Set<YamlNode>();
  #repeated = 0;
  #depth = 0;
  #insideAlias = 0;
  /** The most levels that any node lies in. */
  deepest = 0;
  /** Whether there are aliases or merge keys. */
  refersElsewhere = false;

  constructor(text: string, document: Document.Parsed, problems: SyntaxProblem[]) {
    this.#text = text;
    this.#document = document;
    this.#problems = problems;
    visit(document, {
      Node: (_key, node) => {
        if (isAlias(node) || !node.anchor) return;
        const known = this.#anchors.get(node.anchor);
        if (known) known.push(node);
        else this.#anchors.set(node.anchor, [node]);
      },
    });
  }

  read(): SyntaxNode | undefined {
    const contents = this.#document.contents;
    if (!contents || (isScalar(contents) && contents.value === null && contents.source === ''))
      return undefined;
    return this.#node(contents, undefined);
  }

  /** Behind the root and the comments that belong to it. */
  get end(): Offset {
    const { contents } = this.#document;
    return contents ? this.#endWithComments(contents) : 0;
  }

  #span(node: YamlNode): { readonly start: Offset; readonly end: Offset } {
    const start = node.range?.[0] ?? 0;
    return { start, end: Math.max(start, this.#end(node)) };
  }

  /**
   * A block ends with the last line of its last member. Where that has no value, the library lets the block reach to
   * whatever comes next.
   */
  #end(node: YamlNode): Offset {
    const end = node.range?.[1] ?? 0;
    const last = isBlock(node) ? node.items.at(-1) : undefined;
    if (!isPair(last)) return last ? this.#endWithComments(last as YamlNode) : end;
    if (last.value) return this.#endWithComments(last.value as YamlNode);
    return Math.min(end, this.#endOfLine((last.key as YamlNode | null)?.range?.[1] ?? end));
  }

  #endWithComments(node: YamlNode): Offset {
    const [start, end, behind] = node.range ?? [0, 0, 0];
    if (isBlock(node)) return end === behind ? this.#end(node) : this.#withoutIndentation(behind);
    return start === end && end < behind ? this.#endOfLine(end) : behind;
  }

  /** To the library the comments behind a block reach to the next token. */
  #withoutIndentation(end: Offset): Offset {
    const line = this.#text.lastIndexOf('\n', end - 1) + 1;
    return /^ *$/.test(this.#text.slice(line, end)) ? line : end;
  }

  #endOfLine(offset: Offset): Offset {
    const lineFeed = this.#text.indexOf('\n', offset);
    return lineFeed < 0 ? this.#text.length : lineFeed + 1;
  }

  #node(node: YamlNode, parent: Parent): SyntaxNode | undefined {
    if (this.#insideAlias > 0 && ++this.#repeated > maximumRepeatedNodes) return undefined;
    if (this.#depth >= maximumDepth) {
      this.#problems.push({
        code: 'too-deep',
        message: say`More than ${maximumDepth} levels of nesting. What is inside is not read.`,
        ...this.#span(node),
      });
      return undefined;
    }
    this.#depth++;
    this.deepest = Math.max(this.deepest, this.#depth);
    try {
      if (isAlias(node)) return this.#alias(node, parent);
      if (node.tag?.startsWith('!') && !node.tag.startsWith('!!')) return this.#tagged(node, parent);
      return this.#plain(node, parent);
    } finally {
      this.#depth--;
    }
  }

  #plain(node: YamlNode, parent: Parent): SyntaxNode | undefined {
    if (isMap(node)) return this.#object(node, parent);
    if (isSeq(node)) {
      const items: SyntaxNode[] = [];
      const array: ArrayNode = { kind: 'array', parent, ...this.#span(node), items };
      for (const item of node.items) {
        const inner = isPair(item) ? undefined : this.#node(item as YamlNode, array);
        if (inner) items.push(inner);
      }
      return array;
    }
    return isScalar(node) ? this.#scalar(node, parent) : undefined;
  }

  #tagged(node: YamlNode, parent: Parent): TagNode {
    const tag: Writable<TagNode> = {
      kind: 'tag',
      parent,
      ...this.#span(node),
      tag: node.tag ?? '!',
      content: undefined,
    };
    tag.content = this.#plain(node, tag);
    return tag;
  }

  #alias(alias: Alias, parent: Parent): SyntaxNode | undefined {
    const target = this.#target(alias);
    if (!target) return undefined;
    this.#reading.add(target);
    this.#insideAlias++;
    const node = this.#node(target, parent);
    this.#insideAlias--;
    this.#reading.delete(target);
    return node;
  }

  /** The anchored node an alias stands for: the last one before it with that name. */
  #target(alias: Alias): YamlNode | undefined {
    this.refersElsewhere = true;
    const span = this.#span(alias);
    const target = this.#anchors.get(alias.source)?.findLast(node => (node.range?.[0] ?? 0) < span.start);
    if (target && !this.#reading.has(target) && this.#repeated <= maximumRepeatedNodes) return target;
    const message = target
      ? say`The alias '*${alias.source}' unfolds without end.`
      : say`No anchor '&${alias.source}' stands before this alias.`;
    this.#problems.push({ code: 'unresolved-alias', message, ...span });
    return undefined;
  }

  #object(node: YAMLMap, parent: Parent): ObjectNode {
    const properties: PropertyNode[] = [];
    const object: ObjectNode = { kind: 'object', parent, ...this.#span(node), properties };
    const merged: Pair[] = [];
    for (const pair of node.items) {
      if (isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN') merged.push(pair);
      else this.#property(pair, object, properties, false);
    }
    for (const pair of merged) this.#merge(pair.value as YamlNode | null, object, properties);
    return object;
  }

  #merge(value: YamlNode | null, object: ObjectNode, properties: PropertyNode[]): void {
    this.refersElsewhere = true;
    if (!value) return;
    if (isSeq(value)) {
      for (const item of value.items) this.#merge(item as YamlNode, object, properties);
      return;
    }
    const source = isAlias(value) ? this.#target(value) : value;
    if (!source || !isMap(source)) {
      if (source)
        this.#problems.push({
          code: 'syntax',
          message: say`A merge key needs a mapping, or an alias of one.`,
          ...this.#span(value),
        });
      return;
    }
    this.#reading.add(source);
    this.#insideAlias++;
    for (const property of this.#object(source, object).properties) {
      if (properties.some(own => own.key.value === property.key.value)) continue;
      properties.push({ ...property, parent: object, inherited: true });
    }
    this.#insideAlias--;
    this.#reading.delete(source);
  }

  #property(pair: Pair, object: ObjectNode, properties: PropertyNode[], inherited: boolean): void {
    const keyNode = isAlias(pair.key) ? this.#target(pair.key) : (pair.key as YamlNode | null);
    if (!keyNode || !isScalar(keyNode)) {
      if (keyNode)
        this.#problems.push({
          code: 'syntax',
          message: say`A key must be a string.`,
          ...this.#span(keyNode),
        });
      return;
    }
    const key = this.#string(keyNode, object, keyText(keyNode));
    const valueNode = pair.value as YamlNode | null;
    const isAbsent =
      !valueNode ||
      (isScalar(valueNode) && valueNode.value === null && valueNode.source === '' && !valueNode.tag);
    const colon = this.#colonBehind(key.end, valueNode);
    const property: Writable<PropertyNode> = {
      key,
      value: undefined,
      colon,
      parent: object,
      start: key.start,
      end: colon === undefined ? key.end : colon + 1,
      inherited,
    };
    if (!isAbsent) {
      const value = this.#node(valueNode, object);
      if (value) {
        property.value = value;
        property.end = Math.max(property.end, this.#span(valueNode).end);
      }
    }
    properties.push(property);
  }

  /** A key without a colon has no value at all, one without a value an empty one. */
  #colonBehind(end: Offset, value: YamlNode | null): Offset | undefined {
    if (!value) return undefined;
    const colon = this.#text.indexOf(':', end);
    return colon >= 0 && colon <= (value.range?.[0] ?? end) ? colon : undefined;
  }

  #scalar(node: Scalar, parent: Parent): SyntaxNode {
    const { value } = node;
    const span = this.#span(node);
    const source = unmask(node.source ?? '');
    if (typeof value === 'boolean') return { kind: 'boolean', parent, ...span, value };
    if (typeof value === 'number') return { kind: 'number', parent, ...span, value, text: source };
    if (typeof value === 'bigint')
      return { kind: 'number', parent, ...span, value: Number(value), text: source };
    if (value === null || value === undefined) return { kind: 'null', parent, ...span };
    const text = unmask(typeof value === 'string' ? value : (node.source ?? ''));
    if (node.type === 'PLAIN') {
      const placeholder = /^\$\{([^{}]*)\}$/.exec(text);
      if (placeholder) return { kind: 'placeholder', parent, ...span, name: placeholder[1] ?? '' };
    }
    return this.#string(node, parent, text);
  }

  #string(node: Scalar, parent: Parent, value: string): StringNode {
    const { start, end } = this.#span(node);
    return new YamlString(this.#text, start, end, styleOf(node), value, parent);
  }
}

function isBlock(node: YamlNode): node is YAMLMap | YAMLSeq {
  return (isMap(node) || isSeq(node)) && !node.flow;
}

/** Keys are names whatever they look like: `1:` is the key "1", `yes:` the key "yes". */
function keyText(key: Scalar): string {
  return unmask(typeof key.value === 'string' ? key.value : (key.source ?? String(key.value)));
}

function styleOf(node: Scalar): Exclude<StringStyle, 'json'> {
  switch (node.type) {
    case 'QUOTE_SINGLE':
      return 'single';
    case 'QUOTE_DOUBLE':
      return 'double';
    case 'BLOCK_LITERAL':
      return 'literal';
    case 'BLOCK_FOLDED':
      return 'folded';
    default:
      return 'plain';
  }
}
