import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import type { State } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';

/** `$$.Map.Item.Value` where there is no item. */
export const mapContextOutsideMap: Rule = {
  code: 'data/map-context-outside-map',
  severity: 'warning',
  summary: 'The item of a Map is read outside every Map state.',
  explanation:
    '`Map.Item` exists while a Map state prepares its items, in `ItemSelector`. Elsewhere it has no value.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"$$.Map.Item.Value"},"End":true}}}',
  *check(machine) {
    for (const { site, steps } of machine.expressions.contextPaths) {
      const [first] = steps;
      if (first?.name !== 'Map' || isInMap(site.state)) continue;
      const range = { start: first.start, end: steps.at(-1)?.end ?? first.end };
      yield findingIn(site, range, say`'${site.state.name}' is not in a Map state, so there is no item.`);
    }
  },
};

function isInMap(state: State): boolean {
  let around: State | undefined = state;
  while (around && around.type !== 'Map') around = around.scope.owner;
  return around !== undefined;
}
