import { touches, type Offset } from '#core/text/span.ts';
import type { ArrayNode, ObjectNode, PropertyNode, SyntaxNode } from './node.ts';

/** What stands at an offset, from the root inwards: the way to it and the thing itself. */
export interface Location {
  /** Innermost value that holds or touches the offset. */
  readonly node: SyntaxNode | undefined;
  /** The property whose key or value that is, or in whose gap (behind the colon) the offset lies. */
  readonly property: PropertyNode | undefined;
  /** Whether the offset touches the property's key. */
  readonly inKey: boolean;
  /** The object around the offset. */
  readonly object: ObjectNode | undefined;
  /** Keys and indexes on the way from the root: `['States', 'A', 'Retry', 0, 'MaxAttempts']`. */
  readonly path: readonly (string | number)[];
}

export function locate(root: SyntaxNode | undefined, offset: Offset): Location {
  const path: (string | number)[] = [];
  let node = root && touches(root, offset) ? root : undefined;
  let property: PropertyNode | undefined;
  let object: ObjectNode | undefined;
  let inKey = false;
  for (let next: SyntaxNode | undefined = node; next;) {
    node = next;
    next = undefined;
    inKey = false;
    if (node.kind === 'object') {
      object = node;
      property = propertyAt(node, offset);
      if (!property) break;
      path.push(property.key.value);
      inKey = touches(property.key, offset);
      if (!inKey && property.value && touches(property.value, offset)) next = property.value;
    } else if (node.kind === 'array') {
      const index = itemAt(node, offset);
      if (index === undefined) break;
      path.push(index);
      next = node.items[index];
    } else if (node.kind === 'tag' && node.content && touches(node.content, offset)) {
      next = node.content;
    }
  }
  return { node, property, inKey, object, path };
}

/** The property the offset lies in; a YAML merge brings in properties from elsewhere, which do not count. */
function propertyAt(node: ObjectNode, offset: Offset): PropertyNode | undefined {
  return node.properties.findLast(property => !property.inherited && touches(property, offset));
}

function itemAt(node: ArrayNode, offset: Offset): number | undefined {
  const index = node.items.findLastIndex(item => touches(item, offset));
  return index < 0 ? undefined : index;
}

/** The way from the root to a node: `['States', 'A', 'Retry', 0]`. */
export function pathTo(node: SyntaxNode): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (let inner: SyntaxNode = node, outer = node.parent; outer; inner = outer, outer = outer.parent) {
    if (outer.kind === 'array') path.unshift(outer.items.indexOf(inner));
    if (outer.kind === 'object') {
      const holder = outer.properties.find(property => property.value === inner || property.key === inner);
      if (holder) path.unshift(holder.key.value);
    }
  }
  return path;
}
