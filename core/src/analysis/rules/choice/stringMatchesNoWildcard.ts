import type { Rule } from '#core/analysis/rule.ts';
import { isDeferred } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** `StringMatches` with a pattern that is a plain text. */
export const stringMatchesNoWildcard: Rule = {
  code: 'choice/stringmatches-no-wildcard',
  severity: 'information',
  summary: 'The pattern of StringMatches has no wildcard.',
  explanation:
    'Without a `*`, `StringMatches` matches one text only, as `StringEquals` does. `*` stands for any characters.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","StringMatches":"x","Next":"B"}],"Default":"A"},"B":{"Type":"Succeed"}}}',
  *check({ choiceRules }) {
    for (const { state, rules } of choiceRules) {
      for (const { comparisons } of rules) {
        for (const { property } of comparisons) {
          const { key, value } = property;
          if (key.value !== 'StringMatches' || value?.kind !== 'string' || isDeferred(value)) continue;
          if (value.value.replaceAll('\\*', '').includes('*')) continue;
          yield {
            start: value.start,
            end: value.end,
            message: say`This pattern has no '*': it matches ${JSON.stringify(value.value)} only. Use 'StringEquals', or add a '*'.`,
            state: state.pointer,
            fix: {
              kind: 'replaceText',
              span: { start: key.offsetOf(0), end: key.offsetOf(key.value.length) },
              text: 'StringEquals',
              title: say`Change to 'StringEquals'`,
            },
          };
        }
      }
    }
  },
};
