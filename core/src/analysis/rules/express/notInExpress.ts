import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { expressScopes } from '#core/analysis/expressScopes.ts';
import { awsLocation } from '#core/analysis/location.ts';
import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import type { TaskCall } from '#core/analysis/taskCalls.ts';
import type { MapState, State } from '#core/model/stateMachine.ts';
import { valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

const longestRun = 300;

/** What an Express workflow cannot do: wait for jobs, tokens or workers, start Map Runs, or run for more than five minutes. */
export const notInExpress: Rule = {
  code: 'express/not-supported',
  variants: [
    'express/activity-in-express',
    'express/sync-in-express',
    'express/waitfortasktoken-in-express',
    'express/distributed-map-in-express',
    'express/wait-over-5-minutes',
  ],
  severity: 'error',
  summary: 'An Express workflow does not support this.',
  explanation:
    'Express workflows run for at most five minutes and only send requests. The rule speaks where the type is known: from a template, from `stepwise-type EXPRESS` in the Comment of the state machine, from the setting, or because a distributed Map runs its items with `"ExecutionType": "EXPRESS"`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html',
  example:
    '{"Comment":"stepwise-type EXPRESS","StartAt":"A","States":{"A":{"Type":"Wait","Seconds":3600,"End":true}}}',
  *check(analysis) {
    const isExpress = expressScopes(analysis);
    if (isExpress.size === 0) return;
    for (const call of analysis.taskCalls) {
      const found = isExpress.has(call.state.scope) ? ofTask(analysis, call) : undefined;
      if (found) yield found;
    }
    for (const state of analysis.machine.states) {
      if (!isExpress.has(state.scope)) continue;
      if (state.type === 'Map' && state.isDistributed) yield ofMap(state);
      if (state.type === 'Wait') yield* ofWait(state);
    }
  },
};

function ofTask(analysis: MachineAnalysis, call: TaskCall): RuleFinding | undefined {
  const { node, resource, pattern, state } = call;
  const base = { start: node.start, end: node.end, state: state.pointer };
  const aws = (message: string): NonNullable<RuleFinding['aws']> => ({
    code: 'SCHEMA_VALIDATION_FAILED',
    message,
    location: awsLocation(analysis.site.node, node),
  });
  if (resource.kind === 'activity') {
    return {
      ...base,
      code: 'express/activity-in-express',
      message: say`An Express workflow cannot wait for the worker of an activity.`,
      aws: aws('Express state machine does not support Activity ARN'),
    };
  }
  if (pattern === undefined) return undefined;
  const isToken = pattern === 'waitForTaskToken';
  if (!isToken && pattern !== 'sync' && pattern !== 'sync:2') return undefined;
  return {
    ...base,
    code: isToken ? 'express/waitfortasktoken-in-express' : 'express/sync-in-express',
    message: say`An Express workflow only sends requests: '.${pattern}' needs a Standard workflow.`,
    aws: aws(`Express state machine does not support '.${pattern}' service integration`),
  };
}

function ofMap({ key, name, pointer }: MapState): RuleFinding {
  return {
    start: key.start,
    end: key.end,
    code: 'express/distributed-map-in-express',
    message: say`'${name}' is a distributed Map, which needs a Standard workflow.`,
    state: pointer,
  };
}

function* ofWait(state: State): Generator<RuleFinding> {
  const seconds = valueOf(state.node, 'Seconds');
  if (seconds?.kind !== 'number' || seconds.value < longestRun) return;
  yield {
    start: seconds.start,
    end: seconds.end,
    code: 'express/wait-over-5-minutes',
    severity: 'warning',
    message: say`An Express workflow ends after five minutes: '${state.name}' waits ${seconds.text} seconds.`,
    state: state.pointer,
  };
}
