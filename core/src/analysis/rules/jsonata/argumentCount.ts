import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { jsonataFunctionNamed, type JsonataFunction } from '#core/language/jsonataFunctions.ts';
import { say } from '#core/text/message.ts';

/** Too few or too many arguments for a function of JSONata. */
export const argumentCount: Rule = {
  code: 'jsonata/argument-count',
  severity: 'warning',
  summary: 'A function of JSONata has too few or too many arguments.',
  explanation: 'The execution fails with `States.QueryEvaluationError`.',
  link: 'https://docs.jsonata.org/string-functions',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $uuid(1) %}","End":true}}}',
  *check(machine) {
    for (const { site, expression } of machine.expressions.readableJsonata) {
      for (const { name, start, end, variable, argumentCount: count, isPartial } of expression.references
        .calls) {
        const known = variable.scope === undefined && !isPartial ? jsonataFunctionNamed(name) : undefined;
        if (!known || takes(known, count)) continue;
        const message =
          count === 1
            ? say`'$${name}' is called with 1 argument, but it is $${name}(${known.parameters}).`
            : say`'$${name}' is called with ${count} arguments, but it is $${name}(${known.parameters}).`;
        yield findingIn(site, { start: start - 1, end }, message);
      }
    }
  },
};

function takes({ parameterList }: JsonataFunction, count: number): boolean {
  const required = parameterList.filter(({ occurs }) => occurs === 'required').length;
  if (count < required) return false;
  return count <= parameterList.length || parameterList.some(({ occurs }) => occurs === 'repeated');
}
