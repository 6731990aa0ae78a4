import type { Rule } from '#core/analysis/rule.ts';
import { unreadablePath, findingIn } from '#core/analysis/siteFindings.ts';

/** A path that cannot be read. */
export const syntaxError: Rule = {
  code: 'jsonpath/syntax-error',
  variants: ['jsonpath/unclosed-bracket'],
  severity: 'error',
  summary: 'A field holds a path that cannot be read.',
  explanation:
    "AWS refuses the state machine. Names with blanks or special characters are written `$['a name']`.",
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"$.a[0","End":true}}}',
  *check(machine) {
    for (const site of machine.expressions.faulty) {
      const { expression } = site;
      // Payload Templates have a rule of their own, and what does not begin with `$` is no path at all.
      if (site.grammar === 'payloadValue' || expression.kind !== 'path' || !expression.path) continue;
      const [error] = expression.errors;
      if (!error) continue;
      const finding = findingIn(site, error, unreadablePath(error));
      yield isUnclosed(site.text) ? { ...finding, code: 'jsonpath/unclosed-bracket' } : finding;
    }
  },
};

function isUnclosed(text: string): boolean {
  const brackets = text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '');
  return brackets.split('[').length > brackets.split(']').length;
}
