import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A Fail state that says nothing. */
export const noErrorOrCause: Rule = {
  code: 'fail/no-error-or-cause',
  severity: 'information',
  summary: 'A Fail state has neither an error nor a cause.',
  explanation:
    'The execution fails without telling why. `Error` is what Catchers match, `Cause` is for people.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Fail"}}}',
  *check(machine) {
    for (const state of machine.machine.states) {
      if (state.type !== 'Fail' || machine.isBroken(state.node)) continue;
      if (fields.some(field => propertyOf(state.node, field))) continue;
      yield findingOn(
        state.key,
        state,
        say`'${state.name}' fails without 'Error' and 'Cause', so nobody learns why.`,
      );
    }
  },
};

const fields = ['Error', 'Cause', 'ErrorPath', 'CausePath'];
