import { isJsonObject, type Json } from '#core/json.ts';
import type { MapState } from '#core/model/stateMachine.ts';
import { longestSeconds } from '../begin.ts';
import { limited } from '../dataFlow.ts';
import type { Expression } from '../expression.ts';
import { abortStrands, fail } from '../flow.ts';
import { countStarted, hold, keepResult, newFork, spawnChild } from '../fork.ts';
import type { Stage } from '../program.ts';
import { uuid } from '../random.ts';
import { goOn, parked, type Run, type Working } from '../run.ts';
import type { Execution, Fork, MapRun, Outcome } from '../snapshot.ts';
import { Failure, runtimeFailure, type StatesError } from '../statesError.ts';
import { filled, valuesOf } from '../table.ts';
import type { ItemBatcher } from './itemBatcher.ts';
import { askForItems, type ItemReader } from './itemReader.ts';
import { itemsGiven, itemsOf, selectedItem } from './map.ts';
import { summaryOf, type ResultWriter } from './resultWriter.ts';

/** All that a distributed Map's definition says, compiled. */
export interface MapRunPlan {
  readonly state: MapState;
  readonly label: string | undefined;
  readonly executionType: 'STANDARD' | 'EXPRESS';
  readonly reader: ItemReader | undefined;
  readonly selector: Expression | undefined;
  readonly batcher: ItemBatcher | undefined;
  readonly writer: ResultWriter | undefined;
  readonly maxConcurrency: NumberField | undefined;
  readonly toleratedCount: NumberField | undefined;
  readonly toleratedPercentage: NumberField | undefined;
}

type NumberField = (run: Run, strand: Working) => number | Failure;

/** Most child executions that AWS runs at once. */
const mostAtOnce = 10_000;

/** Starts the Map Run, and asks for the items if they have to be read. */
export function startingMapRun(plan: MapRunPlan): Stage {
  const { reader } = plan;
  return {
    name: 'map',
    perform(run, strand) {
      const items = reader ? [] : itemsInState(plan.state, strand);
      if (items instanceof Failure) return fail(run, strand, items);
      const most = plan.maxConcurrency?.(run, strand) ?? 0;
      if (most instanceof Failure) return fail(run, strand, most);
      // AWS looks at all other fields when the state has started already.
      run.happened(strand, 'MapStateStarted', { length: items.length });
      const tolerance = toleranceOf(plan, run, strand);
      if (tolerance instanceof Failure) return fail(run, strand, tolerance);
      const source = reader?.source(run, strand);
      if (source instanceof Failure) return fail(run, strand, source);
      const maxItems = reader?.maxItems?.(run, strand);
      if (maxItems instanceof Failure) return fail(run, strand, maxItems);
      strand.fork = {
        ...newFork('distributed', items, 0),
        keys: reader ? undefined : keysInState(strand),
        maxConcurrency: most,
        concurrency: most === 0 ? mostAtOnce : Math.min(most, mostAtOnce),
        source: source?.name ?? 'STATE_DATA',
        run: startRun(run, strand, plan.label ?? uuid(run), { ...tolerance, maxItems }),
      };
      if (maxItems !== undefined && maxItems < 0)
        return fail(run, strand, {
          error: 'States.ItemReaderFailed',
          cause: 'field MaxItems must be positive',
        });
      if (!reader || !source) return goOn;
      // The reply goes on behind this stage.
      strand.stage++;
      return askForItems(run, strand, reader.operation, source, reader.config);
    },
  };
}

function itemsInState(state: MapState, strand: Working): readonly Json[] | Failure {
  const value = itemsGiven(strand);
  return isJsonObject(value) ? Object.values(value) : itemsOf(state, strand);
}

function keysInState(strand: Working): readonly string[] | undefined {
  const value = itemsGiven(strand);
  return isJsonObject(value) ? Object.keys(value) : undefined;
}

type Tolerance = Pick<MapRun, 'toleratedCount' | 'toleratedPercentage'>;

function toleranceOf(plan: MapRunPlan, run: Run, strand: Working): Tolerance | Failure {
  const toleratedCount = plan.toleratedCount?.(run, strand);
  if (toleratedCount instanceof Failure) return toleratedCount;
  const toleratedPercentage = plan.toleratedPercentage?.(run, strand);
  if (toleratedPercentage instanceof Failure) return toleratedPercentage;
  if (toleratedCount !== undefined && toleratedCount < 0)
    return runtimeFailure('ToleratedFailureCount cannot be negative.');
  if (toleratedPercentage !== undefined && (toleratedPercentage < 0 || toleratedPercentage > 100))
    return runtimeFailure('ToleratedFailurePercentage must be between 0 and 100.');
  return { toleratedCount, toleratedPercentage };
}

function startRun(
  run: Run,
  strand: Working,
  label: string,
  limits: Tolerance & Pick<MapRun, 'maxItems'>,
): MapRun {
  const { region, accountId, stateMachineName } = run.execution(strand.execution);
  const id = uuid(run);
  const name = `${stateMachineName}/${label}`;
  const arn = `arn:aws:states:${region}:${accountId}:mapRun:${name}:${id}`;
  const startedEvent = run.happened(strand, 'MapRunStarted', { mapRunArn: arn });
  return { arn, uuid: id, label: name, startedEvent, failed: 0, failedItems: 0, items: 0, ...limits };
}

// ---- child executions

/** Starts the children; the state goes on when all have ended. */
export function launching(plan: MapRunPlan): Stage {
  return {
    name: 'iterations',
    perform(run, strand) {
      const fork = forkOf(strand);
      const { length } = fork.items;
      const items = fork.run.batchSizes ? fork.run.items : length;
      strand.fork = {
        ...fork,
        length,
        results: filled<Json>(length, null),
        run: { ...fork.run, items },
      };
      hold(run, strand);
      if (length === 0) finish(run, strand, plan);
      else launch(run, strand, plan);
      return parked;
    },
  };
}

