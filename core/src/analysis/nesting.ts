import type { ArrayNode, ObjectNode, PropertyNode, SyntaxNode } from '#core/syntax/node.ts';

/** What one walk through a definition tells, payloads included. */
export interface Nesting {
  /** Members whose name an earlier member of the same object has. */
  readonly repetitions: readonly Repetition[];
  /** The first object or array that lies deeper than the limit. */
  readonly tooDeep: SyntaxNode | undefined;
}

export interface Repetition {
  readonly object: ObjectNode;
  readonly property: PropertyNode;
  readonly first: PropertyNode;
}

/** Levels of JSON that a definition may have; see the rule `nesting/too-deep`. */
export const deepestNesting = 64;

export function analyzeNesting(root: ObjectNode): Nesting {
  const walk = new Walk();
  walk.object(root, 1);
  return walk;
}

class Walk implements Nesting {
  readonly repetitions: Repetition[] = [];
  tooDeep: SyntaxNode | undefined;

  object(node: ObjectNode, depth: number): void {
    if (depth > deepestNesting) this.tooDeep ??= node;
    const { properties } = node;
    if (hasRepetition(properties)) this.#addRepetitions(node);
    for (const { value } of properties) if (value) this.#value(value, depth + 1);
  }

  #array(node: ArrayNode, depth: number): void {
    if (depth > deepestNesting) this.tooDeep ??= node;
    for (const item of node.items) this.#value(item, depth + 1);
  }

  #value(node: SyntaxNode, depth: number): void {
    if (node.kind === 'object') this.object(node, depth);
    else if (node.kind === 'array') this.#array(node, depth);
  }

  #addRepetitions(object: ObjectNode): void {
    const firstByName = new Map<string, PropertyNode>();
    for (const property of object.properties) {
      const first = firstByName.get(property.key.value);
      if (!first) firstByName.set(property.key.value, property);
      // A YAML merge key brings in what the object may say anew.
      else if (!property.inherited && !first.inherited) this.repetitions.push({ object, property, first });
    }
  }
}

/** Most objects are small: comparing each pair costs less than a Set. */
function hasRepetition(properties: readonly PropertyNode[]): boolean {
  const { length } = properties;
  if (length > 16) return new Set(properties.map(({ key }) => key.value)).size < length;
  for (let index = 1; index < length; index++) {
    const name = properties[index]?.key.value;
    for (let before = 0; before < index; before++) if (properties[before]?.key.value === name) return true;
  }
  return false;
}
