import type { Rule } from '#core/analysis/rule.ts';
import { fieldsIn } from '#core/language/fields.ts';
import { say } from '#core/text/message.ts';

/** A field that still works but has a successor. */
export const deprecatedField: Rule = {
  code: 'legacy/deprecated-field',
  variants: ['legacy/iterator-deprecated', 'legacy/map-parameters-deprecated'],
  severity: 'hint',
  summary: 'The field has a successor.',
  explanation:
    '`ItemProcessor` replaces `Iterator`, and `ItemSelector` the `Parameters` of a Map. The old ones work, but know nothing of distributed Maps.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Map","Iterator":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}}',
  *check({ machine }) {
    for (const state of machine.states) {
      if (state.type !== 'Map') continue;
      for (const { key } of state.node.properties) {
        const successor = fieldsIn(state.type, state.queryLanguage).get(key.value)?.deprecatedFor;
        if (successor === undefined) continue;
        yield {
          start: key.start,
          end: key.end,
          code: key.value === 'Iterator' ? 'legacy/iterator-deprecated' : 'legacy/map-parameters-deprecated',
          message: say`'${key.value}' is the older form of '${successor}'.`,
          state: state.pointer,
          tags: ['deprecated'],
          fix: {
            kind: 'replaceText',
            span: { start: key.offsetOf(0), end: key.offsetOf(key.value.length) },
            text: successor,
            title: say`Change to '${successor}'`,
          },
        };
      }
    }
  },
};
