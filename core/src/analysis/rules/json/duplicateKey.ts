import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import type { ObjectNode, PropertyNode, SyntaxNode } from '#core/syntax/node.ts';

/** Two members of one name in one object: readers take one of them, and not all the same. */
export const duplicateKey: Rule = {
  code: 'json/duplicate-key',
  severity: 'error',
  summary: 'The object has the name twice.',
  explanation:
    'Only one of the two counts, and which one depends on the reader. Two states of one name are a common case.',
  link: 'https://www.rfc-editor.org/rfc/rfc8259#section-4',
  example: '{"StartAt":"A","StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
  *check({ site }) {
    const repetitions: Repetition[] = [];
    collect(site.node, repetitions);
    for (const { object, property, first } of repetitions) {
      const { key } = property;
      yield {
        start: key.start,
        end: key.end,
        message: `'${key.value}' stands here for the second time. Only one of the two counts.`,
        related: [{ start: first.key.start, end: first.key.end, message: 'The first one.' }],
        aws: {
          code: 'INVALID_JSON_DESCRIPTION',
          message: `Duplicate field '${key.value}'`,
          location: awsLocation(site.node, object),
        },
      };
    }
  },
};

interface Repetition {
  readonly object: ObjectNode;
  readonly property: PropertyNode;
  readonly first: PropertyNode;
}

function collect(node: SyntaxNode, found: Repetition[]): void {
  if (node.kind === 'array') {
    for (const item of node.items) collect(item, found);
  } else if (node.kind === 'object') {
    const { properties } = node;
    if (properties.length > 1 && hasRepetition(properties)) addRepetitions(node, found);
    for (const { value } of properties) {
      if (value && (value.kind === 'object' || value.kind === 'array')) collect(value, found);
    }
  }
}

/** Most objects are small: comparing each pair costs less than a Set. */
function hasRepetition(properties: readonly PropertyNode[]): boolean {
  if (properties.length > 12) return new Set(properties.map(({ key }) => key.value)).size < properties.length;
  return properties.some((property, index) => {
    for (let other = index + 1; other < properties.length; other++) {
      if (properties[other]?.key.value === property.key.value) return true;
    }
    return false;
  });
}

function addRepetitions(object: ObjectNode, found: Repetition[]): void {
  const firstByName = new Map<string, PropertyNode>();
  for (const property of object.properties) {
    const first = firstByName.get(property.key.value);
    if (!first) firstByName.set(property.key.value, property);
    // A YAML merge key brings in what the object may say anew.
    else if (!property.inherited && !first.inherited) found.push({ object, property, first });
  }
}
