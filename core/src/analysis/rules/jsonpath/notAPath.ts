import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { notAPathCode } from '#core/analysis/rules/state/codes.ts';
import { askIfMeant } from '#core/text/closest.ts';
import { say } from '#core/text/message.ts';

/** Text in a field that holds a path. */
export const notAPath: Rule = {
  code: 'jsonpath/not-a-path',
  variants: [
    'jsonpath/inputpath-not-path',
    'jsonpath/inputpath-intrinsic',
    'jsonpath/itemspath-not-reference',
    'jsonpath/resultpath-not-reference',
    'choice/variable-not-path',
    'choice/operand-path-not-path',
    'wait/secondspath-not-path',
    'wait/timestamppath-not-path',
  ],
  severity: 'error',
  summary: 'A field that holds a path holds something else.',
  explanation:
    'Paths start with `$` (state input or result), `$$` (Context Object) or `$name` (variable). Intrinsic functions are evaluated in Payload Templates, under keys that end in `.$`, and not in path fields.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"a","End":true}}}',
  *check(machine) {
    for (const site of machine.expressions.faulty) {
      const { expression } = site;
      if (expression.kind !== 'path' || expression.path || site.grammar === 'payloadValue') continue;
      const isIntrinsic = site.text.startsWith('States.');
      const field = site.location.slice(site.location.lastIndexOf('/') + 1);
      const message = isIntrinsic
        ? say`${field} takes a path, not an intrinsic function. Compute the value in a Pass state before, under a key that ends in '.$'.`
        : askIfMeant(say`${field} takes a path, and paths start with '$'.`, pathMeant(site));
      const code =
        isIntrinsic && (field === 'InputPath' || field === 'OutputPath')
          ? 'jsonpath/inputpath-intrinsic'
          : notAPathCode(groupOf(site), field);
      yield { ...findingIn(site, { start: 0, end: site.text.length }, message), code };
    }
  },
};

function pathMeant({ text }: ExpressionSite): string | undefined {
  return /^\.?[\p{ID_Start}_][\p{ID_Continue}.]*$/u.test(text) ? `$.${text.replace(/^\./, '')}` : undefined;
}

function groupOf({ state, part }: ExpressionSite): string {
  return part.kind === 'Choices' ? 'choice' : state.type.toLowerCase();
}
