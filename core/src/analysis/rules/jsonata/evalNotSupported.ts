import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** `$eval(…)`. */
export const evalNotSupported: Rule = {
  code: 'jsonata/eval-not-supported',
  severity: 'warning',
  summary: '`$eval` is called, which Step Functions does not have.',
  explanation: 'The execution fails with `States.QueryEvaluationError`. To read JSON text, use `$parse`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#built-in-jsonata-functions',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $eval(\'1\') %}","End":true}}}',
  *check(machine) {
    for (const { site, expression } of machine.expressions.readableJsonata) {
      for (const { name, start, end, variable } of expression.references.calls) {
        if (name !== 'eval' || variable.scope !== undefined) continue;
        const message = say`Step Functions has no '$eval'. Use '$parse' to read JSON text.`;
        yield findingIn(site, { start: start - 1, end }, message);
      }
    }
  },
};
