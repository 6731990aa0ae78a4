import type { ObjectNode, PropertyNode, SyntaxNode } from '#core/syntax/node.ts';

/**
 * Where AWS says a fault is: `/States/Route/Choices[0]/Next`, relative to the definition's root.
 *
 * `/` is the definition itself. Names are written as they are, without the escapes of JSON Pointer.
 */
export function awsLocation(root: ObjectNode, place: SyntaxNode | PropertyNode): string {
  let location = '';
  let node: SyntaxNode | PropertyNode | undefined = place;
  while (node && node !== root) {
    const { parent }: SyntaxNode | PropertyNode = node;
    if ('key' in node) location = `/${node.key.value}${location}`;
    else if (parent?.kind === 'array') location = `[${parent.items.indexOf(node)}]${location}`;
    else if (parent?.kind === 'object') {
      const property = parent.properties.find(({ value }) => value === node);
      location = `/${property?.key.value ?? ''}${location}`;
    }
    node = parent;
  }
  return location === '' ? '/' : location;
}
