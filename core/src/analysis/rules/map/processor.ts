import { isWritten } from '#core/analysis/fieldFaults.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { propertyOf, valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A Map without a processor, or a distributed one that does not say how its child executions run. */
export const processor: Rule = {
  code: 'map/no-processor',
  variants: ['map/distributed-without-executiontype'],
  severity: 'error',
  summary: 'A Map needs an ItemProcessor; if distributed, with an ExecutionType.',
  explanation:
    'The ItemProcessor is the state machine that runs for every item. With `"Mode": "DISTRIBUTED"` each item is an execution of its own, and `ExecutionType` says whether `STANDARD` or `EXPRESS`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Map","End":true}}}',
  *check(analysis) {
    for (const state of analysis.machine.states) {
      if (state.type !== 'Map' || analysis.isBroken(state.node)) continue;
      const owner = { object: state.type, node: state.node, language: state.queryLanguage, state };
      if (!isWritten(owner, 'ItemProcessor') && !isWritten(owner, 'Iterator')) {
        yield {
          start: state.key.start,
          end: state.key.end,
          message: say`'${state.name}' needs an 'ItemProcessor': the states that run for every item.`,
          state: state.pointer,
        };
      }
      const config = valueOf(state.processor?.node, 'ProcessorConfig');
      const mode = propertyOf(config, 'Mode');
      if (!state.isDistributed || !mode || config?.kind !== 'object') continue;
      const configOwner = {
        object: 'ProcessorConfig',
        node: config,
        language: state.queryLanguage,
        state,
      } as const;
      if (isWritten(configOwner, 'ExecutionType')) continue;
      yield {
        start: mode.start,
        end: mode.end,
        code: 'map/distributed-without-executiontype',
        message: say`A distributed Map needs an 'ExecutionType': "STANDARD" or "EXPRESS".`,
        state: state.pointer,
      };
    }
  },
};
