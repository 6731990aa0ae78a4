import type { Rule } from '#core/analysis/rule.ts';
import { variableFinding } from '#core/analysis/variableFaults.ts';
import { say } from '#core/text/message.ts';

/** A variable read in the state that assigns it. */
export const assignNotVisibleInSameState: Rule = {
  code: 'flow/assign-not-visible-in-same-state-output',
  severity: 'warning',
  summary: 'A state reads a variable that only itself assigns.',
  explanation:
    'What `Assign` sets can be read from the next state on. All expressions of a state see the values from before it.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1},"Output":"{% $x %}","End":true}}}',
  *check(machine) {
    for (const fault of machine.variableFaults) {
      if (fault.kind !== 'sameState') continue;
      const { use, assignment } = fault;
      yield variableFinding(
        use,
        say`'$${use.name}' gets its value after this state only: Assign takes effect in the next state.`,
        assignment,
      );
    }
  },
};
