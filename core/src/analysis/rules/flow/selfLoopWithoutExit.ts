import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';
import { isDeadEnd, liveStates } from './liveStates.ts';

/** A state that can only lead to itself. */
export const selfLoopWithoutExit: Rule = {
  code: 'flow/self-loop-without-exit',
  severity: 'warning',
  summary: 'A state leads to itself and nowhere else.',
  explanation:
    'An execution that comes here never ends by itself. Add a way out, such as a Choice with a limit.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","IsPresent":true,"Next":"B"}],"Default":"C"},"B":{"Type":"Pass","Next":"B"},"C":{"Type":"Succeed"}}}',
  *check(machine) {
    for (const scope of machine.machine.scopes) {
      const live = liveStates(scope, machine);
      if (!live) continue;
      for (const state of scope.states) {
        if (live.has(state) || !isDeadEnd(state, machine)) continue;
        const [edge] = machine.flow.successors(state);
        if (edge)
          yield findingOn(
            edge.node,
            state,
            say`'${state.name}' leads to itself only, so the execution never ends.`,
          );
      }
    }
  },
};
