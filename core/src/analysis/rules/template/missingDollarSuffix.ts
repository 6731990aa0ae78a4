import type { Rule } from '#core/analysis/rule.ts';
import { findingOn, looksLikePath, wantsPathText } from '#core/analysis/siteFindings.ts';
import { readPayloadValue } from '#core/expressions/expression.ts';
import { hasPlaceholder } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A path or intrinsic function under a key without `.$`. */
export const missingDollarSuffix: Rule = {
  code: 'template/missing-dollar-suffix',
  variants: ['template/missing-dollar-suffix-intrinsic'],
  severity: 'warning',
  summary: 'A value of a Payload Template looks like an expression, but its key does not end in `.$`.',
  explanation: 'Without the suffix AWS passes the text on as it stands.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v":"$.a"},"End":true}}}',
  *check(machine) {
    for (const { kind, node, property, state } of machine.expressions.literals) {
      if (kind !== 'templateText' || !property || hasPlaceholder(node.value)) continue;
      if (node.value.startsWith('{%') || wantsPathText(property)) continue;
      const [, name] = /^\$(\w+)/.exec(node.value) ?? [];
      const isVariable = name !== undefined && machine.variables.resolve(name, state) !== undefined;
      const expression = readPayloadValue(node.value);
      if (expression.errors.length > 0) continue;
      if (expression.kind === 'path' && !isVariable && !looksLikePath(node.value)) continue;
      const { key } = property;
      yield {
        ...findingOn(
          node,
          state,
          say`'${node.value}' is passed on as text. To evaluate it, write the key as '${key.value}.$'.`,
        ),
        code:
          expression.kind === 'path'
            ? 'template/missing-dollar-suffix'
            : 'template/missing-dollar-suffix-intrinsic',
        aws: { code: 'NO_DOLLAR', message: `Field '${key.value}' is not ending with '.$'` },
        fix: {
          kind: 'replaceText',
          span: { start: key.offsetOf(key.value.length), end: key.offsetOf(key.value.length) },
          text: '.$',
          title: say`Add '.$' to the key`,
        },
      };
    }
  },
};
