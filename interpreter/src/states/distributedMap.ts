import { isJsonObject, type Json } from '#core/json.ts';
import type { MapState } from '#core/model/stateMachine.ts';
import { propertyOf } from '#core/syntax/node.ts';
import type { Compiler } from '../compiler.ts';
import { entering, fromResult, inputPath, limited, numberField } from '../dataFlow.ts';
import { longestSeconds } from '../begin.ts';
import { abortStrands, fail } from '../flow.ts';
import { hold, newFork, spawnChild, withResult } from '../fork.ts';
import { batchesOf, batchOf } from '../items/batches.ts';
import { readItems } from '../items/readItems.ts';
import type { CompiledState, Stage } from '../program.ts';
import { uuid } from '../random.ts';
import { goOn, parked, type Next, type Run, type Working } from '../run.ts';
import type { Execution, Fork, MapRun, Reading } from '../snapshot.ts';
import { Failure, runtimeFailure } from '../statesError.ts';
import { filled, valuesOf } from '../table.ts';
import { itemReader, type ItemReader } from './itemReader.ts';
import { itemSelector, itemsOf, itemsPath } from './map.ts';
import { resultWriter, summaryOf } from './resultWriter.ts';

/** Most child executions that AWS runs at once. */
const mostAtOnce = 10_000;

type Handlers = Pick<CompiledState, 'childEnded' | 'replied'>;

