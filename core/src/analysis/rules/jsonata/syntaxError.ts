import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import type { JsonataError } from '#core/expressions/jsonata/parse.ts';
import { inWords, say, type Message } from '#core/text/message.ts';

/** JSONata that cannot be read. */
export const syntaxError: Rule = {
  code: 'jsonata/syntax-error',
  /* By place: `nested` is anywhere inside an object or array, but for the first level of Arguments and Assign. */
  variants: [
    'jsonata/arguments-syntax-error',
    'jsonata/assign-syntax-error',
    'jsonata/condition-syntax-error',
    'jsonata/nested-syntax-error',
    'jsonata/unterminated-string',
    'jsonata/unterminated-regex',
  ],
  severity: 'error',
  summary: 'The text between `{%` and `%}` is no JSONata expression.',
  explanation:
    'AWS refuses the state machine. Step Functions runs JSONata 2.0: the operators `??` and `?:` of later versions are not known.',
  link: 'https://docs.jsonata.org/overview',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% 1 + %}","End":true}}}',
  *check(machine) {
    for (const site of machine.expressions.faulty) {
      if (site.text === '') continue;
      const { expression } = site;
      const [error] = expression.kind === 'jsonata' ? expression.errors : [];
      if (!error || isJsonPath(site)) continue;
      yield {
        ...findingIn(site, error, messageOf(error)),
        code: codeOf(site, error),
        aws: {
          code: 'INVALID_JSONATA_EXPRESSION',
          message: inWords(error.message),
          location: awsLocation(machine.site.node, site.node),
        },
      };
    }
  },
};

/** What is JSONPath, and not JSONata, has a rule of its own. */
export function isJsonPath({ text }: ExpressionSite): boolean {
  return steps.test(text.replace(/\[.*\]/s, '')) && parseJsonPath(text).errors.length === 0;
}

/** A path but for its brackets. The grammar takes nearly every character for a name, so `$a.b==1` would be a path, too. */
const steps = /^\$[\p{L}\p{N}_$]*(?:\.(?:[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*|\*)?)*(?:\(.*\))?$/su;

/** Ours are sentences, those of the `jsonata` package have no end. */
function messageOf({ message }: JsonataError): Message {
  return say`This is no JSONata: ${typeof message === 'string' ? `${message}.` : message}`;
}

function codeOf({ field, location }: ExpressionSite, error: JsonataError): string {
  if (error.code === 'S0101') return 'jsonata/unterminated-string';
  if (error.code === 'S0302') return 'jsonata/unterminated-regex';
  if (field === 'Condition') return 'jsonata/condition-syntax-error';
  const members = location.slice(location.lastIndexOf(field) + field.length).split(/[/[]/).length - 1;
  if (members > 1) return 'jsonata/nested-syntax-error';
  if (field === 'Arguments') return 'jsonata/arguments-syntax-error';
  if (field === 'Assign') return 'jsonata/assign-syntax-error';
  return members > 0 && field === 'Output' ? 'jsonata/nested-syntax-error' : 'jsonata/syntax-error';
}
