import type { Rule } from '#core/analysis/rule.ts';
import type { State } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';

/** A state whose name another scope has, too. */
export const duplicateAcrossScopes: Rule = {
  code: 'name/duplicate-across-scopes',
  severity: 'error',
  summary: 'Another state of the state machine has the same name.',
  explanation:
    'Names of states are unique in the whole state machine, also across the branches of a Parallel and the processor of a Map.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}],"End":true}}}',
  *check({ machine }) {
    if (machine.scopes.length < 2) return;
    const firstByName = new Map<string, State>();
    for (const state of machine.states) {
      const first = firstByName.get(state.name);
      if (!first) firstByName.set(state.name, state);
      // Two of one name in one scope are a repeated key, and reported as such.
      else if (first.scope !== state.scope) {
        yield {
          start: state.key.start,
          end: state.key.end,
          message: say`The name '${state.name}' is taken. Names of states are unique in the whole state machine.`,
          state: state.pointer,
          related: [
            { start: first.key.start, end: first.key.end, message: say`The first state of that name.` },
          ],
          aws: {
            code: 'DUPLICATE_STATE_NAME',
            message: `State name "${state.name}" appears more than once`,
            location: state.pointer,
          },
        };
      }
    }
  },
};
