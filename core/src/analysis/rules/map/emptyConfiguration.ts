import { isWritten } from '#core/analysis/fieldFaults.ts';
import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import type { MapState } from '#core/model/stateMachine.ts';
import { isDeferred, propertyOf, type ObjectNode, type PropertyNode } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** An ItemBatcher without a size, or a ResultWriter that neither writes nor formats. */
export const emptyConfiguration: Rule = {
  code: 'map/empty-configuration',
  variants: ['map/itembatcher-empty', 'map/resultwriter-empty', 'map/writerconfig-empty'],
  severity: 'error',
  summary: 'The ItemBatcher or ResultWriter does not say what to do.',
  explanation:
    'An ItemBatcher needs MaxItemsPerBatch or MaxInputBytesPerBatch. A ResultWriter has a WriterConfig, or a Resource with the bucket to write to, or both; a WriterConfig names OutputType and Transformation.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Map","ItemBatcher":{},"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}}',
  *check(analysis) {
    for (const state of analysis.machine.states) {
      if (state.type !== 'Map') continue;
      const batcher = propertyOf(state.node, 'ItemBatcher');
      const writer = propertyOf(state.node, 'ResultWriter');
      for (const [field, find] of [
        [batcher, ofBatcher],
        [writer, ofWriter],
      ] as const) {
        if (field?.value?.kind !== 'object' || isDeferred(field.value)) continue;
        const found = analysis.isBroken(field.value) ? undefined : find(state, field, field.value);
        if (found) yield { ...found, state: state.pointer };
      }
    }
  },
};

const sizes = [
  'MaxItemsPerBatch',
  'MaxItemsPerBatchPath',
  'MaxInputBytesPerBatch',
  'MaxInputBytesPerBatchPath',
];

function ofBatcher(state: MapState, { key }: PropertyNode, node: ObjectNode): RuleFinding | undefined {
  const owner = { object: 'ItemBatcher', node, language: state.queryLanguage, state } as const;
  if (sizes.some(name => isWritten(owner, name))) return undefined;
  return {
    start: key.start,
    end: key.end,
    code: 'map/itembatcher-empty',
    message: say`'ItemBatcher' needs 'MaxItemsPerBatch' or 'MaxInputBytesPerBatch'.`,
  };
}

function ofWriter(state: MapState, { key }: PropertyNode, node: ObjectNode): RuleFinding | undefined {
  const owner = { object: 'ResultWriter', node, language: state.queryLanguage, state } as const;
  const place = { start: key.start, end: key.end };
  if (!isWritten(owner, 'Resource') && !isWritten(owner, 'WriterConfig')) {
    return {
      ...place,
      code: 'map/resultwriter-empty',
      message: say`'ResultWriter' needs a 'Resource' to write to, or a 'WriterConfig' that formats the results.`,
    };
  }
  const config = propertyOf(node, 'WriterConfig')?.value;
  if (config?.kind !== 'object' || isDeferred(config)) return undefined;
  const configOwner = { object: 'WriterConfig', node: config, language: state.queryLanguage, state } as const;
  if (['OutputType', 'Transformation'].some(name => isWritten(configOwner, name))) return undefined;
  return {
    ...place,
    code: 'map/writerconfig-empty',
    message: say`The 'WriterConfig' needs 'OutputType' and 'Transformation'.`,
  };
}
