import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** `$$` in JSONata. */
export const dollarDollar: Rule = {
  code: 'jsonata/dollar-dollar',
  severity: 'error',
  summary: '`$$` stands in a JSONata expression.',
  explanation:
    'Expressions of a state machine have no input document that `$$` could name, and AWS refuses it everywhere. Read `$states.input`; the Context Object, `$$` of JSONPath, is `$states.context`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $$ %}","End":true}}}',
  *check(machine) {
    for (const { site, expression } of machine.expressions.readableJsonata) {
      for (const use of expression.references.inputUses) {
        if (use.kind !== '$$') continue;
        const message = say`'$$' names nothing here. Write '$states.input' for the input, '$states.context' for the Context Object.`;
        const finding = findingIn(site, use, message);
        yield {
          ...finding,
          fix: {
            kind: 'replaceText',
            span: { start: finding.start, end: finding.end },
            text: '$states.context',
            title: say`Replace by '$states.context'`,
          },
        };
      }
    }
  },
};
