import { inWords } from '#core/text/message.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { buildStateMachine } from '#core/model/build.ts';
import { parse } from '#core/syntax/parse.ts';
import { compile } from '#interpreter/compile.ts';
import { advance, outcomeOf } from '#interpreter/advance.ts';
import { begin, type Start } from '#interpreter/begin.ts';
import { deliver } from '#interpreter/deliver.ts';
import { runToEnd, type Ran } from '#interpreter/execute.ts';
import type { Program } from '#interpreter/program.ts';
import { historyEvent, type HistoryEvent } from '#interpreter/history/historyEvent.ts';
import type { Answer, SyncHost } from '#interpreter/host.ts';
import type { FailedAs, Found, ReadRequest, TaskRequest } from '#interpreter/request.ts';
import type { Outcome } from '#interpreter/snapshot.ts';
import {
  comparator,
  filesIn,
  readData,
  Score,
  type Comparator,
  type Compared,
  type RecordedTask,
} from './data.ts';

/** A recorded execution, as far as running it needs. */
export interface ExecutionCase {
  readonly id: string;
  readonly module: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly mode?: string;
  readonly definition: Json;
  readonly input: Json;
  readonly execution?: {
    readonly roleArn: string;
    readonly region: string;
    readonly accountId: string;
    readonly startTime: string;
  };
  readonly setup?: { readonly s3?: readonly { bucket: string; key: string; body: string }[] };
  /** AWS has changed details of its histories; each is compared with what it was when recorded. */
  readonly source?: { readonly recorded?: string };
  readonly runnable?: string;
  readonly special?: readonly string[];
  readonly needs?: readonly string[];
  readonly expected: JsonObject;
}

export function executionCases(): readonly ExecutionCase[] {
  return filesIn('executions', 'cases').flatMap(
    file => (readData('executions', 'cases', file) as { readonly cases: readonly ExecutionCase[] }).cases,
  );
}

/** Cases whose outcome depends on a service of which nothing was recorded. */
export function isSelfContained({ special = [] }: ExecutionCase): boolean {
  return !special.some(reason => ['still-running-when-recorded', 'task-results-unknown'].includes(reason));
}

export interface Actual {
  readonly result: { status: string; output?: Json; error?: string; cause?: string } | undefined;
  readonly events: readonly HistoryEvent[];
}

/** Runs a definition; what cannot be run has no result. */
export function runCase(test: ExecutionCase, host: SyncHost): Actual {
  const text = JSON.stringify(test.definition);
  const asOf = test.source?.recorded;
  const { root } = parse({ uri: test.id, version: 1, format: 'json', text });
  if (root?.kind !== 'object') return { result: undefined, events: [] };
  const compiled = compile(buildStateMachine(root), asOf === undefined ? {} : { asOf: Date.parse(asOf) });
  if (compiled.kind === 'refused')
    return { result: { status: 'REFUSED', cause: inWords(compiled.problems[0]?.message ?? '') }, events: [] };
  const { program } = compiled;
  const start: Start = {
    input: test.input,
    type: test.type,
    ...(test.execution
      ? {
          roleArn: test.execution.roleArn,
          region: test.execution.region,
          accountId: test.execution.accountId,
          startTime: Date.parse(test.execution.startTime),
        }
      : {}),
  };
  const ran = test.special?.includes('stop-execution')
    ? stoppedAtFirstWait(program, start)
    : runToEnd(program, start, host, { maxStages: 2_000_000 });
  const events = ran.events.filter(({ execution }) => execution === 0).map(historyEvent);
  return { result: ran.outcome ? resultOf(ran.outcome) : { status: 'RUNNING' }, events };
}

/** The test that was recorded called StopExecution while the execution waited. */
function stoppedAtFirstWait(program: Program, start: Start): Pick<Ran, 'events' | 'outcome'> {
  const begun = begin(program, start);
  const events = [begun.event];
  let { snapshot } = begun;
  for (let next = advance(program, snapshot); next.kind === 'stepped'; next = advance(program, snapshot)) {
    events.push(...next.step.events);
    ({ snapshot } = next);
  }
  const stopped = deliver(program, snapshot, { kind: 'stop', error: undefined, cause: undefined });
  return { events: [...events, ...stopped.events], outcome: outcomeOf(stopped.snapshot) };
}

