import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { refusalIn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** A key that ends in `.$` with a value that is neither a path nor an intrinsic function. */
export const notAnExpression: Rule = {
  code: 'template/dollar-key-not-path',
  variants: [
    'template/assign-value',
    'template/batchinput-value',
    'template/itemselector-value',
    'template/resultselector-value',
    'template/nested-in-array',
    'fail/errorpath-not-path',
  ],
  severity: 'error',
  summary: 'The value of a key that ends in `.$` is neither a path nor an intrinsic function.',
  explanation:
    'What is evaluated starts with `$` or is a call such as `States.Format(…)`. For plain text, remove `.$` from the key.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"foo"},"End":true}}}',
  *check(machine) {
    for (const site of machine.expressions.faulty) {
      const { expression } = site;
      if (expression.kind !== 'intrinsic' || expression.errors[0]?.code !== 'notACall') continue;
      const { suffixed } = site;
      const name = suffixed?.key.value ?? site.field;
      const isCall = site.text.startsWith('States.');
      const message = isCall
        ? say`'${site.text}' needs parentheses with its arguments.`
        : suffixed
          ? say`'${site.text}' is neither a path, which starts with '$', nor a call such as States.UUID(). For plain text, write '${name.slice(0, -2)}'.`
          : say`'${site.text}' is neither a path, which starts with '$', nor a call such as States.UUID().`;
      yield {
        ...refusalIn(site, { start: 0, end: site.text.length }, message),
        code: suffixed || site.state.type !== 'Fail' ? codeOf(site) : 'fail/errorpath-not-path',
        aws: {
          code: 'SCHEMA_VALIDATION_FAILED',
          message: `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`,
          location: awsLocation(machine.site.node, suffixed ? suffixed.parent : site.node),
        },
      };
    }
  },
};

function codeOf({ field, location, isInArray }: ExpressionSite): string {
  if (isInArray) return 'template/nested-in-array';
  if (field === 'Assign') return 'template/assign-value';
  if (field === 'ItemSelector') return 'template/itemselector-value';
  if (field === 'ResultSelector') return 'template/resultselector-value';
  return location.includes('BatchInput/') ? 'template/batchinput-value' : 'template/dollar-key-not-path';
}
