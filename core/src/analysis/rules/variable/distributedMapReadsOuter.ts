import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** An outer variable that is read inside a distributed Map. */
export const distributedMapReadsOuter: Rule = {
  code: 'variable/distributed-map-reads-outer',
  severity: 'error',
  summary: 'A state inside a distributed Map reads a variable of the states around it.',
  explanation:
    'The iterations are executions of their own and know no outer variables. Pass the value in with `ItemSelector`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html#variable-scope',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1},"Next":"M"},"M":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Pass","Output":"{% $x %}","End":true}}}}}}',
  *check(machine) {
    for (const { name, hidden, site, start, end } of machine.variables.uses) {
      if (!hidden || site.isDeferred || site.expression.errors.length > 0) continue;
      const [first] = hidden.assignments;
      yield {
        ...findingOn(
          { start: start - 1, end },
          site.state,
          say`'$${name}' belongs to the states around the distributed Map, whose iterations cannot read it. Pass it in with ItemSelector.`,
        ),
        ...(first && {
          related: [{ start: first.start, end: first.end, message: say`'${first.state.name}' assigns it.` }],
        }),
      };
    }
  },
};
