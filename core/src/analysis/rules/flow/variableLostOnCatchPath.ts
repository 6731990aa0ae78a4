import type { Rule } from '#core/analysis/rule.ts';
import { variableFinding } from '#core/analysis/variableFaults.ts';
import { say } from '#core/text/message.ts';

/** A variable whose Assign is passed over by a Catcher. */
export const variableLostOnCatchPath: Rule = {
  code: 'flow/variable-lost-on-catch-path',
  severity: 'warning',
  summary: 'A variable has no value when its state fails.',
  explanation:
    "A state that fails does not do its `Assign`; the Catcher's own `Assign` is done instead. Set the variable there too, or before the state.",
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":{"FunctionName":"f"},"Assign":{"x":1},"Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"Next":"B"},"B":{"Type":"Pass","Output":"{% $x %}","End":true}}}',
  *check(machine) {
    for (const fault of machine.variableFaults) {
      if (fault.kind !== 'lostOnCatch') continue;
      const { use, assignment } = fault;
      yield variableFinding(
        use,
        say`'$${use.name}' is not set when '${assignment.state.name}' fails, because its Catcher leads here without that Assign. Set it in the Catcher, or before.`,
        assignment,
      );
    }
  },
};