/**
 * A distributed Map runs its processor in child executions, each with a context and history of its own.
 *
 * Its items come from the state's data or from files that an ItemReader asks for, may be put together in
 * batches, and the results may be written to files.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function distributedMap(compiler: Compiler, state: MapState): { stages: Stage[] } & Handlers {
  const reader = itemReader(compiler, state);
  const writer = resultWriter(compiler, state);
  const selector = itemSelector(compiler, state);
  const batcher = compiler.object(state.node, 'ItemBatcher');
  const field = (node: MapState['node'], name: string, type: 'integer' | 'float' = 'integer') =>
    numberField(compiler, state.queryLanguage, node, name, type);
  const concurrency = field(state.node, 'MaxConcurrency');
  const toleratedCount = field(state.node, 'ToleratedFailureCount');
  const toleratedPercentage = field(state.node, 'ToleratedFailurePercentage', 'float');
  const batchItems = batcher && field(batcher, 'MaxItemsPerBatch');
  const batchBytes = batcher && field(batcher, 'MaxInputBytesPerBatch');
  const batchInput =
    batcher &&
    (state.queryLanguage === 'JSONata'
      ? compiler.jsonata(batcher, 'BatchInput', 'ItemBatcher/BatchInput')
      : compiler.template(batcher, 'BatchInput'));
  const label = compiler.text(state.node, 'Label');

  /** What a child gets for one item. */
  const selected = (run: Run, parent: Working, fork: Fork, index: number): Json | Failure => {
    const value = fork.items[index] ?? null;
    if (!selector) return value;
    const key = fork.keys?.[index];
    const outer = parent.item;
    const place = key === undefined ? {} : { Key: key };
    parent.item = { Index: index, Value: value, ...place, Source: fork.source };
    const input = selector(run.bind(parent, parent.data));
    parent.item = outer;
    return input;
  };

  const start = (run: Run, strand: Working): Next => {
    const items = reader ? [] : distributedItems(state, strand);
    if (items instanceof Failure) return fail(run, strand, items);
    const most = concurrency?.(run, strand) ?? 0;
    if (most instanceof Failure) return fail(run, strand, most);
    run.happened(strand, 'MapStateStarted', { length: items.length });
    const count = toleratedCount?.(run, strand);
    if (count instanceof Failure) return fail(run, strand, count);
    const percentage = toleratedPercentage?.(run, strand);
    if (percentage instanceof Failure) return fail(run, strand, percentage);
    if (count !== undefined && count < 0)
      return fail(run, strand, runtimeFailure('ToleratedFailureCount cannot be negative.'));
    if (percentage !== undefined && (percentage < 0 || percentage > 100))
      return fail(run, strand, runtimeFailure('ToleratedFailurePercentage must be between 0 and 100.'));
    const source = reader?.source(run, strand);
    if (source instanceof Failure) return fail(run, strand, source);
    const maxItems = reader?.maxItems?.(run, strand);
    if (maxItems instanceof Failure) return fail(run, strand, maxItems);
    const mapRun = startRun(run, strand, label ?? uuid(run), {
      toleratedCount: count,
      toleratedPercentage: percentage,
      maxItems,
    });
    const keys = reader ? undefined : keysOf(strand);
    strand.fork = {
      ...newFork('distributed', items, 0),
      keys,
      maxConcurrency: most,
      concurrency: most === 0 ? mostAtOnce : Math.min(most, mostAtOnce),
      run: mapRun,
    };
    if (maxItems !== undefined && maxItems < 0)
      return fail(run, strand, {
        error: 'States.ItemReaderFailed',
        cause: 'field MaxItems must be positive',
      });
    if (!reader || !source) return goOn;
    // The reply goes on behind this stage.
    strand.stage++;
    strand.fork = { ...strand.fork, source: source.name };
    return askFor(run, strand, reader, source.bucket, source.key);
  };

  const askFor = (run: Run, strand: Working, from: ItemReader, bucket: string, key: string): Next =>
    run.ask(strand, id => ({
      kind: 'read',
      id,
      strand: strand.path,
      state: state.pointer,
      stateName: state.name,
      operation: from.operation,
      bucket,
      key,
      format: from.config.inputType === 'PARQUET' ? 'PARQUET' : undefined,
    }));

  const batch: Stage = {
    name: 'afterItemBatcher',
    perform(run, strand) {
      const { fork } = strand;
      if (!fork?.run) throw new Error('bug: there is no Map Run');
      const items: Json[] = [];
      for (let index = 0; index < fork.items.length; index++) {
        const item = selected(run, strand, fork, index);
        if (item instanceof Failure) return fail(run, strand, item);
        items.push(item);
      }
      const input = batchInput?.(run.bind(strand, strand.data));
      if (input instanceof Failure) return fail(run, strand, input);
      const most = batchItems?.(run, strand);
      if (most instanceof Failure) return fail(run, strand, most);
      const bytes = batchBytes?.(run, strand);
      if (bytes instanceof Failure) return fail(run, strand, bytes);
      const batches = batchesOf(items, input, { items: most, bytes });
      strand.fork = {
        ...fork,
        items: batches.map(values => batchOf(values, input)),
        keys: undefined,
        run: { ...fork.run, items: items.length, batchSizes: batches.map(values => values.length) },
      };
      return goOn;
    },
  };

  const iterations: Stage = {
    name: 'iterations',
    perform(run, strand) {
      const { fork } = strand;
      if (!fork?.run) throw new Error('bug: there is no Map Run');
      const { length } = fork.items;
      const items = fork.run.batchSizes ? fork.run.items : length;
      strand.fork = {
        ...fork,
        length,
        results: filled<Json>(length, null),
        run: { ...fork.run, items },
      };
      hold(run, strand);
      if (length === 0) finish(run, strand, strand.fork);
      else launch(run, strand);
      return parked;
    },
  };

  const launch = (run: Run, parent: Working): void => {
    const scope = state.processor && run.program.scopes.get(state.processor.pointer);
    if (!scope) throw new Error(`bug: ${state.pointer} has no processor`);
    for (;;) {
      const { fork } = parent;
      if (!fork?.run || fork.started === fork.length || fork.running >= fork.concurrency) return;
      const index = fork.started;
      const input = fork.run.batchSizes ? (fork.items[index] ?? null) : selected(run, parent, fork, index);
      if (input instanceof Failure) {
        abortStrands(run, parent, 'noted');
        fail(run, parent, input);
        return;
      }
      parent.fork = run.changed(fork, { started: index + 1, running: fork.running + 1 });
      const execution = run.addExecution(
        childExecution(run, parent, fork.run, index, input, expressChildren),
      );
      const strand = spawnChild(run, parent, 'child', index, scope, input, execution);
      run.happened(strand, 'ExecutionStarted', { input, roleArn: run.execution(execution).roleArn }, 0);
      strand.lastEvent = 0;
    }
  };
  const expressChildren = executionType(state) === 'EXPRESS';

  const finish = (run: Run, parent: Working, fork: Fork): void => {
    const mapRun = fork.run;
    if (!mapRun) throw new Error('bug: there is no Map Run');
    const files = writer?.files?.(run, parent, mapRun);
    if (files instanceof Failure) {
      fail(run, parent, files);
      return;
    }
    if (!files) {
      complete(run, parent, writer ? writer.result(run, mapRun, fork) : valuesOf(fork.results));
      return;
    }
    run.ask(parent, id => ({
      kind: 'write',
      id,
      strand: parent.path,
      state: state.pointer,
      stateName: state.name,
      bucket: files.bucket,
      files: files.files,
    }));
    parent.result = { MapRunArn: mapRun.arn, ResultWriterDetails: { Bucket: files.bucket, Key: files.key } };
  };

  const complete = (run: Run, parent: Working, result: Json): void => {
    const kept = limited(run, result, state.name);
    if (kept instanceof Failure) {
      fail(run, parent, kept);
      return;
    }
    const started = parent.fork?.run?.startedEvent ?? 0;
    const succeeded = run.happened(parent, 'MapRunSucceeded', undefined, started);
    run.happened(parent, 'MapStateSucceeded', undefined, succeeded);
    // On AWS the exit hangs off the start of the Map Run; before November 2024 it hung off its end.
    parent.lastEvent = run.program.asOf < exitsFollowStart ? succeeded : started;
    parent.result = result;
    parent.data = result;
    parent.fork = undefined;
    parent.stage++;
    if (parent.status !== 'ready') run.wake(parent);
  };

  return {
    stages: [
      entering('MapStateEntered', state.name),
      ...inputPath(compiler, state),
      ...(reader ? [] : itemsPath(compiler, state)),
      { name: 'map', perform: start },
      ...(batcher ? [batch] : []),
      iterations,
      ...fromResult(compiler, state),
    ],
    replied(run, strand, reply) {
      const { fork } = strand;
      if (!fork?.run) return;
      if (reply.kind === 'written') {
        complete(run, strand, strand.result ?? null);
        return;
      }
      if (reply.kind !== 'read' || !reader) return;
      const reading: Reading = fork.run.reading ?? {
        bucket: reader.bucketOf(strand),
        files: [],
        config: reader.config,
        values: [],
      };
      const found = readItems(reply.found, reading.config, reading.bucket);
      run.wake(strand);
      switch (found.kind) {
        case 'unreadable':
          fail(run, strand, { error: 'States.ItemReaderFailed', cause: found.cause });
          return;
        case 'files':
          readNext(run, strand, reader, { ...reading, files: found.files, config: found.config }, undefined);
          return;
        case 'items':
          readNext(
            run,
            strand,
            reader,
            { ...reading, values: [...reading.values, ...found.values] },
            found.keys,
          );
      }
    },
    childEnded(run, parent, strand, outcome) {
      const { fork } = parent;
      if (!fork?.run) throw new Error('bug: the parent has no Map Run');
      const execution = run.execution(strand.execution);
      if (outcome.status === 'SUCCEEDED') {
        parent.fork = withResult(run, fork, strand.index, outcome.output, fork.after);
      } else {
        const failed = withResult(run, fork, strand.index, summaryOf(execution), fork.after);
        const items = fork.run.batchSizes?.[strand.index] ?? 1;
        const mapRun = {
          ...fork.run,
          failed: fork.run.failed + 1,
          failedItems: fork.run.failedItems + items,
        };
        parent.fork = { ...failed, run: mapRun };
        if (exceedsTolerance(mapRun)) {
          abortStrands(run, parent, 'noted');
          fail(run, parent, {
            error: 'States.ExceedToleratedFailureThreshold',
            cause: 'The specified tolerated failure threshold was exceeded',
          });
          return;
        }
      }
      if (parent.fork.ended === fork.length) finish(run, parent, parent.fork);
      else launch(run, parent);
    },
  };

  function readNext(
    run: Run,
    strand: Working,
    from: ItemReader,
    reading: Reading,
    keys: readonly string[] | undefined,
  ): void {
    const { fork } = strand;
    if (!fork?.run) throw new Error('bug: there is no Map Run');
    const { maxItems } = fork.run;
    const [next, ...files] = reading.files;
    const enough = maxItems !== undefined && maxItems > 0 && reading.values.length >= maxItems;
    if (next && !enough) {
      strand.fork = { ...fork, run: { ...fork.run, reading: { ...reading, files } } };
      askFor(run, strand, { ...from, operation: 'getObject' }, next.bucket, next.key);
      return;
    }
    const items =
      maxItems === undefined || maxItems === 0 ? reading.values : reading.values.slice(0, maxItems);
    strand.fork = { ...fork, items, keys, run: { ...fork.run, reading: undefined } };
  }
}

