import type { Rule } from '#core/analysis/rule.ts';
import { isDeferred, propertyOf, valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

const fields = ['ItemReader', 'ItemBatcher', 'ResultWriter'];

/** What only a distributed Map can do, in an inline one. */
export const distributedOnly: Rule = {
  code: 'map/distributed-only',
  variants: fields.map(name => `map/${name.toLowerCase()}-inline`),
  severity: 'error',
  summary: 'Only a distributed Map reads items, batches them and writes results.',
  explanation:
    'ItemReader, ItemBatcher and ResultWriter need `"Mode": "DISTRIBUTED"` in the ProcessorConfig. Without any ProcessorConfig it is a warning.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Map","ItemReader":{"Resource":"arn:aws:states:::s3:getObject"},"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}}',
  *check({ machine }) {
    for (const state of machine.states) {
      if (state.type !== 'Map' || state.isDistributed || !state.processor) continue;
      const config = valueOf(state.processor.node, 'ProcessorConfig');
      const mode = valueOf(config, 'Mode');
      // A wrong or undecided Mode is reported itself, or may turn out to be DISTRIBUTED.
      if (config && (config.kind !== 'object' || isDeferred(config))) continue;
      if (mode && !(mode.kind === 'string' && mode.value === 'INLINE')) continue;
      for (const name of fields) {
        const field = propertyOf(state.node, name);
        if (!field) continue;
        yield {
          // Published definitions leave the ProcessorConfig out; AWS has not been seen to refuse them.
          ...(config === undefined && { severity: 'warning' }),
          start: field.key.start,
          end: field.key.end,
          code: `map/${name.toLowerCase()}-inline`,
          message: say`'${name}' needs a distributed Map: "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}.`,
          state: state.pointer,
        };
      }
    }
  },
};
