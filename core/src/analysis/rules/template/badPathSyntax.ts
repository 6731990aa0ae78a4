import type { Rule } from '#core/analysis/rule.ts';
import { unreadablePath, refusalIn } from '#core/analysis/siteFindings.ts';

/** A path in a Payload Template that cannot be read. */
export const badPathSyntax: Rule = {
  code: 'template/bad-path-syntax',
  severity: 'error',
  summary: 'A key that ends in `.$` holds a path that cannot be read.',
  explanation:
    "AWS refuses the state machine. Names with blanks or special characters are written `$['a name']`.",
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"$.a["},"End":true}}}',
  *check(machine) {
    for (const site of machine.expressions.faulty) {
      const { expression } = site;
      if (site.grammar !== 'payloadValue' || expression.kind !== 'path') continue;
      const [error] = expression.errors;
      if (error) yield refusalIn(site, error, unreadablePath(error));
    }
  },
};
