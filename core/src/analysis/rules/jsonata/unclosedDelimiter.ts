import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { embeddedJsonata } from '#core/expressions/embedded.ts';
import { hasPlaceholder } from '#core/syntax/node.ts';
import { say, type Message } from '#core/text/message.ts';

/** `{%` without `%}`, or the reverse. */
export const unclosedDelimiter: Rule = {
  code: 'jsonata/unclosed-delimiter',
  severity: 'error',
  summary: 'A string has only one of `{%` and `%}` in its place.',
  explanation:
    'A JSONata expression fills its string: `{%` stands at the very start and `%}` at the very end, without blanks outside.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% 1","End":true}}}',
  *check(machine) {
    for (const { kind, node, state } of machine.expressions.literals) {
      if (kind !== 'unbalanced' || hasPlaceholder(node.value)) continue;
      const embedded = embeddedJsonata(node.value);
      if (embedded.kind !== 'unbalanced') continue;
      yield findingOn(node, state, messageOf(node.value, embedded.missing));
    }
  },
};

function messageOf(value: string, missing: 'opening' | 'closing'): Message {
  if (missing === 'closing') {
    return value.includes('%}')
      ? say`The string goes on behind '%}'. A JSONata expression must fill the whole string.`
      : say`'%}' is missing at the end of the string.`;
  }
  return value.includes('{%')
    ? say`Something stands before '{%'. A JSONata expression must fill the whole string; write {% 'text' & $value %}.`
    : say`'{%' is missing at the start of the string.`;
}
