import type { StringNode, SyntaxNode } from '#core/syntax/node.ts';
import { touches, type Offset } from '#core/text/span.ts';

/** The string, be it a key or a value, that an offset touches. */
export function stringAt(node: SyntaxNode, offset: Offset): StringNode | undefined {
  switch (node.kind) {
    case 'string':
      return touches(node, offset) ? node : undefined;
    case 'array': {
      const item = node.items.findLast(candidate => touches(candidate, offset));
      return item && stringAt(item, offset);
    }
    case 'object': {
      const property = node.properties.findLast(candidate => touches(candidate, offset));
      if (!property) return undefined;
      if (touches(property.key, offset)) return property.key;
      return property.value && stringAt(property.value, offset);
    }
    case 'tag':
      return node.content && stringAt(node.content, offset);
    default:
      return undefined;
  }
}
