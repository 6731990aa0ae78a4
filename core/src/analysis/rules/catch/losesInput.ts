import type { Rule } from '#core/analysis/rule.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A Catcher whose error output replaces the whole input of the state it leads to. */
export const losesInput: Rule = {
  code: 'catch/no-resultpath-loses-input',
  severity: 'hint',
  summary: 'Without ResultPath, the error output replaces the input.',
  explanation:
    'The state that handles the error then gets `{"Error": …, "Cause": …}` and nothing else. With `"ResultPath": "$.error"` it gets the input and, in `error`, the error.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-fallback-states',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"End":true},"B":{"Type":"Pass","End":true}}}',
  *check(analysis) {
    for (const { kind, transition, from, to } of analysis.references.all) {
      if (kind !== 'Catch' || !transition || !from || from.queryLanguage !== 'JSONPath') continue;
      if (!to || to.type === 'Fail' || propertyOf(transition.node, 'ResultPath')) continue;
      const place = propertyOf(transition.node, 'ErrorEquals')?.key ?? transition.target;
      yield {
        start: place.start,
        end: place.end,
        message: say`'${to.name}' gets the error only: without 'ResultPath' it replaces the input of '${from.name}'.`,
        state: from.pointer,
        fix: {
          kind: 'action',
          name: 'addResultPath',
          arguments: { state: from.pointer, catcher: String(transition.index) },
          title: say`Add "ResultPath": "$.error"`,
        },
      };
    }
  },
};
