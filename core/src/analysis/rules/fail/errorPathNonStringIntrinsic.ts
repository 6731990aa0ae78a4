import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { intrinsicNamed } from '#core/language/intrinsics.ts';
import { say } from '#core/text/message.ts';

/** `"ErrorPath": "States.Array(1)"`. */
export const errorPathNonStringIntrinsic: Rule = {
  code: 'fail/errorpath-non-string-intrinsic',
  severity: 'error',
  summary: 'ErrorPath or CausePath calls an intrinsic function that gives no string.',
  explanation: `AWS takes these only: ${['ArrayGetItem', 'Base64Encode', 'Base64Decode', 'Format', 'Hash', 'JsonToString', 'UUID'].map(name => `\`States.${name}\``).join(', ')}.`,
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Fail","ErrorPath":"States.Array(1)"}}}',
  *check(machine) {
    for (const site of machine.expressions.jsonPath) {
      if (site.state.type !== 'Fail' || site.isDeferred) continue;
      const { expression } = site;
      if (expression.kind !== 'intrinsic' || !expression.call || expression.errors.length > 0) continue;
      const { name, nameRange } = expression.call;
      const intrinsic = intrinsicNamed(name);
      if (!intrinsic || intrinsic.result === 'string' || name === 'States.ArrayGetItem') continue;
      yield findingIn(site, nameRange, say`${site.field} needs a string, but ${name} does not give one.`);
    }
  },
};
