import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** `$` outside every step, filter and function. */
export const topLevelDollar: Rule = {
  code: 'jsonata/top-level-dollar',
  severity: 'warning',
  summary: '`$` stands at the top level of a JSONata expression.',
  explanation:
    'Expressions of a state machine have no input document, so `$` names nothing there. The state input is `$states.input`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $.a %}","End":true}}}',
  *check(machine) {
    for (const { site, expression } of machine.expressions.readableJsonata) {
      for (const use of expression.references.inputUses) {
        if (use.kind !== '$') continue;
        const finding = findingIn(
          site,
          use,
          say`'$' names nothing at the top level. Write '$states.input' for the input.`,
        );
        yield {
          ...finding,
          fix: {
            kind: 'replaceText',
            span: { start: finding.start, end: finding.end },
            text: '$states.input',
            title: say`Replace by '$states.input'`,
          },
        };
      }
    }
  },
};
