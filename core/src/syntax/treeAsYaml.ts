import { jsonNumber } from './jsonNumber.ts';
import type { NumberNode, ObjectNode, PropertyNode, SyntaxNode, TagNode } from './node.ts';
import { quote, quoteLines } from './quote.ts';

/**
 * A tree as YAML: what `toJson` gives, with members in their order and numbers with all their digits. A placeholder
 * becomes a string, a tag the object that it is short for.
 */
export function treeAsYaml(root: SyntaxNode): string {
  return new YamlWriter().value(root, 0);
}

/** A name; names repeat from state to state, and so each is written once. */
interface Key {
  /** With its colon. */
  readonly text: string;
  /** The object that it was last seen in. */
  owner: ObjectNode | undefined;
}

class YamlWriter {
  readonly #keys = new Map<string, Key>();
  readonly #lines: string[] = [];

  /** The text of a value; its first line stands where it is put, the others are indented by levels. */
  value(node: SyntaxNode, level: number): string {
    switch (node.kind) {
      case 'null':
        return 'null';
      case 'boolean':
        return node.value ? 'true' : 'false';
      case 'number':
        return yamlNumber(node);
      case 'string':
        return quoteLines(node.value, this.#line(level).slice(1));
      case 'placeholder':
        return quote(`\${${node.name}}`, 'plain');
      case 'array':
        return node.items.length === 0 ? '[]' : this.#array(node.items, level);
      case 'tag':
        return this.#tag(node, level);
      case 'object':
        return hasMembers(node) ? this.#object(node, level) : '{}';
    }
  }

  #array(items: readonly SyntaxNode[], level: number): string {
    const line = `${this.#line(level)}- `;
    let before = '- ';
    let text = '';
    for (const item of items) {
      text += before + this.value(item, level + 1);
      before = line;
    }
    return text;
  }

  #object(node: ObjectNode, level: number): string {
    const line = this.#line(level);
    let before = '';
    let text = '';
    for (const { key, value } of this.#members(node)) {
      if (!value) continue;
      text += before + this.#key(key.value).text + this.#behindColon(value, level + 1);
      before = line;
    }
    return text;
  }

  /** A repeated name stands where it is first, with the value that it has last. */
  #members(node: ObjectNode): readonly PropertyNode[] {
    let isRepeated = false;
    for (const property of node.properties) {
      const key = this.#key(property.key.value);
      isRepeated ||= key.owner === node;
      key.owner = node;
    }
    if (!isRepeated) return node.properties;
    const lastByName = new Map<string, PropertyNode>();
    for (const property of node.properties) if (property.value) lastByName.set(property.key.value, property);
    return [...lastByName.values()];
  }

  #tag({ tag, content }: TagNode, level: number): string {
    const name = tag.slice(1);
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
    return this.#key(key).text + (content ? this.#behindColon(content, level + 1) : ' null');
  }

  #behindColon(value: SyntaxNode, level: number): string {
    return (isBlock(value) ? this.#line(level) : ' ') + this.value(value, level);
  }

  /** The end of a line and the indentation of the next one. */
  #line(level: number): string {
    return (this.#lines[level] ??= `\n${'  '.repeat(level)}`);
  }

  #key(name: string): Key {
    let key = this.#keys.get(name);
    if (!key) {
      key = { text: `${quote(name, 'plain')}:`, owner: undefined };
      this.#keys.set(name, key);
    }
    return key;
  }
}

/**
 * A number as every reader of YAML takes it for what it is: to some, what has an exponent is text unless it has a point
 * and a sign, too.
 */
function yamlNumber(node: NumberNode): string {
  const text = jsonNumber(node);
  if (text === undefined) return Number.isNaN(node.value) ? '.nan' : node.value > 0 ? '.inf' : '-.inf';
  const [, whole, fraction = '.0', e, sign, exponent] = /^(-?\d+)(\.\d+)?(e)([-+]?)(\d+)$/i.exec(text) ?? [];
  if (whole === undefined) return text;
  return `${whole}${fraction}${e}${sign || '+'}${exponent}`;
}

function isBlock(node: SyntaxNode): boolean {
  if (node.kind === 'array') return node.items.length > 0;
  return node.kind === 'tag' || (node.kind === 'object' && hasMembers(node));
}

function hasMembers({ properties }: ObjectNode): boolean {
  for (const { value } of properties) if (value) return true;
  return false;
}
