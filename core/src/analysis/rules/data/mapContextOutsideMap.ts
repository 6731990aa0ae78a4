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
    '`Map.Item` exists while a Map state prepares its items, in `ItemSelector`, and in the states inside. Elsewhere it has no value.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"$$.Map.Item.Value"},"End":true}}}',
  *check(machine) {
    for (const { site, steps } of machine.expressions.contextPaths) {
      const [first] = steps;
      if (first?.name !== 'Map' || isInMap(site.state)) continue;
      const isMap = site.state.type === 'Map';
      if (isMap && itemFields.has(site.field)) continue;
      const range = { start: first.start, end: steps.at(-1)?.end ?? first.end };
      const message = isMap
        ? say`There is no item here: of this Map, only 'ItemSelector' sees it.`
        : say`'${site.state.name}' is not in a Map state, so there is no item.`;
      yield findingIn(site, range, message);
    }
  },
};

/** `Parameters` is the older form of `ItemSelector`. */
const itemFields: ReadonlySet<string> = new Set(['ItemSelector', 'Parameters']);

function isInMap(state: State): boolean {
  let around: State | undefined = state.scope.owner;
  while (around && around.type !== 'Map') around = around.scope.owner;
  return around !== undefined;
}
