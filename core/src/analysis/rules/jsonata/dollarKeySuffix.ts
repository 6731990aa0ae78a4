import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** `"id.$": …` in JSONata. */
export const dollarKeySuffix: Rule = {
  code: 'jsonata/dollar-key-suffix',
  severity: 'warning',
  summary: 'A key of a JSONata state ends in `.$`.',
  explanation:
    'The suffix belongs to the Payload Templates of JSONPath. In JSONata it becomes part of the name, and a path behind it stays text. Remove it and write `{% … %}`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":{"a.$":"$.a"},"End":true}}}',
  *check(machine) {
    for (const { property, state } of machine.expressions.suffixedKeys) {
      if (state.queryLanguage !== 'JSONata') continue;
      const { key } = property;
      const name = key.value.slice(0, -2);
      yield {
        ...findingOn(
          key,
          state,
          say`'.$' means nothing in JSONata and becomes part of the name. Write '${name}' with an expression {% … %}.`,
        ),
        fix: {
          kind: 'replaceText',
          span: { start: key.offsetOf(0), end: key.offsetOf(key.value.length) },
          text: name,
          title: say`Remove '.$'`,
        },
      };
    }
  },
};
