import type { Rule } from '#core/analysis/rule.ts';
import { fieldsOf, objectNames } from '#core/language/fields.ts';
import { say } from '#core/text/message.ts';
import { exclusionCode } from './codes.ts';

/** Two fields of which there may be one: `Next` and `End`, `Seconds` and `SecondsPath`. */
export const exclusiveFields: Rule = {
  code: 'state/exclusive-fields',
  variants: [
    ...new Set(
      objectNames.flatMap(object =>
        fieldsOf(object).flatMap(row =>
          (row.excludes ?? []).map(other => exclusionCode(object, row.name, other)),
        ),
      ),
    ),
  ],
  severity: 'error',
  summary: 'Two fields exclude each other.',
  explanation:
    'A field and its `…Path` twin, `Next` and `End`, the four durations of a Wait, and old and new names of one field (`Iterator`, `ItemProcessor`) say the same thing twice. AWS refuses both together; remove one.',
  link: 'https://states-language.net/spec.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"SecondsPath":"$.s","End":true}}}',
  *check(analysis) {
    for (const fault of analysis.fieldFaults) {
      if (fault.kind !== 'excluded') continue;
      const { owner, property, other } = fault;
      const [name, otherName] = [property.key.value, other.key.value];
      yield {
        start: property.key.start,
        end: property.key.end,
        code: exclusionCode(owner.object, name, otherName),
        message: say`'${name}' and '${otherName}' exclude each other. Remove one of them.`,
        related: [{ start: other.key.start, end: other.key.end, message: say`'${otherName}' stands here.` }],
        ...(owner.state && { state: owner.state.pointer }),
        fix: {
          kind: 'action',
          name: 'removeField',
          arguments: { field: name },
          title: say`Remove '${name}'`,
        },
      };
    }
  },
};
