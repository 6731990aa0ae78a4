import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { longestSeconds } from '../begin.ts';
import type { Reply, TaskRequest } from '../request.ts';
import { uuid } from '../random.ts';
import type { Run, Working } from '../run.ts';
import type { Execution, Outcome, Strand, StrandPath } from '../snapshot.ts';
import { at } from '../table.ts';
import { taskFailed, taskSubmitted, taskSucceeded } from './task.ts';

/*
 * A task that starts another state machine, where that is linked to the program: it runs as an execution
 * of its own in the same snapshot, with the same virtual time and the same random generator.
 */

/** Begins the execution; a task that waits for it is answered when it ends, any other at once. */
export function beginWorkflow(
  run: Run,
  caller: Working,
  request: TaskRequest,
  { machine, stateMachineName, type }: Reply & { readonly kind: 'execution' },
): void {
  const program = run.program.called.get(machine);
  const scope = run.program.scopes.get(machine);
  const { resource } = request;
  if (!program || !scope || request.execution !== undefined) return;
  const parameters = isJsonObject(request.parameters) ? request.parameters : {};
  const input = inputOf(parameters['Input']);
  if (input === undefined) {
    const error = 'StepFunctions.InvalidExecutionInputException';
    taskFailed(run, caller, request, { error, cause: 'Invalid State Machine Execution Input' }, 'Failed');
    return;
  }
  const around = run.execution(caller.execution);
  const name = typeof parameters['Name'] === 'string' ? parameters['Name'] : uuid(run);
  const arnOf = (kind: string, rest: string): string =>
    `arn:aws:states:${around.region}:${around.accountId}:${kind}:${rest}`;
  const execution: Execution = {
    arn:
      type === 'EXPRESS'
        ? arnOf('express', `${stateMachineName}:${name}:${uuid(run)}`)
        : arnOf('execution', `${stateMachineName}:${name}`),
    name,
    type,
    input,
    roleArn: around.roleArn,
    region: around.region,
    accountId: around.accountId,
    stateMachineArn: arnOf('stateMachine', stateMachineName),
    stateMachineName,
    machine,
    startTime: run.instant,
    deadline: run.instant + Math.min(program.timeoutSeconds ?? Infinity, longestSeconds[type]) * 1000,
    redriveCount: 0,
    lastEvent: 0,
    outcome: undefined,
  };
  const index = run.addExecution(execution);
  const isAwaited = resource.pattern === 'sync' || resource.pattern === 'sync2';
  const strand: Working = {
    id: run.nextStrand,
    path: executionPath(caller, request.state, request.invocation),
    kind: 'workflow',
    index: request.invocation,
    execution: index,
    parent: isAwaited ? caller.id : undefined,
    scope: machine,
    state: scope.startAt.pointer,
    stage: 0,
    status: 'ready',
    input,
    data: input,
    result: undefined,
    variables: {},
    outerVariables: {},
    assigned: undefined,
    enteredTime: run.instant,
    enteredEvent: 0,
    beforeEntered: 0,
    lastEvent: 0,
    retryCount: 0,
    retries: undefined,
    token: undefined,
    error: undefined,
    chosen: undefined,
    waiting: undefined,
    fork: undefined,
    item: undefined,
  };
  run.spawn(strand);
  run.happened(strand, 'ExecutionStarted', { input, roleArn: execution.roleArn });
  strand.lastEvent = 0;
  const started = { ExecutionArn: execution.arn, StartDate: execution.startTime };
  if (!isAwaited) {
    taskSucceeded(run, caller, request, started);
    return;
  }
  taskSubmitted(run, caller, request, started);
  caller.waiting = { ...request, submitted: true, execution: index };
}

/** The path of the strand that the n-th call of a strand's task begins. */
export function executionPath({ path, scope }: Strand, state: Pointer, invocation: number): StrandPath {
  return `${path}${state.slice(scope.length)}/Execution[${String(invocation)}]`;
}

/** The input as the execution gets it: JSON, or text that is JSON. */
function inputOf(given: Json | undefined): Json | undefined {
  if (typeof given !== 'string') return given ?? {};
  try {
    return JSON.parse(given) as Json;
  } catch {
    return undefined;
  }
}

/** The execution has ended: its description is the result of the task, or the cause of its error. */
export function workflowEnded(run: Run, caller: Working, strand: Working, outcome: Outcome): void {
  const request = caller.waiting;
  const execution = at(run.executionTable, strand.execution);
  if (request?.kind !== 'task' || request.execution !== strand.execution || !execution) return;
  if (outcome.status === 'SUCCEEDED') {
    const isParsed = request.resource.pattern === 'sync2';
    taskSucceeded(run, caller, request, description(execution, outcome, isParsed));
    return;
  }
  const cause = JSON.stringify(description(execution, outcome, false));
  taskFailed(run, caller, request, { error: 'States.TaskFailed', cause }, 'Failed');
}

/** The execution as DescribeExecution gives it; `.sync:2` gives input and output as JSON rather than text. */
function description(execution: Execution, outcome: Outcome, isParsed: boolean): JsonObject {
  const shown = (value: Json): Json => (isParsed ? value : JSON.stringify(value));
  const { startTime, stopTime } = execution;
  return {
    ...(outcome.status !== 'SUCCEEDED' && {
      ...(outcome.cause !== undefined && { Cause: outcome.cause }),
      ...(outcome.error !== undefined && { Error: outcome.error }),
    }),
    ExecutionArn: execution.arn,
    Input: shown(execution.input),
    InputDetails: { Included: true },
    Name: execution.name,
    ...(outcome.status === 'SUCCEEDED' && {
      Output: shown(outcome.output),
      OutputDetails: { Included: true },
    }),
    StartDate: startTime,
    StateMachineArn: execution.stateMachineArn,
    Status: outcome.status,
    StopDate: stopTime ?? startTime,
  };
}
