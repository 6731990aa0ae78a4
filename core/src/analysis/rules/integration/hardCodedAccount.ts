import type { Rule } from '#core/analysis/rule.ts';
import type { NamedRange } from '#core/expressions/expression.ts';
import type { StringNode, SyntaxNode } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** An account number in an ARN: the definition runs in that account only. */
export const hardCodedAccount: Rule = {
  code: 'integration/hard-coded-account',
  severity: 'hint',
  summary: 'An ARN, or the URL of a queue, names an account.',
  explanation:
    'The definition then runs in that account only. With a substitution such as `${FunctionArn}` the template fills it in.',
  link: 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}',
  *check({ taskCalls }) {
    for (const { node, state, template } of taskCalls) {
      for (const text of template ? stringsIn(template, [node]) : [node]) {
        const account = accountIn(text.value);
        if (!account) continue;
        yield {
          start: text.offsetOf(account.start),
          end: text.offsetOf(account.end),
          message: say`The account ${account.name} is fixed here. A substitution such as \${FunctionArn} works in every account.`,
          state: state.pointer,
        };
      }
    }
  },
};

/** `123456789012` of `arn:aws:sns:us-east-1:123456789012:topic` and of the URL of a queue. */
function accountIn(text: string): NamedRange | undefined {
  // Most that is called has none: `arn:aws:states:::sqs:sendMessage`.
  if (text.length < 12 || text.startsWith('arn:aws:states:::')) return undefined;
  const form = text.startsWith('arn:') ? inArn : text.startsWith('https:') ? inQueueUrl : undefined;
  const [, before = '', name] = form?.exec(text) ?? [];
  return name === undefined ? undefined : { name, start: before.length, end: before.length + name.length };
}

const inArn = /^(arn:[\w-]+:[\w-]+:[^:]*:)(\d{12}):/;
const inQueueUrl = /^(https:\/\/sqs\.[^/]+\/)(\d{12})\//;

function stringsIn(node: SyntaxNode, found: StringNode[]): StringNode[] {
  if (node.kind === 'string') found.push(node);
  else if (node.kind === 'array') for (const item of node.items) stringsIn(item, found);
  else if (node.kind === 'object')
    for (const { value } of node.properties) if (value) stringsIn(value, found);
  return found;
}
