import type { Rule } from '#core/analysis/rule.ts';
import type { State } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';

/** Two states whose names look the same at a glance. */
export const differsOnlyByCase: Rule = {
  code: 'name/differs-only-by-case',
  severity: 'warning',
  summary: 'Another state has this name in other letters.',
  explanation:
    'Names are case-sensitive, so these are two states; whoever reads `Next` will take one for the other.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  example:
    '{"StartAt":"Step","States":{"Step":{"Type":"Pass","Next":"step"},"step":{"Type":"Pass","End":true}}}',
  *check({ machine }) {
    const firstByName = new Map<string, State>();
    for (const state of machine.states) {
      const name = state.name.toLowerCase();
      const first = firstByName.get(name);
      if (!first) firstByName.set(name, state);
      else if (first.name !== state.name) {
        yield {
          start: state.key.start,
          end: state.key.end,
          message: say`'${state.name}' and '${first.name}' differ in upper and lower case only.`,
          state: state.pointer,
          related: [
            { start: first.key.start, end: first.key.end, message: say`'${first.name}' stands here.` },
          ],
        };
      }
    }
  },
};
