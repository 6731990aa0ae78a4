import type { Rule } from '#core/analysis/rule.ts';
import { anyOf, actual } from '#core/analysis/rules/state/wording.ts';
import { optimizedActions } from '#core/language/services/optimized.ts';
import { parseResource } from '#core/language/services/resource.ts';
import { isDeferred, valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

const fields = ['ItemReader', 'ResultWriter'] as const;

/** An ItemReader that calls something else than Amazon S3. */
export const resource: Rule = {
  code: 'map/resource',
  variants: fields.map(name => `map/${name.toLowerCase()}-resource`),
  severity: 'error',
  summary: 'An ItemReader or ResultWriter calls what it cannot.',
  explanation:
    'Items are read by `s3:getObject` and `s3:listObjectsV2`, results written by `s3:putObject`: optimized integrations that only Map states have. Other actions cannot stand there. The same actions in the form of the SDK (`aws-sdk:s3:getObject`) are a warning.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Map","ItemReader":{"Resource":"arn:aws:states:::lambda:invoke"},"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}}',
  *check({ machine }) {
    for (const state of machine.states) {
      if (state.type !== 'Map') continue;
      for (const field of fields) {
        const value = valueOf(valueOf(state.node, field), 'Resource');
        if (value?.kind !== 'string' || value.value === '' || isDeferred(value)) continue;
        const known = resources[field];
        if (isFit(value.value, known)) continue;
        yield {
          start: value.start,
          end: value.end,
          code: `map/${field.toLowerCase()}-resource`,
          ...(isSdkForm(value.value, known) && { severity: 'warning' }),
          message: say`'${'Resource'}' must be ${anyOf([...known].map(call => `"arn:aws:states:::${call}"`))}, not ${actual(value)}.`,
          state: state.pointer,
        };
      }
    }
  },
};

/** `s3:getObject` … */
const resources = { ItemReader: callsAt('ItemReader'), ResultWriter: callsAt('ResultWriter') };

function callsAt(field: (typeof fields)[number]): ReadonlySet<string> {
  return new Set(
    optimizedActions
      .filter(({ place }) => place === field)
      .map(({ service, action }) => `${service}:${action}`),
  );
}

/** Also what is no ARN at all, but for `s3:getObject`: a build may put one in its place. */
function isFit(text: string, known: ReadonlySet<string>): boolean {
  const arn = parseResource(text);
  if (arn.kind === 'optimized') return !arn.pattern && known.has(`${arn.service.text}:${arn.action.text}`);
  return !text.startsWith('arn:') && !known.has(text);
}

function isSdkForm(text: string, known: ReadonlySet<string>): boolean {
  const arn = parseResource(text);
  return arn.kind === 'sdk' && known.has(`${arn.service.text}:${arn.action.text}`);
}
