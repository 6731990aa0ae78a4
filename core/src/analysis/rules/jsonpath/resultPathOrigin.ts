import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** `"ResultPath": "$$.x"` or `"$name"`. */
export const resultPathOrigin: Rule = {
  code: 'jsonpath/resultpath-variable',
  variants: ['jsonpath/resultpath-context-object'],
  severity: 'error',
  summary: 'ResultPath leads into the Context Object or a variable.',
  explanation:
    'A result is placed in the state input: `$`, or a path that starts with `$.` or `$[`. Variables are set with `Assign`, and the Context Object cannot be changed.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","ResultPath":"$x","End":true}}}',
  *check(machine) {
    for (const site of machine.expressions.referencePaths) {
      const { expression, isDeferred } = site;
      if (site.grammar !== 'resultPath' || isDeferred) continue;
      if (expression.kind !== 'path' || !expression.path || expression.errors.length > 0) continue;
      const { origin } = expression.path;
      if (origin.kind === 'variable') {
        const message = say`ResultPath cannot set the variable '$${origin.name}'. Use Assign, or a path into the input such as '$.${origin.name}'.`;
        yield findingIn(site, origin, message);
      } else if (origin.kind === 'context') {
        const message = say`ResultPath cannot change the Context Object. Use a path into the input, which starts with '$.'.`;
        yield { ...findingIn(site, origin, message), code: 'jsonpath/resultpath-context-object' };
      }
    }
  },
};
