import type { MissingRead } from '#core/analysis/missingReads.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { spanIn } from '#core/analysis/expressionSites.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** `"OutputPath": null` before a state that needs data. */
export const outputPathNullLosesData: Rule = {
  code: 'data/outputpath-null-loses-data',
  severity: 'warning',
  summary: '`"OutputPath": null` throws away data that a later state reads.',
  explanation: 'The output becomes an empty object. To drop only the result, write `"ResultPath": null`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-example.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","OutputPath":null,"Next":"B"},"B":{"Type":"Pass","InputPath":"$.a","End":true}}}',
  *check(machine) {
    const readsByState = new Map<State, MissingRead[]>();
    for (const read of machine.missingReads) {
      if (!isEmptiedByOutputPath(read) || read.inside.kind !== 'object' || !read.inside.origin) continue;
      const { state } = read.inside.origin;
      const known = readsByState.get(state);
      if (known) known.push(read);
      else readsByState.set(state, [read]);
    }
    for (const [state, reads] of readsByState) {
      const field = propertyOf(state.node, 'OutputPath');
      const [first] = reads;
      if (!field || !first) continue;
      yield {
        ...findingOn(
          field,
          state,
          say`The output becomes {}, but '${first.site.state.name}' reads '${first.path}'. To drop only the result, write "ResultPath": null.`,
        ),
        related: reads.map(({ site, path, step }) => ({
          ...spanIn(site, step.start, step.end),
          message: say`'${path}' finds nothing here.`,
        })),
      };
    }
  },
};

export function isEmptiedByOutputPath({ inside }: MissingRead): boolean {
  return inside.kind === 'object' && inside.origin?.field === 'OutputPath';
}