/** Starts as many children as may run. */
function launch(run: Run, parent: Working, plan: MapRunPlan): void {
  const scope = plan.state.processor && run.program.scopes.get(plan.state.processor.pointer);
  if (!scope) throw new Error(`bug: ${plan.state.pointer} has no processor`);
  let sibling: Execution | undefined;
  for (;;) {
    const fork = forkOf(parent);
    if (fork.started === fork.length || fork.running >= fork.concurrency) return;
    const index = fork.started;
    const input = fork.run.batchSizes
      ? (fork.items[index] ?? null)
      : selectedItem(run, parent, fork, index, plan.selector);
    if (input instanceof Failure) {
      abortStrands(run, parent, 'noted');
      fail(run, parent, input);
      return;
    }
    countStarted(run, parent);
    sibling = childExecution(run, parent, fork.run, index, input, plan.executionType, sibling);
    const execution = run.addExecution(sibling);
    const strand = spawnChild(run, parent, 'child', index, scope, input, execution);
    run.happened(strand, 'ExecutionStarted', { input, roleArn: run.execution(execution).roleArn }, 0);
    strand.lastEvent = 0;
  }
}

function childExecution(
  run: Run,
  parent: Working,
  mapRun: MapRun,
  index: number,
  input: Json,
  type: 'STANDARD' | 'EXPRESS',
  sibling: Execution | undefined,
): Execution {
  const outer = run.execution(parent.execution);
  const name = uuid(run);
  const arn = (kind: string, ...rest: string[]): string =>
    ['arn:aws:states', outer.region, outer.accountId, kind, ...rest].join(':');
  return {
    ...outer,
    arn: arn(type === 'EXPRESS' ? 'express' : 'execution', mapRun.label, name),
    name,
    type,
    input,
    // Thousands of children share the text.
    stateMachineArn: sibling?.stateMachineArn ?? arn('stateMachine', mapRun.label),
    stateMachineName: mapRun.label,
    startTime: run.instant,
    stopTime: undefined,
    mapRunArn: mapRun.arn,
    mapIndex: index,
    deadline: run.instant + longestSeconds[type] * 1000,
    lastEvent: 0,
    context: undefined,
    outcome: undefined,
  };
}

/** A child has ended: keeps its result, or ends the Map Run if that is one failure too many. */
export function childExecutionEnded(
  run: Run,
  parent: Working,
  plan: MapRunPlan,
  child: Working,
  outcome: Outcome,
): void {
  const fork = forkOf(parent);
  if (outcome.status === 'SUCCEEDED') {
    keepResult(run, parent, child.index, outcome.output, fork.after);
  } else {
    const mapRun = {
      ...fork.run,
      failed: fork.run.failed + 1,
      failedItems: fork.run.failedItems + (fork.run.batchSizes?.[child.index] ?? 1),
    };
    const summary = summaryOf(run.execution(child.execution));
    keepResult(run, parent, child.index, summary, fork.after).run = mapRun;
    if (exceedsTolerance(mapRun)) {
      abortStrands(run, parent, 'noted');
      fail(run, parent, {
        error: 'States.ExceedToleratedFailureThreshold',
        cause: 'The specified tolerated failure threshold was exceeded',
      });
      return;
    }
  }
  if (forkOf(parent).ended === fork.length) finish(run, parent, plan);
  else launch(run, parent, plan);
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

// ---- the end

/** All children are through: writes their results, or goes on with them. */
function finish(run: Run, parent: Working, { state, writer }: MapRunPlan): void {
  const fork = forkOf(parent);
  const files = writer?.files?.(run, parent, fork.run);
  if (files instanceof Failure) {
    fail(run, parent, files);
    return;
  }
  if (!files) {
    complete(run, parent, state, writer ? writer.result(run, fork.run, fork) : valuesOf(fork.results));
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
  parent.result = {
    MapRunArn: fork.run.arn,
    ResultWriterDetails: { Bucket: files.bucket, Key: files.key },
  };
}

export function resultsWritten(run: Run, parent: Working, { state }: MapRunPlan): void {
  complete(run, parent, state, parent.result ?? null);
}

/** The files could not be written: the Map Run has failed. */
export function resultsNotWritten(run: Run, parent: Working, { error, cause }: StatesError): void {
  run.wake(parent);
  fail(run, parent, { error, cause });
}

/** When AWS began to let the exit of a distributed Map follow the start of its Map Run. */
const exitsFollowStart = Date.UTC(2024, 10, 1);

function complete(run: Run, parent: Working, state: MapState, result: Json): void {
  const kept = limited(run, result, state.name);
  if (kept instanceof Failure) {
    fail(run, parent, kept);
    return;
  }
  const started = forkOf(parent).run.startedEvent;
  const succeeded = run.happened(parent, 'MapRunSucceeded', undefined, started);
  run.happened(parent, 'MapStateSucceeded', undefined, succeeded);
  parent.lastEvent = run.program.asOf < exitsFollowStart ? succeeded : started;
  parent.result = result;
  parent.data = result;
  parent.fork = undefined;
  parent.stage++;
  if (parent.status !== 'ready') run.wake(parent);
}

/** The fork of a strand in a distributed Map. */
function forkOf(strand: Working): Fork & { readonly run: MapRun } {
  const { fork } = strand;
  if (!fork?.run) throw new Error('bug: there is no Map Run');
  return fork as Fork & { readonly run: MapRun };
}
