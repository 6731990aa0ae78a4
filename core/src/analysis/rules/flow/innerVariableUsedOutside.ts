import type { Rule } from '#core/analysis/rule.ts';
import { variableFinding } from '#core/analysis/variableFaults.ts';
import { say } from '#core/text/message.ts';

/** A variable of an inner scope, read outside. */
export const innerVariableUsedOutside: Rule = {
  code: 'flow/inner-variable-used-outside',
  severity: 'warning',
  summary: 'A variable is read outside the Map or Parallel that assigns it.',
  explanation:
    'Variables of an iteration or branch end with it, and branches do not see those of each other. Return the value in the output of the Map or Parallel and assign it outside.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Parallel","Next":"B","Branches":[{"StartAt":"I","States":{"I":{"Type":"Pass","Assign":{"x":1},"End":true}}}]},"B":{"Type":"Pass","Output":"{% $x %}","End":true}}}',
  *check(machine) {
    for (const fault of machine.variableFaults) {
      if (fault.kind !== 'innerOnly') continue;
      const { use, assignment } = fault;
      yield variableFinding(
        use,
        say`'$${use.name}' is assigned inside '${assignment.variable.scope.owner?.name ?? ''}' only and cannot be read out here. Return it in the output and assign it again.`,
        assignment,
      );
    }
  },
};
