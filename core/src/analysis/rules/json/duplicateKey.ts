import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';

/** Two members of one name in one object: readers take one of them, and not all the same. */
export const duplicateKey: Rule = {
  code: 'json/duplicate-key',
  severity: 'error',
  summary: 'The object has the name twice.',
  explanation:
    'Only one of the two counts, and which one depends on the reader. Two states of one name are a common case.',
  link: 'https://www.rfc-editor.org/rfc/rfc8259#section-4',
  example: '{"StartAt":"A","StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
  *check({ site, nesting }) {
    for (const { object, property, first } of nesting.repetitions) {
      const { key } = property;
      yield {
        start: key.start,
        end: key.end,
        message: say`'${key.value}' stands here for the second time. Only one of the two counts.`,
        related: [{ start: first.key.start, end: first.key.end, message: say`The first one.` }],
        aws: {
          code: 'INVALID_JSON_DESCRIPTION',
          message: `Duplicate field '${key.value}'`,
          location: awsLocation(site.node, object),
        },
      };
    }
  },
};
