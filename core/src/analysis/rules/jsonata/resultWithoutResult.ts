import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { say, type Message } from '#core/text/message.ts';
import { hasResult, statesPaths } from './statesMembers.ts';

/** `$states.result` where there is none (yet). */
export const resultWithoutResult: Rule = {
  code: 'jsonata/result-without-result',
  variants: ['jsonata/result-in-arguments', 'jsonata/result-in-choice'],
  severity: 'warning',
  summary: '`$states.result` is read where there is no result.',
  explanation:
    'The result exists in `Output` and `Assign` of Task, Map and Parallel states, after the work is done. Elsewhere read `$states.input`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $states.result %}","End":true}}}',
  *check(machine) {
    for (const { site, expression } of machine.expressions.readableJsonata) {
      if (hasResult(site)) continue;
      for (const member of statesPaths(expression)) {
        if (member.name === 'result')
          yield { ...findingIn(site, member, messageOf(site)), code: codeOf(site) };
      }
    }
  },
};

function codeOf({ state, field }: ExpressionSite): string {
  if (field === 'Arguments') return 'jsonata/result-in-arguments';
  return state.type === 'Choice' ? 'jsonata/result-in-choice' : 'jsonata/result-without-result';
}

function messageOf({ state, part, field }: ExpressionSite): Message {
  if (part.kind === 'Catch')
    return say`A caught error leaves no '$states.result'. Read '$states.errorOutput'.`;
  if (state.type === 'Task' || state.type === 'Map' || state.type === 'Parallel') {
    return say`'$states.result' does not exist before the work is done, when ${field} is evaluated. Read '$states.input'.`;
  }
  return say`A ${state.type} state has no result. Read '$states.input'.`;
}
