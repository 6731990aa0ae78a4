import type { Rule } from '#core/analysis/rule.ts';
import { valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A JSONPath state in a JSONata state machine. */
export const jsonPathInsideJsonata: Rule = {
  code: 'state/jsonpath-inside-jsonata-machine',
  severity: 'error',
  summary: 'A JSONata state machine has no JSONPath states.',
  explanation:
    'A state of a JSONPath state machine may choose JSONata, not the reverse. To convert state by state, leave the QueryLanguage of the state machine at JSONPath until all are done.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","QueryLanguage":"JSONPath","End":true}}}',
  *check({ machine }) {
    if (machine.queryLanguage !== 'JSONata') return;
    for (const state of machine.states) {
      if (state.queryLanguage !== 'JSONPath') continue;
      const place = valueOf(state.node, 'QueryLanguage') ?? state.key;
      yield {
        start: place.start,
        end: place.end,
        message: say`'${state.name}' cannot use JSONPath: the state machine uses JSONata.`,
        state: state.pointer,
        aws: {
          code: 'SCHEMA_VALIDATION_FAILED',
          message: "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
          location: state.pointer,
        },
      };
    }
  },
};
