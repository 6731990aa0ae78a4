import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import type { PropertyNode } from '#core/syntax/node.ts';

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
      const byName = new Map<string, PropertyNode>();
      for (const property of node.properties) {
        const { key } = property;
        const name = key.value.endsWith('.$') ? key.value.slice(0, -2) : key.value;
        const other = byName.get(name);
        if (!other) byName.set(name, property);
        // Equal keys are a fault of the JSON itself.
        else if (other.key.value !== key.value)
          yield {
            ...findingOn(
              key,
              state,
              `'${other.key.value}' and '${key.value}' both give '${name}'. Remove one of them.`,
            ),
            related: [
              { start: other.key.start, end: other.key.end, message: `'${other.key.value}' stands here.` },
            ],
          };
      }
    }
  },
};
