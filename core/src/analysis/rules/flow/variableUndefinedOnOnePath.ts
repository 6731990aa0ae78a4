import type { Rule } from '#core/analysis/rule.ts';
import { variableFinding } from '#core/analysis/variableFaults.ts';
import { say } from '#core/text/message.ts';

/** A variable that is set on some ways only. */
export const variableUndefinedOnOnePath: Rule = {
  code: 'flow/variable-undefined-on-one-path',
  severity: 'warning',
  summary: 'A variable is set on some ways to the state that reads it, but not on all.',
  explanation:
    'On the other ways the execution fails. Set it before the ways part, or test it with `$exists`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.a %}","Next":"B"}],"Default":"C"},"B":{"Type":"Pass","Assign":{"x":1},"Next":"C"},"C":{"Type":"Pass","Output":"{% $x %}","End":true}}}',
  *check(machine) {
    for (const fault of machine.variableFaults) {
      if (fault.kind !== 'onePath') continue;
      const { use, assignment } = fault;
      yield variableFinding(
        use,
        say`'$${use.name}' may have no value here: it is assigned only on the way through '${assignment.state.name}'.`,
        assignment,
      );
    }
  },
};
