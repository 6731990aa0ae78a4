import type { Rule } from '#core/analysis/rule.ts';
import { isTimestamp } from '#core/analysis/timestamp.ts';
import { valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A Wait for a moment that has passed: it does not wait. */
export const timestampInThePast: Rule = {
  code: 'wait/timestamp-in-the-past',
  severity: 'warning',
  summary: 'The moment to wait for has passed.',
  explanation:
    'The state goes on at once. A fixed moment seldom is what is meant; take it from the input with TimestampPath or an expression.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Wait","Timestamp":"2020-01-01T00:00:00Z","End":true}}}',
  *check({ machine, analysis }) {
    const { now } = analysis.knowledge;
    if (now === undefined) return;
    for (const state of machine.states) {
      const value = state.type === 'Wait' ? valueOf(state.node, 'Timestamp') : undefined;
      if (value?.kind !== 'string' || !isTimestamp(value.value) || Date.parse(value.value) > now) continue;
      yield {
        start: value.start,
        end: value.end,
        message: say`${value.value} has passed: '${state.name}' does not wait.`,
        state: state.pointer,
      };
    }
  },
};
