import { jsonNumber } from './jsonNumber.ts';
import type { NumberNode, ObjectNode, PropertyNode, SyntaxNode, TagNode } from './node.ts';

/** A number that JSON has no word for: `.inf`, `.nan`. */
export class NoJsonNumber {
  readonly node: NumberNode;

  constructor(node: NumberNode) {
    this.node = node;
  }
}

/**
 * A tree as JSON text, indented by two blanks: members in their order, repeated ones too, and numbers with all their
 * digits. A placeholder becomes a string, a tag the object that it is short for, a key without a value `null`.
 */
export function treeAsJson(root: SyntaxNode): string | NoJsonNumber {
  const writer = new JsonWriter();
  const text = writer.value(root, 0);
  return writer.impossible ? new NoJsonNumber(writer.impossible) : text;
}

class JsonWriter {
  /** The first number that cannot be written. */
  impossible: NumberNode | undefined;
  /** Names repeat from state to state, and so each is written once; with its colon. */
  readonly #keys = new Map<string, string>();
  readonly #lines: string[] = [];

  /** The text of a value; its first line stands where it is put, the others are indented by levels. */
  value(node: SyntaxNode, level: number): string {
    switch (node.kind) {
      case 'null':
        return 'null';
      case 'boolean':
        return node.value ? 'true' : 'false';
      case 'number':
        return this.#number(node);
      case 'string':
        return quoted(node.value);
      case 'placeholder':
        return quoted(`\${${node.name}}`);
      case 'array':
        return this.#array(node.items, level);
      case 'tag':
        return this.#tag(node, level);
      case 'object':
        return this.#object(node.properties, level);
    }
  }

  #array(items: readonly SyntaxNode[], level: number): string {
    if (items.length === 0) return '[]';
    const line = this.#line(level + 1);
    let before = `[${line}`;
    let text = '';
    for (const item of items) {
      text += before + this.value(item, level + 1);
      before = `,${line}`;
    }
    return `${text}${this.#line(level)}]`;
  }

  #object(properties: ObjectNode['properties'], level: number): string {
    if (properties.length === 0) return '{}';
    const line = this.#line(level + 1);
    let before = `{${line}`;
    let text = '';
    for (const property of properties) {
      text += before + this.#member(property, level + 1);
      before = `,${line}`;
    }
    return `${text}${this.#line(level)}}`;
  }

  #member({ key, value }: PropertyNode, level: number): string {
    return this.#key(key.value) + (value ? this.value(value, level) : 'null');
  }

  /** `!Ref Table` is short for `{"Ref": "Table"}`; a lone `!` says that what follows is text. */
  #tag({ tag, content }: TagNode, level: number): string {
    if (tag === '!' && content) return this.value(content, level);
    const name = tag.slice(1);
    const key = this.#key(name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);
    const line = this.#line(level + 1);
    return `{${line}${key}${this.#argument(name, content, level + 1)}${this.#line(level)}}`;
  }

  /** In JSON, CloudFormation wants the resource and the attribute of `!GetAtt Function.Arn` apart. */
  #argument(name: string, content: SyntaxNode | undefined, level: number): string {
    if (!content) return 'null';
    if (name === 'GetAtt' && content.kind === 'string') {
      const [, resource, attribute] = /^([^.]+)\.(.+)$/s.exec(content.value) ?? [];
      if (resource !== undefined && attribute !== undefined) {
        const line = this.#line(level + 1);
        return `[${line}${quoted(resource)},${line}${quoted(attribute)}${this.#line(level)}]`;
      }
    }
    return this.value(content, level);
  }

  #number(node: NumberNode): string {
    const text = jsonNumber(node);
    if (text === undefined) this.impossible ??= node;
    return text ?? 'null';
  }

  /** The end of a line and the indentation of the next one. */
  #line(level: number): string {
    return (this.#lines[level] ??= `\n${'  '.repeat(level)}`);
  }

  #key(name: string): string {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = `${quoted(name)}: `;
      this.#keys.set(name, key);
    }
    return key;
  }
}

/** Most strings hold nothing that JSON escapes. */
function quoted(value: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what it looks for
  return /["\\\u0000-\u001f\ud800-\udfff]/.test(value) ? JSON.stringify(value) : `"${value}"`;
}
