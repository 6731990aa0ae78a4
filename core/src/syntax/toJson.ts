import type { Json } from '#core/json.ts';
import type { SyntaxNode } from './node.ts';

/**
 * The plain value a node stands for; of repeated keys the last one, as JSON readers do.
 *
 * A placeholder becomes its own text (`${Wait}`), a CloudFormation tag the object that it is short for.
 */
export function toJson(node: SyntaxNode): Json {
  switch (node.kind) {
    case 'null':
      return null;
    case 'boolean':
    case 'number':
    case 'string':
      return node.value;
    case 'placeholder':
      return `\${${node.name}}`;
    case 'array':
      return node.items.map(toJson);
    case 'tag': {
      const name = node.tag.slice(1);
      const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
      return { [key]: node.content ? toJson(node.content) : null };
    }
    case 'object': {
      const entries: [string, Json][] = [];
      for (const property of node.properties) {
        if (property.value) entries.push([property.key.value, toJson(property.value)]);
      }
      return Object.fromEntries(entries);
    }
  }
}
