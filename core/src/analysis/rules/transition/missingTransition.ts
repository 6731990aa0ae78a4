import { isWritten } from '#core/analysis/fieldFaults.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { fieldsIn } from '#core/language/fields.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A state that neither ends nor names the next one. */
export const missingTransition: Rule = {
  code: 'transition/next-and-end-missing',
  variants: ['transition/end-false-no-next'],
  severity: 'error',
  summary: 'The state has neither Next nor End.',
  explanation:
    'Every state but Choice, Succeed and Fail says where to go: `"Next": "…"`, or `"End": true` when it is the last. `"End": false` counts as absent.',
  link: 'https://states-language.net/spec.html#transition',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass"}}}',
  *check(analysis) {
    for (const state of analysis.machine.states) {
      if (state.isTerminal || state.type === 'Unknown') continue;
      if (state.transitions.some(({ kind }) => kind === 'Next')) continue;
      if (!fieldsIn(state.type, 'JSONPath').has('End')) continue;
      if (propertyOf(state.node, 'Next')) continue;
      const end = propertyOf(state.node, 'End');
      if (end && !(end.value?.kind === 'boolean' && !end.value.value)) continue;
      const owner = { object: state.type, node: state.node, language: state.queryLanguage, state };
      if (!end && (isWritten(owner, 'Next') || isWritten(owner, 'End'))) continue;
      if (analysis.isBroken(state.node)) continue;
      const place = end ?? state.key;
      yield {
        start: place.start,
        end: place.end,
        ...(end && { code: 'transition/end-false-no-next' }),
        message: end
          ? say`"End": false does not say where '${state.name}' goes. Add 'Next', or make it "End": true.`
          : say`State '${state.name}' needs 'Next' or "End": true.`,
        state: state.pointer,
        fix: {
          kind: 'action',
          name: 'addEnd',
          arguments: { state: state.pointer },
          title: say`Add "End": true`,
        },
      };
    }
  },
};
