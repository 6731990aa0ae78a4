import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';

const harmless: ReadonlySet<string> = new Set(['Type', 'Next', 'End', 'Comment', 'QueryLanguage']);

/** A Pass that hands its input on, unchanged. */
export const doesNothing: Rule = {
  code: 'pass/does-nothing',
  severity: 'hint',
  summary: 'The Pass state changes nothing.',
  explanation:
    'It hands its input on. As a placeholder or a place for ways to meet that is fine; otherwise every state transition of a Standard workflow costs.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}',
  *check({ machine, references }) {
    for (const state of machine.states) {
      if (state.type !== 'Pass' || state.isTerminal) continue;
      if (!state.node.properties.every(({ key }) => harmless.has(key.value))) continue;
      if (references.referencesTo(state).length > 1) continue;
      yield {
        start: state.key.start,
        end: state.key.end,
        message: say`'${state.name}' changes nothing: it hands its input on.`,
        state: state.pointer,
      };
    }
  },
};
