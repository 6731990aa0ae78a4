import type { MissingRead } from '#core/analysis/missingReads.ts';
import type { Rule } from '#core/analysis/rule.ts';
import type { Origin } from '#core/analysis/shape.ts';
import { memberList } from '#core/analysis/shape.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { closest } from '#core/text/closest.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { jsonTypes } from '#core/text/jsonTypes.ts';
import { say, type Message } from '#core/text/message.ts';
import { isEmptiedByOutputPath } from './outputPathNullLosesData.ts';

/** A path to data that an earlier field or state has replaced. */
export const pathIntoDiscardedInput: Rule = {
  code: 'data/path-into-discarded-input',
  severity: 'warning',
  summary: 'A path leads to a member that the data cannot have there.',
  explanation:
    'A result without `ResultPath` replaces the input, a template gives only the members it lists, and `InputPath` leaves the rest behind. To keep the input, set `ResultPath`; to pass a member on, list it.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"a":1},"Next":"B"},"B":{"Type":"Pass","InputPath":"$.b","End":true}}}',
  *check(machine) {
    for (const read of machine.missingReads) {
      if (isEmptiedByOutputPath(read)) continue;
      const origin = originOf(read);
      const place = origin && propertyOf(origin.state.node, origin.field);
      const finding = findingIn(read.site, read.step, messageOf(read, origin));
      yield place && origin
        ? {
            ...finding,
            related: [
              {
                start: place.key.start,
                end: place.key.end,
                message: say`${origin.field} of '${origin.state.name}' makes the data.`,
              },
            ],
          }
        : finding;
    }
  },
};

function originOf({ inside }: MissingRead): Origin | undefined {
  return inside.kind === 'object' ? inside.origin : undefined;
}

function messageOf({ path, step, inside }: MissingRead, origin: Origin | undefined): Message {
  if (inside.kind !== 'object') {
    return inside.kind === 'array' && step.kind === 'index'
      ? say`'${path}' finds nothing: the array has no such item.`
      : say`'${path}' finds nothing: what it is taken from is ${jsonTypes[inside.kind]}.`;
  }
  const meant = step.kind === 'child' ? closest(step.name, inside.members.keys()) : undefined;
  if (meant !== undefined) return say`'${path}' finds nothing. Did you mean '${meant}'?`;
  if (inside.members.size === 0) {
    return origin
      ? say`'${path}' finds nothing: ${origin.field} of '${origin.state.name}' gives an empty object.`
      : say`'${path}' finds nothing: there is an empty object.`;
  }
  const members = memberList(inside);
  return origin
    ? say`'${path}' finds nothing: ${origin.field} of '${origin.state.name}' gives an object with ${members}.`
    : say`'${path}' finds nothing: there is an object with ${members}.`;
}
