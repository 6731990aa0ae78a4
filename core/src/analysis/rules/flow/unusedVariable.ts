import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { isVariableName } from '#core/analysis/variables.ts';
import { say } from '#core/text/message.ts';

/** A variable that no expression reads. */
export const unusedVariable: Rule = {
  code: 'flow/unused-variable',
  severity: 'hint',
  summary: 'A variable is set, but nothing reads it.',
  explanation: 'Remove it, or read it where it was meant to be read.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1},"End":true}}}',
  *check(machine) {
    const { variables } = machine;
    for (const variable of variables.all) {
      // A use that cannot be resolved may be meant for it; that use is reported itself.
      if (variable.uses.length > 0 || variables.mayBeUsed(variable.name) || !isVariableName(variable.name))
        continue;
      for (const assignment of variable.assignments) {
        yield {
          ...findingOn(assignment, assignment.state, say`Nothing reads the variable '${variable.name}'.`),
          tags: ['unnecessary'],
        };
      }
    }
  },
};
