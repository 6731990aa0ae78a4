import type { Rule } from '#core/analysis/rule.ts';
import { valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

const most = 40;

/** An inline Map that asks for more than AWS gives. */
export const inlineMapConcurrency: Rule = {
  code: 'quota/inline-map-concurrency-over-40',
  severity: 'warning',
  summary: 'An inline Map runs at most 40 iterations at once.',
  explanation: 'A larger MaxConcurrency has no effect. A distributed Map runs up to 10,000 at once.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Map","MaxConcurrency":100,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}}',
  *check({ machine }) {
    for (const state of machine.states) {
      if (state.type !== 'Map' || state.isDistributed) continue;
      const value = valueOf(state.node, 'MaxConcurrency');
      if (value?.kind !== 'number' || value.value <= most) continue;
      yield {
        start: value.start,
        end: value.end,
        message: say`An inline Map runs at most ${most} iterations at once; use "Mode": "DISTRIBUTED" for ${value.text}.`,
        state: state.pointer,
      };
    }
  },
};
