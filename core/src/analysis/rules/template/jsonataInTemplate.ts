import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { embeddedJsonata } from '#core/expressions/embedded.ts';
import { say } from '#core/text/message.ts';

/** `{% … %}` in a state that uses JSONPath. */
export const jsonataInTemplate: Rule = {
  code: 'template/jsonata-in-jsonpath',
  severity: 'warning',
  summary: 'A JSONata expression stands in a Payload Template of JSONPath.',
  explanation:
    'The state uses JSONPath, so AWS passes the text on as it stands. Give the state `"QueryLanguage": "JSONata"`, or write a path under a key that ends in `.$`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v":"{% $x %}"},"End":true}}}',
  *check(machine) {
    for (const { kind, node, state } of machine.expressions.literals) {
      if (kind !== 'templateText' || embeddedJsonata(node.value).kind !== 'expression') continue;
      yield findingOn(node, state, say`'${state.name}' uses JSONPath, so this JSONata is passed on as text.`);
    }
  },
};
