import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';

/** A function that is called by its ARN rather than through `lambda:invoke`. */
export const lambdaArnInsteadOfInvoke: Rule = {
  code: 'integration/lambda-arn-instead-of-invoke',
  severity: 'hint',
  summary: 'The function is called by its ARN.',
  explanation:
    'AWS advises `arn:aws:states:::lambda:invoke` with FunctionName and Payload: it takes versions, task tokens and the other parameters of Invoke. Its result has what the function returned in `Payload`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}',
  *check({ taskCalls }) {
    for (const { resource, node, state } of taskCalls) {
      if (resource.kind !== 'lambda') continue;
      yield {
        start: node.start,
        end: node.end,
        message: say`AWS advises 'arn:aws:states:::lambda:invoke' instead of the function's ARN.`,
        state: state.pointer,
        fix: {
          kind: 'action',
          name: 'useLambdaInvoke',
          arguments: { state: state.pointer },
          title: say`Call through lambda:invoke`,
        },
      };
    }
  },
};
