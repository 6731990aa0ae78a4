import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';
import { isJsonPath } from './syntaxError.ts';

/** A path of JSONPath between `{%` and `%}`. */
export const jsonPathInDelimiters: Rule = {
  code: 'jsonata/jsonpath-in-delimiters',
  severity: 'error',
  summary: 'JSONPath stands between `{%` and `%}`.',
  explanation:
    'Between the delimiters AWS expects JSONata, whose filters are written `[price > 10]`, without `?`, `@` and `$.`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $.a[?(@.b > 1)] %}","End":true}}}',
  *check(machine) {
    for (const site of machine.expressions.faulty) {
      if (site.grammar !== 'jsonata' || !isJsonPath(site)) continue;
      const range = { start: 0, end: site.text.length };
      yield findingIn(
        site,
        range,
        say`This is JSONPath, but the state uses JSONata. Start at $states.input and filter with [field > 1].`,
      );
    }
  },
};
