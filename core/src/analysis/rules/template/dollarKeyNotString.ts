import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { isDeferred } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** `"count.$": 5`. */
export const dollarKeyNotString: Rule = {
  code: 'template/dollar-key-not-string',
  severity: 'error',
  summary: 'The value of a key that ends in `.$` is no string.',
  explanation: 'What is evaluated is written as a string. For a plain value, remove `.$` from the key.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":5},"End":true}}}',
  *check(machine) {
    for (const { property, state } of machine.expressions.suffixedKeys) {
      const { key, value } = property;
      if (state.queryLanguage === 'JSONata' || !value || isDeferred(value)) continue;
      const name = key.value.slice(0, -2);
      const message = say`'${key.value}' takes a path or intrinsic function as a string. For a plain value, write '${name}'.`;
      yield {
        ...findingOn(value, state, message),
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
