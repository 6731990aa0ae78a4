import type { Rule } from '#core/analysis/rule.ts';
import { jsonataFunctions } from '#core/language/jsonataFunctions.ts';
import { closest } from '#core/text/closest.ts';
import { variableFinding } from '#core/analysis/variableFaults.ts';
import { say, type Message } from '#core/text/message.ts';

/** A variable that no state assigns. */
export const undefinedVariable: Rule = {
  code: 'flow/undefined-variable',
  severity: 'warning',
  summary: 'A variable is read that no state assigns.',
  explanation:
    'AWS stores such a state machine, and the execution fails when it comes there. Variables are set with `Assign`; in JSONPath, a member of the input is `$.name`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $x %}","End":true}}}',
  *check(machine) {
    for (const { kind, use } of machine.variableFaults) {
      if (kind !== 'undefined') continue;
      const visible = machine.variables.visibleAt(use.site.state).map(({ variable }) => variable.name);
      const isJsonata = use.site.grammar === 'jsonata';
      const functions = isJsonata ? jsonataFunctions.map(({ name }) => name) : [];
      const meant = closest(use.name, [...visible, ...(isJsonata ? ['states'] : []), ...functions]);
      const finding = variableFinding(use, messageOf(use.name, meant, isJsonata));
      yield meant === undefined
        ? finding
        : {
            ...finding,
            fix: {
              kind: 'replaceText',
              span: { start: use.start, end: use.end },
              text: meant,
              title: say`Replace by '$${meant}'`,
            },
          };
    }
  },
};

function messageOf(name: string, meant: string | undefined, isJsonata: boolean): Message {
  if (meant !== undefined) return say`No state assigns '$${name}'. Did you mean '$${meant}'?`;
  return isJsonata
    ? say`No state assigns '$${name}'.`
    : say`No state assigns '$${name}'. A member of the input is '$.${name}'.`;
}