/** When AWS began to let the exit of a distributed Map follow the start of its Map Run. */
const exitsFollowStart = Date.UTC(2024, 10, 1);

function distributedItems(state: MapState, strand: Working): readonly Json[] | Failure {
  const value = strand.result ?? strand.data;
  return isJsonObject(value) ? Object.values(value) : itemsOf(state, strand);
}

function keysOf(strand: Working): readonly string[] | undefined {
  const value = strand.result ?? strand.data;
  return isJsonObject(value) ? Object.keys(value) : undefined;
}

function executionType(state: MapState): string | undefined {
  const config = state.processor && propertyOf(state.processor.node, 'ProcessorConfig')?.value;
  const type = config && propertyOf(config, 'ExecutionType')?.value;
  return type?.kind === 'string' ? type.value : undefined;
}

function startRun(
  run: Run,
  strand: Working,
  label: string,
  limits: Pick<MapRun, 'toleratedCount' | 'toleratedPercentage' | 'maxItems'>,
): MapRun {
  const { region, accountId, stateMachineName } = run.execution(strand.execution);
  const id = uuid(run);
  const name = `${stateMachineName}/${label}`;
  const arn = `arn:aws:states:${region}:${accountId}:mapRun:${name}:${id}`;
  const startedEvent = run.happened(strand, 'MapRunStarted', { mapRunArn: arn });
  return { arn, uuid: id, label: name, startedEvent, failed: 0, failedItems: 0, items: 0, ...limits };
}

