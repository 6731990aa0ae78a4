import type { ArrayNode, ObjectNode, PropertyNode, StringNode, SyntaxNode, TagNode } from './node.ts';
import { YamlString } from './yamlString.ts';
import type { Writable } from '#core/writable.ts';

type Parent = SyntaxNode['parent'];

/** The same value of a YAML file in another text, `by` code units further on. */
export function movedItem(node: SyntaxNode, parent: Parent, text: string, by: number): SyntaxNode {
  const start = node.start + by;
  const end = node.end + by;
  switch (node.kind) {
    case 'object': {
      const properties: PropertyNode[] = [];
      const object: ObjectNode = { kind: 'object', parent, start, end, properties };
      for (const member of node.properties) properties.push(movedMember(member, object, text, by));
      return object;
    }
    case 'array': {
      const items: SyntaxNode[] = [];
      const array: ArrayNode = { kind: 'array', parent, start, end, items };
      for (const item of node.items) items.push(movedItem(item, array, text, by));
      return array;
    }
    case 'tag': {
      const tag: Writable<TagNode> = { kind: 'tag', parent, start, end, tag: node.tag, content: undefined };
      if (node.content) tag.content = movedItem(node.content, tag, text, by);
      return tag;
    }
    case 'string':
      return movedString(node, parent, text, by);
    case 'number':
      return { kind: 'number', parent, start, end, value: node.value, text: node.text };
    case 'boolean':
      return { kind: 'boolean', parent, start, end, value: node.value };
    case 'null':
      return { kind: 'null', parent, start, end };
    default:
      return { kind: 'placeholder', parent, start, end, name: node.name };
  }
}

/** The same for a member of a mapping. */
export function movedMember(
  member: PropertyNode,
  parent: ObjectNode,
  text: string,
  by: number,
): Writable<PropertyNode> {
  return {
    key: movedString(member.key, parent, text, by),
    value: member.value && movedItem(member.value, parent, text, by),
    colon: member.colon === undefined ? undefined : member.colon + by,
    parent,
    start: member.start + by,
    end: member.end + by,
    inherited: member.inherited,
  };
}

function movedString(node: StringNode, parent: Parent, text: string, by: number): StringNode {
  if (node.style === 'json') throw new Error('bug: a JSON string in a YAML file');
  return new YamlString(text, node.start + by, node.end + by, node.style, node.value, parent);
}
