import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';
import { hasErrorOutput, statesPaths } from './statesMembers.ts';

/** `$states.errorOutput` where no error was caught. */
export const errorOutputOutsideCatcher: Rule = {
  code: 'jsonata/erroroutput-outside-catcher',
  severity: 'error',
  summary: '`$states.errorOutput` is read outside a Catcher.',
  explanation:
    'The Error Output exists in `Output` and `Assign` of a Catcher only. Pass it on from there: with `Output` to the next state, or with `Assign` into a variable.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $states.errorOutput %}","End":true}}}',
  *check(machine) {
    for (const { site, expression } of machine.expressions.readableJsonata) {
      if (hasErrorOutput(site)) continue;
      for (const member of statesPaths(expression)) {
        if (member.name !== 'errorOutput') continue;
        yield findingIn(
          site,
          member,
          say`'$states.errorOutput' exists in Output and Assign of a Catcher only.`,
        );
      }
    }
  },
};
