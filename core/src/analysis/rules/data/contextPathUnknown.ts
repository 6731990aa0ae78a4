import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import type { NamedRange } from '#core/expressions/expression.ts';
import { contextMembers } from '#core/language/contextObject.ts';
import { closest } from '#core/text/closest.ts';
import { say } from '#core/text/message.ts';

/** `$$.Execution.Nmae`. */
export const contextPathUnknown: Rule = {
  code: 'data/context-path-unknown',
  severity: 'warning',
  summary: 'A member of the Context Object is read that does not exist.',
  explanation: 'The execution fails with `States.Runtime`, or in JSONata the expression gives nothing.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"$$.Execution.Arn"},"End":true}}}',
  *check(machine) {
    for (const { site, steps } of machine.expressions.contextPaths) {
      const unknown = firstUnknown(steps);
      if (!unknown) continue;
      const { step, known } = unknown;
      const meant = closest(step.name, known);
      const message =
        meant === undefined
          ? say`The Context Object has no '${step.name}' here. There are ${known.join(', ')}.`
          : say`The Context Object has no '${step.name}' here. Did you mean '${meant}'?`;
      const finding = findingIn(site, step, message);
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
  },
};

function firstUnknown(
  steps: readonly NamedRange[],
): { readonly step: NamedRange; readonly known: readonly string[] } | undefined {
  let members: typeof contextMembers | undefined = contextMembers;
  for (const step of steps) {
    if (!members) return undefined;
    const member: (typeof contextMembers)[number] | undefined = members.find(
      ({ name }) => name === step.name,
    );
    if (!member) return { step, known: members.map(({ name }) => name) };
    members = member.members;
  }
  return undefined;
}
