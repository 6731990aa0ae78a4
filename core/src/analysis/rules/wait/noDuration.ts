import { isWritten } from '#core/analysis/fieldFaults.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';

const durations = ['Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath'];

/** A Wait that does not say how long. */
export const noDuration: Rule = {
  code: 'wait/no-duration',
  severity: 'error',
  summary: 'A Wait says how long or until when.',
  explanation:
    'It has exactly one of Seconds, Timestamp, SecondsPath and TimestampPath; the last two in JSONPath only.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Wait","End":true}}}',
  *check(analysis) {
    for (const state of analysis.machine.states) {
      if (state.type !== 'Wait') continue;
      const owner = { object: state.type, node: state.node, language: state.queryLanguage, state };
      if (durations.some(name => isWritten(owner, name)) || analysis.isBroken(state.node)) continue;
      yield {
        start: state.key.start,
        end: state.key.end,
        message: say`'${state.name}' does not say how long it waits. Add 'Seconds' or 'Timestamp'.`,
        state: state.pointer,
      };
    }
  },
};
