import type { Rule } from '#core/analysis/rule.ts';
import { isLambda } from '#core/analysis/taskCalls.ts';
import { lambdaTransientErrors } from '#core/language/errorNames.ts';
import type { State } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';

/** Who names one of these has thought of it. */
const retried: ReadonlySet<string> = new Set([...lambdaTransientErrors, 'States.ALL', 'States.TaskFailed']);

/** A Lambda function that is not called again after an error of Lambda itself. */
export const lambdaTransientErrorsMissing: Rule = {
  code: 'retry/lambda-transient-errors-missing',
  severity: 'hint',
  summary: 'The Task does not retry passing errors of Lambda.',
  explanation: `Lambda may fail for a moment, for reasons that are not the function's. AWS advises to retry ${lambdaTransientErrors
    .map(error => `\`${error}\``)
    .join(', ')}.`,
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}}}',
  *check({ taskCalls, errorHandlers }) {
    const retriersByState = new Map(errorHandlers.map(({ state, retriers }) => [state as State, retriers]));
    for (const call of taskCalls) {
      if (!isLambda(call)) continue;
      const retriers = retriersByState.get(call.state) ?? [];
      if (
        retriers.some(({ names, isDeferred }) => isDeferred || names.some(({ value }) => retried.has(value)))
      ) {
        continue;
      }
      yield {
        start: call.state.key.start,
        end: call.state.key.end,
        message: say`'${call.state.name}' does not retry passing errors of Lambda such as '${lambdaTransientErrors[0] ?? ''}'.`,
        state: call.state.pointer,
        fix: {
          kind: 'action',
          name: 'retryLambdaErrors',
          arguments: { state: call.state.pointer },
          title: say`Retry passing errors of Lambda`,
        },
      };
    }
  },
};
