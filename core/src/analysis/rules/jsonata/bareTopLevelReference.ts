import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { jsonataFunctionNamed } from '#core/language/jsonataFunctions.ts';
import type { State } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';

/** A field name where there is no document to take it from. */
export const bareTopLevelReference: Rule = {
  code: 'jsonata/bare-top-level-reference',
  severity: 'error',
  summary: 'A bare name stands at the top level of a JSONata expression.',
  explanation:
    'Expressions of a state machine have no input document. Names mean something behind a dot, in a filter or in a function; elsewhere AWS refuses them. Read `$states.input`, `$states.result` or a variable.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% phone %}","End":true}}}',
  *check(machine) {
    for (const { site, expression } of machine.expressions.readableJsonata) {
      for (const use of expression.references.inputUses) {
        // Intrinsic functions (`States.Format(…)`) have a rule of their own.
        if (use.kind !== 'name' || use.text === 'States') continue;
        const meant = probablyMeant(use.text, machine, site.state);
        const message = say`'${use.text}' stands at the top level, where there is nothing to take it from. Did you mean '${meant}'?`;
        const finding = findingIn(site, use, message);
        yield {
          ...finding,
          aws: {
            code: 'UNSUPPORTED_JSONATA_EXPRESSION',
            message: `Reference to '${use.text}' at the top level is not supported.`,
            location: awsLocation(machine.site.node, site.node),
          },
          fix: {
            kind: 'replaceText',
            span: { start: finding.start, end: finding.end },
            text: meant,
            title: say`Replace by '${meant}'`,
          },
        };
      }
    }
  },
};

function probablyMeant(name: string, machine: MachineAnalysis, state: State): string {
  const isKnown = machine.variables.resolve(name, state) ?? jsonataFunctionNamed(name);
  if (isKnown || name === 'states') return `$${name}`;
  return /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name)
    ? `$states.input.${name}`
    : `$states.input.\`${name}\``;
}
