import type { Json } from '#core/json.ts';
import type { TaskState } from '#core/model/stateMachine.ts';
import { valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';
import type { Compiler } from '../compiler.ts';
import {
  atLeast,
  effectiveInput,
  entering,
  fromResult,
  inputPath,
  limited,
  parameters,
  numberField,
} from '../dataFlow.ts';
import type { Expression } from '../expression.ts';
import { abortStrands, detailsOf, fail } from '../flow.ts';
import type { EventDetails } from '../history/eventRecord.ts';
import type { EventType } from '../history/eventType.ts';
import type { Stage } from '../program.ts';
import { refusedParameters } from '../serviceChecks.ts';
import { uuid } from '../random.ts';
import type { Enclosing, FailedAs, TaskRequest } from '../request.ts';
import { resourceOf, type Resource } from '../resource.ts';
import { goOn, type Next, type Run, type Working } from '../run.ts';
import { Failure, type StatesError } from '../statesError.ts';

/**
 * A Task state calls a function, service or activity and waits for the answer.
 *
 * Another attempt evaluates the parameters again, with a new token and its own `$$.State.RetryCount`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html
 */
export function taskStages(compiler: Compiler, state: TaskState): Stage[] {
  if (!state.resource) compiler.problem(state.key, say`The task '${state.name}' has no Resource.`);
  const resource = resourceOf(state.resource?.value ?? '');
  const needsToken = resource.pattern !== 'requestResponse' || resource.kind === 'activity';
  const input = effectiveInput(compiler, state);
  const seconds = (field: string) =>
    atLeast(
      1,
      state.queryLanguage,
      field,
      numberField(compiler, state.queryLanguage, state.node, field, 'integer', input),
    );
  const timeout = seconds('TimeoutSeconds');
  const heartbeat = seconds('HeartbeatSeconds');
  const role = roleOf(compiler, state);
  const before = [...inputPath(compiler, state), ...parameters(compiler, state)];
  return [
    entering('TaskStateEntered', state.name),
    ...(needsToken ? [tokenStage(before[0])] : []),
    ...(needsToken ? before.slice(1) : before),
    {
      name: 'task',
      perform(run, strand) {
        const parameters = limited(run, strand.data, nameOf(resource));
        if (parameters instanceof Failure) return fail(run, strand, parameters);
        const refused = refusedParameters(resource, parameters);
        if (refused) return fail(run, strand, refused);
        const timeoutSeconds = timeout?.(run, strand);
        if (timeoutSeconds instanceof Failure) return fail(run, strand, timeoutSeconds);
        const heartbeatSeconds = heartbeat?.(run, strand);
        if (heartbeatSeconds instanceof Failure) return fail(run, strand, heartbeatSeconds);
        const roleArn = role?.(run.bind(strand, strand.data));
        if (roleArn instanceof Failure) return fail(run, strand, roleArn);
        return schedule(run, strand, state, resource, {
          timeoutSeconds,
          heartbeatSeconds,
          roleArn: typeof roleArn === 'string' ? roleArn : undefined,
        });
      },
    },
    { name: 'result', perform: () => goOn },
    ...fromResult(compiler, state),
  ];
}

/** The first stage of an attempt that needs a token: makes it, then does what `stage` does. */
function tokenStage(stage: Stage | undefined): Stage {
  return {
    name: stage?.name ?? 'afterParameters',
    perform(run, strand, state) {
      strand.token = uuid(run).replaceAll('-', '');
      return stage ? stage.perform(run, strand, state) : goOn;
    },
  };
}

function roleOf(compiler: Compiler, state: TaskState): Expression | undefined {
  const credentials = valueOf(state.node, 'Credentials');
  if (credentials?.kind !== 'object') return undefined;
  if (state.queryLanguage === 'JSONata')
    return compiler.jsonata(credentials, 'RoleArn', 'Credentials/RoleArn');
  const template = compiler.template(state.node, 'Credentials');
  return (
    template &&
    (bound => {
      const value = template(bound);
      if (value instanceof Failure) return value;
      return typeof value === 'object' && value !== null && 'RoleArn' in value
        ? (value['RoleArn'] ?? null)
        : null;
    })
  );
}

interface Terms {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly roleArn: string | undefined;
}

function schedule(run: Run, strand: Working, state: TaskState, resource: Resource, terms: Terms): Next {
  const { timeoutSeconds, heartbeatSeconds, roleArn } = terms;
  const limits: EventDetails = {
    timeoutInSeconds: timeoutSeconds,
    heartbeatInSeconds: heartbeatSeconds,
    taskCredentials: roleArn === undefined ? undefined : { roleArn },
  };
  switch (resource.kind) {
    case 'function':
      run.happened(strand, 'LambdaFunctionScheduled', {
        resource: resource.arn,
        input: strand.data,
        ...limits,
      });
      run.happened(strand, 'LambdaFunctionStarted', undefined);
      break;
    case 'activity':
      run.happened(strand, 'ActivityScheduled', { resource: resource.arn, input: strand.data, ...limits });
      break;
    case 'service':
      run.happened(strand, 'TaskScheduled', {
        ...typeOf(resource),
        region: run.execution(strand.execution).region,
        parameters: strand.data,
        ...limits,
      });
      run.happened(strand, 'TaskStarted', typeOf(resource));
      break;
  }
  return run.ask(strand, id => ({
    kind: 'task',
    id,
    strand: strand.path,
    state: state.pointer,
    stateName: state.name,
    resource,
    parameters: strand.data,
    attempt: strand.retryCount,
    invocation: run.countInvocation(strand, state.name),
    within: within(run, strand),
    deadline: timeoutSeconds === undefined ? undefined : run.instant + timeoutSeconds * 1000,
    socketDeadline: resource.service === 'http' ? run.instant + 60_000 : undefined,
    heartbeatSeconds,
    heartbeatDeadline: heartbeatSeconds === undefined ? undefined : run.instant + heartbeatSeconds * 1000,
    token: strand.token,
    roleArn,
    submitted: undefined,
  }));
}

/** What an error of size calls the task. */
function nameOf(resource: Resource): string {
  return resource.kind === 'service' ? resource.service : resource.arn;
}

function typeOf(resource: Resource): EventDetails & { readonly resource: string } {
  return { resourceType: resource.service, resource: resource.resource };
}

function within(run: Run, strand: Working): readonly Enclosing[] {
  const enclosing: Enclosing[] = [];
  for (let inner = run.strand(strand.id); inner.parent !== undefined && inner.kind !== 'workflow';) {
    const outer = run.strand(inner.parent);
    if (inner.kind !== 'execution')
      enclosing.unshift({
        kind: inner.kind,
        state: outer.state,
        stateName: run.stateOf(outer).name,
        index: inner.index,
      });
    inner = outer;
  }
  return enclosing;
}

// ---- replies

/** The service has taken the call; its answer comes later. */
export function taskSubmitted(run: Run, strand: Working, request: TaskRequest, output: Json): void {
  if (request.resource.kind !== 'service' || request.submitted) return;
  run.happened(strand, 'TaskSubmitted', { ...typeOf(request.resource), output });
  strand.waiting = { ...request, submitted: true };
}

export function activityStarted(
  run: Run,
  strand: Working,
  request: TaskRequest,
  workerName: string | undefined,
): void {
  if (request.resource.kind !== 'activity' || request.submitted) return;
  run.happened(strand, 'ActivityStarted', { workerName });
  strand.waiting = { ...request, submitted: true };
}

export function taskSucceeded(run: Run, strand: Working, request: TaskRequest, output: Json): void {
  const { resource } = request;
  if (resource.kind === 'activity') activityStarted(run, strand, request, undefined);
  run.wake(strand);
  const kept = limited(run, output, nameOf(resource));
  if (kept instanceof Failure) {
    run.happened(strand, eventType(resource, 'Failed'), outcomeOf(resource, kept));
    fail(run, strand, { error: kept.error, cause: kept.cause });
    return;
  }
  run.happened(
    strand,
    eventType(resource, 'Succeeded'),
    resource.kind === 'service' ? { ...typeOf(resource), output } : { output },
  );
  strand.result = output;
  strand.data = output;
  strand.stage++;
}

export function taskFailed(
  run: Run,
  strand: Working,
  request: TaskRequest,
  error: StatesError,
  as: FailedAs | 'Failed',
): void {
  const { resource } = request;
  abortStrands(run, strand, 'silently');
  // Who reports a failure has taken the task; where the time is up, perhaps nobody has.
  if (resource.kind === 'activity' && as !== 'ScheduleFailed' && as !== 'TimedOut')
    activityStarted(run, strand, request, undefined);
  run.wake(strand);
  run.happened(strand, eventType(resource, as), outcomeOf(resource, error));
  fail(run, strand, error);
}

function outcomeOf(resource: Resource, error: StatesError): EventDetails {
  return resource.kind === 'service' ? { ...typeOf(resource), ...detailsOf(error) } : detailsOf(error);
}

function eventType(resource: Resource, what: FailedAs | 'Failed' | 'Succeeded'): EventType {
  switch (resource.kind) {
    case 'function':
      return what === 'SubmitFailed' ? 'LambdaFunctionFailed' : `LambdaFunction${what}`;
    case 'activity':
      return what === 'SubmitFailed' || what === 'StartFailed' ? 'ActivityFailed' : `Activity${what}`;
    case 'service':
      return what === 'ScheduleFailed' ? 'TaskFailed' : `Task${what}`;
  }
}
