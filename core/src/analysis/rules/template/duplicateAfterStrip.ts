import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { payloadSuffix } from '#core/expressions/intrinsic/payloadValue.ts';
import { propertyOf, type ObjectNode, type PropertyNode } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** `"id"` beside `"id.$"`. */
export const duplicateAfterStrip: Rule = {
  code: 'template/duplicate-after-strip',
  severity: 'error',
  summary: 'Two keys of a Payload Template are the same once `.$` is removed.',
  explanation: 'The result can have each name once. Remove one of the two.',
  link: 'https://states-language.net/spec.html#payload-template',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v":1,"v.$":"$.v"},"End":true}}}',
  *check(machine) {
    for (const { node, state } of machine.expressions.mixedObjects) {
      for (const [property, other] of sameNames(node)) {
        const { key } = property;
        const message = say`'${other.key.value}' and '${key.value}' both give '${nameOf(property)}'. Remove one of them.`;
        yield {
          ...findingOn(key, state, message),
          related: [
            { start: other.key.start, end: other.key.end, message: say`'${other.key.value}' stands here.` },
          ],
        };
      }
    }
  },
};

/** Keys that are equal as they stand are a fault of the JSON itself. */
function* sameNames(node: ObjectNode): Generator<readonly [PropertyNode, PropertyNode]> {
  const { properties } = node;
  // Nearly all templates are small and have no such keys; they need no map.
  if (properties.length < 16 && !properties.some(property => isTwin(property, node))) return;
  const byName = new Map<string, PropertyNode>();
  for (const property of properties) {
    const name = nameOf(property);
    const other = byName.get(name);
    if (!other) byName.set(name, property);
    else if (other.key.value !== property.key.value) yield [property, other];
  }
}

function nameOf({ key }: PropertyNode): string {
  return key.value.endsWith(payloadSuffix) ? key.value.slice(0, -payloadSuffix.length) : key.value;
}

function isTwin(property: PropertyNode, node: ObjectNode): boolean {
  return property.key.value.endsWith(payloadSuffix) && propertyOf(node, nameOf(property)) !== undefined;
}
