import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** `{% %}`. */
export const emptyExpression: Rule = {
  code: 'jsonata/empty-expression',
  severity: 'error',
  summary: 'Nothing stands between `{%` and `%}`.',
  explanation: 'AWS refuses the state machine. Write an expression, or a plain value without delimiters.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% %}","End":true}}}',
  *check(machine) {
    for (const { node, text, state } of machine.expressions.jsonata) {
      if (text === '') yield findingOn(node, state, say`There is no expression between '{%' and '%}'.`);
    }
  },
};
