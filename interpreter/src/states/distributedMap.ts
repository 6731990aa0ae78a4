import type { MapState } from '#core/model/stateMachine.ts';
import { valueOf } from '#core/syntax/node.ts';
import type { Compiler } from '../compiler.ts';
import { entering, fromResult, inputPath, numberField } from '../dataFlow.ts';
import type { CompiledState, Stage } from '../program.ts';
import { itemBatcher, itemBatching } from './itemBatcher.ts';
import { itemReader, itemsFound } from './itemReader.ts';
import { concurrencyOf, itemSelector, itemsPath } from './map.ts';
import {
  childExecutionEnded,
  launching,
  resultsNotWritten,
  resultsWritten,
  startingMapRun,
  type MapRunPlan,
} from './mapRun.ts';
import { resultWriter } from './resultWriter.ts';

/**
 * A distributed Map runs its processor in child executions, each with a context and history of its own.
 *
 * Its items come from the state's data or from files that an ItemReader asks for, may be put together in
 * batches, and the results may be written to files.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function distributedMap(
  compiler: Compiler,
  state: MapState,
): { stages: Stage[] } & Pick<CompiledState, 'childEnded' | 'replied'> {
  const plan = planOf(compiler, state);
  return {
    stages: [
      entering('MapStateEntered', state.name),
      ...inputPath(compiler, state),
      ...(plan.reader ? [] : itemsPath(compiler, state)),
      startingMapRun(plan),
      ...(plan.batcher ? [itemBatching(plan.batcher, plan.selector)] : []),
      launching(plan),
      ...fromResult(compiler, state),
    ],
    replied(run, strand, reply) {
      if (reply.kind === 'read' && plan.reader) itemsFound(run, strand, plan.reader, reply.found);
      else if (reply.kind === 'written') resultsWritten(run, strand, plan);
      else if (reply.kind === 'failed') resultsNotWritten(run, strand, reply);
    },
    childEnded: (run, parent, child, outcome) => childExecutionEnded(run, parent, plan, child, outcome),
  };
}

function planOf(compiler: Compiler, state: MapState): MapRunPlan {
  const { node, queryLanguage } = state;
  const config = state.processor && valueOf(state.processor.node, 'ProcessorConfig');
  const executionType = valueOf(config, 'ExecutionType');
  return {
    state,
    label: compiler.text(node, 'Label'),
    executionType:
      executionType?.kind === 'string' && executionType.value === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    reader: itemReader(compiler, state),
    selector: itemSelector(compiler, state),
    batcher: itemBatcher(compiler, state),
    writer: resultWriter(compiler, state),
    maxConcurrency: concurrencyOf(compiler, state),
    toleratedCount: numberField(compiler, queryLanguage, node, 'ToleratedFailureCount'),
    toleratedPercentage: numberField(compiler, queryLanguage, node, 'ToleratedFailurePercentage', 'float'),
  };
}
