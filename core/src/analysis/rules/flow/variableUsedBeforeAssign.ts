import type { Rule } from '#core/analysis/rule.ts';
import { variableFinding } from '#core/analysis/variableFaults.ts';
import { say } from '#core/text/message.ts';

/** A variable that is read before it is set. */
export const variableUsedBeforeAssign: Rule = {
  code: 'flow/variable-used-before-assign',
  severity: 'warning',
  summary: 'A variable is read where no way has set it yet.',
  explanation: 'The execution fails. Set the variable in a state before.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $x %}","Next":"B"},"B":{"Type":"Pass","Assign":{"x":1},"End":true}}}',
  *check(machine) {
    for (const fault of machine.variableFaults) {
      if (fault.kind !== 'before') continue;
      const { use, assignment } = fault;
      yield variableFinding(
        use,
        say`'$${use.name}' has no value here yet: '${assignment.state.name}', which assigns it, does not come before.`,
        assignment,
      );
    }
  },
};
