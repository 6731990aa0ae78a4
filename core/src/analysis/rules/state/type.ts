import type { Rule } from '#core/analysis/rule.ts';
import { stateTypes } from '#core/language/values.ts';
import { isDeferred, propertyOf } from '#core/syntax/node.ts';
import { closest } from '#core/text/closest.ts';
import { awsLocation } from '#core/analysis/location.ts';
import { inWords, say } from '#core/text/message.ts';
import { actual, anyOf } from './wording.ts';

/** A state whose `Type` is missing or none of the eight. */
export const type: Rule = {
  code: 'state/unknown-type',
  variants: ['state/missing-type', 'state/type-case'],
  severity: 'error',
  summary: "The state's Type is missing or unknown.",
  explanation: `The Type decides what a state does and which fields it has: ${inWords(anyOf(stateTypes))}. The words are case-sensitive.`,
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"pass","End":true}}}',
  *check(analysis) {
    for (const state of analysis.machine.states) {
      if (state.type !== 'Unknown') continue;
      const property = propertyOf(state.node, 'Type');
      const value = property?.value;
      if (!property) {
        if (analysis.isBroken(state.node)) continue;
        yield {
          start: state.key.start,
          end: state.key.end,
          code: 'state/missing-type',
          message: say`State '${state.name}' has no Type. Add one of ${anyOf(stateTypes)}.`,
          state: state.pointer,
          aws: {
            code: 'SCHEMA_VALIDATION_FAILED',
            message: "The field 'Type' is required but was missing",
            location: awsLocation(analysis.site.node, state.node),
          },
        };
      } else if (value && !isDeferred(value)) {
        const meant = value.kind === 'string' ? closest(value.value, stateTypes) : undefined;
        const isCase = value.kind === 'string' && meant?.toLowerCase() === value.value.toLowerCase();
        yield {
          start: value.start,
          end: value.end,
          ...(isCase && { code: 'state/type-case' }),
          message:
            meant === undefined
              ? say`There is no state type ${actual(value)}. Use ${anyOf(stateTypes)}.`
              : say`There is no state type ${actual(value)}. Did you mean "${meant}"?`,
          state: state.pointer,
          ...(meant !== undefined &&
            value.kind === 'string' && {
              fix: {
                kind: 'replaceText',
                span: { start: value.offsetOf(0), end: value.offsetOf(value.value.length) },
                text: meant,
                title: say`Change to "${meant}"`,
              },
            }),
        };
      }
    }
  },
};
