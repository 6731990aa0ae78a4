import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { closest } from '#core/text/closest.ts';
import { say } from '#core/text/message.ts';
import { statesMembers, statesPaths } from './statesMembers.ts';

/** `$states.inputs`. */
export const unknownStatesMember: Rule = {
  code: 'jsonata/unknown-states-member',
  severity: 'warning',
  summary: 'A member of `$states` is read that does not exist.',
  explanation: '`$states` has `input`, `context`, and where they apply `result` and `errorOutput`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $states.inputs %}","End":true}}}',
  *check(machine) {
    for (const { site, expression } of machine.expressions.readableJsonata) {
      for (const member of statesPaths(expression)) {
        if (statesMembers.includes(member.name)) continue;
        const meant = closest(member.name, statesMembers);
        const message =
          meant === undefined
            ? say`'$states' has no '${member.name}'. It has ${statesMembers.join(', ')}.`
            : say`'$states' has no '${member.name}'. Did you mean '${meant}'?`;
        const finding = findingIn(site, member, message);
        yield meant === undefined
          ? finding
          : {
              ...finding,
              fix: {
                kind: 'replaceText',
                span: { start: finding.start, end: finding.end },
                text: meant,
                title: say`Replace by '${meant}'`,
              },
            };
      }
    }
  },
};
