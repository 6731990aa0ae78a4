import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import type { MapState } from '#core/model/stateMachine.ts';
import type { Compiler } from '../compiler.ts';
import { timestamp } from '../contextObject.ts';
import { byteLength } from '../payloadSize.ts';
import type { Run, Working } from '../run.ts';
import type { Execution, Fork, MapRun } from '../snapshot.ts';
import { Failure } from '../statesError.ts';
import { valuesOf } from '../table.ts';

/** What becomes of the results of the child executions. */
export interface ResultWriter {
  /** The files to write, where the results are exported. */
  readonly files: ((run: Run, strand: Working, mapRun: MapRun) => Export | Failure) | undefined;
  /** The result of the state, where they are not. */
  result(run: Run, mapRun: MapRun, fork: Fork): Json;
}

export interface Export {
  readonly bucket: string;
  /** Of the manifest. */
  readonly key: string;
  readonly files: readonly { readonly key: string; readonly body: string }[];
}

type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/**
 * ResultWriter: exports the results, or only forms them, as its WriterConfig says.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export function resultWriter(compiler: Compiler, state: MapState): ResultWriter | undefined {
  const node = compiler.object(state.node, 'ResultWriter');
  if (!node) return undefined;
  const config = compiler.object(node, 'WriterConfig');
  const place =
    state.queryLanguage === 'JSONata'
      ? compiler.jsonata(node, 'Arguments', 'ResultWriter/Arguments')
      : compiler.template(node, 'Parameters');
  const exported = compiler.text(node, 'Resource') !== undefined;
  const transformation = transformationOf(config && compiler.text(config, 'Transformation'), exported);
  const lines = (config && compiler.text(config, 'OutputType')) === 'JSONL';
  return {
    files: exported
      ? (run, strand, mapRun) => {
          const target = place?.(run.bind(strand, strand.data));
          if (target instanceof Failure) return target;
          return exportOf(run, mapRun, target, transformation, lines);
        }
      : undefined,
    result: (run, mapRun, fork) =>
      transformation === 'NONE'
        ? childrenOf(run, mapRun).map(summaryOf)
        : transformed(valuesOf(fork.results), transformation),
  };
}

function transformationOf(text: string | undefined, exported: boolean): Transformation {
  if (text === 'NONE' || text === 'COMPACT' || text === 'FLATTEN') return text;
  return exported ? 'NONE' : 'COMPACT';
}

function transformed(outputs: readonly Json[], transformation: Transformation): readonly Json[] {
  return transformation === 'FLATTEN' ? outputs.flat() : outputs;
}

function childrenOf(run: Run, mapRun: MapRun): readonly Execution[] {
  return valuesOf(run.executionTable)
    .filter(({ mapRunArn }) => mapRunArn === mapRun.arn)
    .toSorted((a, b) => (a.mapIndex ?? 0) - (b.mapIndex ?? 0));
}

/** What DescribeExecution would say of a child; input and output are JSON texts. */
export function summaryOf(execution: Execution): JsonObject {
  const { outcome } = execution;
  const common = {
    ExecutionArn: execution.arn,
    Input: JSON.stringify(execution.input),
    InputDetails: { Included: true },
    Name: execution.name,
    RedriveCount: execution.redriveCount,
    StartDate: timestamp(execution.startTime),
    StateMachineArn: execution.stateMachineArn,
    Status: outcome?.status ?? 'RUNNING',
    StopDate: timestamp(execution.stopTime ?? execution.startTime),
  };
  if (outcome?.status === 'SUCCEEDED')
    return {
      ...common,
      Output: JSON.stringify(outcome.output),
      OutputDetails: { Included: true },
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    };
  return {
    ...common,
    ...(outcome?.error === undefined ? {} : { Error: outcome.error }),
    ...(outcome?.cause === undefined ? {} : { Cause: outcome.cause }),
    OutputDetails: { Included: true },
    RedriveStatus: 'REDRIVABLE',
  };
}

function exportOf(
  run: Run,
  mapRun: MapRun,
  target: Json | undefined,
  transformation: Transformation,
  lines: boolean,
): Export {
  const place = isJsonObject(target) ? target : {};
  const text = (name: string): string => (typeof place[name] === 'string' ? place[name] : '');
  const prefix = text('Prefix').replace(/\/+$/, '');
  const folder = prefix === '' ? mapRun.uuid : `${prefix}/${mapRun.uuid}`;
  const bucket = text('Bucket');
  const children = childrenOf(run, mapRun);
  const succeeded = children.filter(({ outcome }) => outcome?.status === 'SUCCEEDED');
  const failed = children.filter(({ outcome }) => outcome && outcome.status !== 'SUCCEEDED');
  const outputs = succeeded.flatMap(({ outcome }) =>
    outcome?.status === 'SUCCEEDED' ? [outcome.output] : [],
  );
  const file = (name: string, values: readonly Json[]): { key: string; body: string }[] =>
    values.length === 0
      ? []
      : [
          {
            key: `${folder}/${name}_0.${lines ? 'jsonl' : 'json'}`,
            body: lines ? values.map(value => `${JSON.stringify(value)}\n`).join('') : JSON.stringify(values),
          },
        ];
  const successes = file(
    'SUCCEEDED',
    transformation === 'NONE' ? succeeded.map(summaryOf) : transformed(outputs, transformation),
  );
  const failures = file('FAILED', failed.map(summaryOf));
  const listed = (files: readonly { key: string; body: string }[]): Json =>
    files.map(({ key, body }) => ({ Key: key, Size: byteLength(body) - 2 }));
  const manifest = {
    DestinationBucket: bucket,
    MapRunArn: mapRun.arn,
    ResultFiles: { FAILED: listed(failures), PENDING: [], SUCCEEDED: listed(successes) },
  };
  const key = `${folder}/manifest.json`;
  return { bucket, key, files: [...successes, ...failures, { key, body: JSON.stringify(manifest) }] };
}
