import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import type { State } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';
import { isDeadEnd, liveStates } from './liveStates.ts';

/** States from which no end can be reached. */
export const deadEndCycle: Rule = {
  code: 'flow/dead-end-cycle-no-terminal-reachable',
  severity: 'warning',
  summary: 'From here no end of the state machine can be reached.',
  explanation: 'An execution that comes here goes round and round. Add a way to a terminal state.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","IsPresent":true,"Next":"B"}],"Default":"D"},"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Pass","Next":"B"},"D":{"Type":"Succeed"}}}',
  *check(machine) {
    const { flow } = machine;
    for (const scope of machine.machine.scopes) {
      const live = liveStates(scope, machine);
      if (!live || live.size === scope.states.length) continue;
      const told = new Set<State>();
      for (const state of flow.inFlowOrder(scope)) {
        if (live.has(state) || told.has(state) || !flow.isReachable(state) || isDeadEnd(state, machine))
          continue;
        const loop = [state];
        for (const member of loop) {
          told.add(member);
          for (const { to } of flow.successors(member))
            if (to && !told.has(to) && !loop.includes(to)) loop.push(to);
        }
        const names = loop.slice(0, 5).map(({ name }) => `'${name}'`);
        if (loop.length > names.length) names.push('…');
        // A way that only ends in a state that leads to itself is told at that state.
        if (loop.some(member => isDeadEnd(member, machine))) continue;
        yield findingOn(
          state.key,
          state,
          say`From '${state.name}' the execution never comes to an end: it stays among ${names.join(', ')}.`,
        );
      }
    }
  },
};
