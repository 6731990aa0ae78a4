import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { jsonataFunctionNamed, jsonataFunctions } from '#core/language/jsonataFunctions.ts';
import { askIfMeant, closest } from '#core/text/closest.ts';
import { say } from '#core/text/message.ts';

/** A call of a function that nobody defines. */
export const unknownFunction: Rule = {
  code: 'jsonata/unknown-function',
  severity: 'warning',
  summary: 'A function is called that JSONata in Step Functions does not have.',
  explanation:
    'The execution fails with `States.QueryEvaluationError`. Functions are those of JSONata 2.0 and the six that Step Functions adds; own ones are defined in the same expression: `($f := function($x){ $x + 1 }; $f(1))`.',
  link: 'https://docs.jsonata.org/string-functions',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $upper(\'a\') %}","End":true}}}',
  *check(machine) {
    for (const { site, expression } of machine.expressions.readableJsonata) {
      for (const { name, start, end, variable } of expression.references.calls) {
        if (variable.scope !== undefined || name === 'eval' || jsonataFunctionNamed(name)) continue;
        const isVariable = machine.variables.resolve(name, site.state) !== undefined;
        const meant = closest(
          name,
          jsonataFunctions.map(known => known.name),
        );
        const message = isVariable
          ? say`'$${name}' is a variable of the state machine; variables hold JSON and cannot be called.`
          : say`There is no function '$${name}'.`;
        const question = askIfMeant(message, isVariable || meant === undefined ? undefined : `$${meant}`);
        const finding = findingIn(site, { start: start - 1, end }, question);
        yield isVariable || meant === undefined
          ? finding
          : {
              ...finding,
              fix: {
                kind: 'replaceText',
                span: { start: finding.start, end: finding.end },
                text: `$${meant}`,
                title: say`Replace by '$${meant}'`,
              },
            };
      }
    }
  },
};
