import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';

/** An account number in an ARN: the definition runs in that account only. */
export const hardCodedAccount: Rule = {
  code: 'integration/hard-coded-account',
  severity: 'hint',
  summary: 'The ARN names an account.',
  explanation:
    'The definition then runs in that account only. With a substitution such as `${FunctionArn}` the template fills it in.',
  link: 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}',
  *check({ taskCalls }) {
    for (const { resource, node, state } of taskCalls) {
      if (resource.kind !== 'lambda' && resource.kind !== 'activity') continue;
      if (!/^\d{12}$/.test(resource.account.text)) continue;
      yield {
        start: node.offsetOf(resource.account.start),
        end: node.offsetOf(resource.account.end),
        message: say`The account ${resource.account.text} is fixed here. A substitution such as \${FunctionArn} works in every account.`,
        state: state.pointer,
      };
    }
  },
};