function childExecution(
  run: Run,
  parent: Working,
  mapRun: MapRun,
  index: number,
  input: Json,
  express: boolean,
): Execution {
  const outer = run.execution(parent.execution);
  const name = uuid(run);
  const arn = (kind: string, rest: string): string =>
    `arn:aws:states:${outer.region}:${outer.accountId}:${kind}:${rest}`;
  return {
    ...outer,
    arn: arn(express ? 'express' : 'execution', `${mapRun.label}:${name}`),
    name,
    type: express ? 'EXPRESS' : 'STANDARD',
    input,
    stateMachineArn: arn('stateMachine', mapRun.label),
    stateMachineName: mapRun.label,
    startTime: run.instant,
    stopTime: undefined,
    mapRunArn: mapRun.arn,
    mapIndex: index,
    deadline: run.instant + longestSeconds[express ? 'EXPRESS' : 'STANDARD'] * 1000,
    lastEvent: 0,
    context: undefined,
    outcome: undefined,
  };
}

/** Either limit is enough; without any, no failure is tolerated. */
function exceedsTolerance({
  failed,
  failedItems,
  items,
  toleratedCount,
  toleratedPercentage,
}: MapRun): boolean {
  if (toleratedCount === undefined && toleratedPercentage === undefined) return failed > 0;
  if (toleratedCount !== undefined && failedItems > toleratedCount) return true;
  return toleratedPercentage !== undefined && (failedItems / items) * 100 > toleratedPercentage;
}
