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
      const members: Record<string, Json> = {};
      for (const { key, value } of node.properties) {
        if (!value) continue;
        if (key.value === '__proto__') define(members, key.value, toJson(value));
        else members[key.value] = toJson(value);
      }
      return members;
    }
  }
}

/** A member whose name an assignment would take for the prototype. */
function define(members: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
}