function resultOf(outcome: Outcome): Actual['result'] {
  if (outcome.status === 'SUCCEEDED') return { status: 'SUCCEEDED', output: outcome.output };
  const { status, error, cause } = outcome;
  return { status, ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

/** A host that answers with what was recorded. */
export function recordedHost(test: ExecutionCase, makeTaskMock: Comparator['makeTaskMock']): SyncHost {
  const mock = makeTaskMock(test);
  return {
    call(request) {
      const recorded = mock(request.stateName, {
        parameters: request.parameters,
        path: request.within.map(({ kind, stateName, index }) =>
          kind === 'branch' ? { parallel: stateName, branch: index } : { map: stateName, index },
        ),
      });
      return recorded ? answerOf(recorded) : unrecorded(request);
    },
    read: request => found(test, request),
  };
}

function answerOf(recorded: RecordedTask): Answer {
  const progress = {
    submitted: recorded.submitted as Json | undefined,
    workerName: recorded.workerName,
  };
  if ('return' in recorded) return { ...progress, kind: 'succeeded', output: recorded.return as Json };
  const { throw: thrown } = recorded;
  if (!thrown) return { ...progress, kind: 'silent' };
  const as = thrown.as?.replace(/^(LambdaFunction|Task|Activity)/, '') as FailedAs | undefined;
  return { ...progress, kind: 'failed', error: thrown.error, cause: thrown.cause, ...(as ? { as } : {}) };
}

function unrecorded({ stateName }: TaskRequest): Answer {
  return { kind: 'failed', error: 'Unrecorded', cause: `AWS never called '${stateName}' so often.` };
}

function found(test: ExecutionCase, request: ReadRequest): Found {
  const files = test.setup?.s3?.filter(({ bucket }) => bucket === request.bucket) ?? [];
  if (request.operation === 'listObjectsV2')
    return {
      kind: 'objects',
      objects: files
        .filter(({ key }) => key.startsWith(request.key))
        .map(({ key, body }) => ({
          // The recordings have these names in place of what S3 said.
          Etag: `<Etag-${key}>`,
          Key: key,
          LastModified: '<date>',
          Size: body.length,
          StorageClass: 'STANDARD',
        })),
    };
  const file = files.find(({ key }) => key === request.key);
  return file
    ? { kind: 'text', text: file.body }
    : { kind: 'missing', cause: 'The specified key does not exist.' };
}

export interface ExecutionScore {
  readonly all: Score;
  readonly groups: { readonly [module: string]: Score };
}

/** Runs every recorded execution that can be run from what was recorded. */
export async function scoreExecutions(
  of: (test: ExecutionCase) => boolean = isSelfContained,
): Promise<ExecutionScore> {
  const { compareCase, makeTaskMock } = await comparator();
  const all = new Score();
  const groups: { [module: string]: Score } = {};
  for (const test of executionCases()) {
    if (!of(test)) continue;
    const compared = compareActual(test, compareCase, runCase(test, recordedHost(test, makeTaskMock)));
    all.add(compared);
    (groups[test.module.split('.')[0] ?? ''] ??= new Score()).add(compared);
  }
  return { all, groups };
}

export function compareActual(
  test: unknown,
  compareCase: Comparator['compareCase'],
  { result, events }: Actual,
): Compared {
  return compareCase({ case: test, actualResult: result, actualEvents: events.map(withValues) });
}

/** The event with values in place of JSON texts, as the recordings have them. */
function withValues(event: HistoryEvent): unknown {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      name.endsWith('EventDetails') ? detailsWithValues(value as JsonObject) : value,
    ]),
  );
}

function detailsWithValues(details: JsonObject): unknown {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]): [string, unknown] => {
      if (name === 'assignedVariables') return [name, mapTexts(value as JsonObject)];
      return ['input', 'output', 'parameters'].includes(name)
        ? [name, JSON.parse(value as string)]
        : [name, value];
    }),
  );
}

function mapTexts(texts: JsonObject): unknown {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]): [string, unknown] => [name, JSON.parse(text as string)]),
  );
}
