import type { Json, JsonObject } from '#core/json.ts';
import type { Program } from './program.ts';
import type { Execution, Instant, Strand } from './snapshot.ts';

/**
 * The Context Object, `$$` and `$states.context`, as a strand sees it.
 *
 * Children of a distributed Map see their own execution. `Task.Token` is there for tasks that wait for
 * one, `Map.Item` in an ItemSelector and inside inline iterations.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
export function contextObject(program: Program, execution: Execution, strand: Strand): JsonObject {
  const state = program.states.get(strand.state);
  const context: { [name: string]: Json } = {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      StartTime: timestamp(execution.startTime),
      Name: execution.name,
      RoleArn: execution.roleArn,
      // There is no redriving Express executions, and before November 2023 there was none at all.
      ...(execution.type === 'STANDARD' && program.asOf >= redriveCame
        ? { RedriveCount: execution.redriveCount }
        : {}),
    },
    StateMachine: { Id: execution.stateMachineArn, Name: execution.stateMachineName },
    State: {
      Name: state?.name ?? '',
      EnteredTime: timestamp(strand.enteredTime),
      ...(state?.canRetry ? { RetryCount: strand.retryCount } : {}),
    },
  };
  if (strand.token !== undefined) context['Task'] = { Token: strand.token };
  if (strand.item !== undefined) context['Map'] = { Item: strand.item };
  return execution.context ? { ...context, ...execution.context } : context;
}

const redriveCame = Date.UTC(2023, 10, 15);

/** ISO 8601 with milliseconds, UTC. */
export function timestamp(instant: Instant): string {
  return new Date(instant).toISOString();
}
