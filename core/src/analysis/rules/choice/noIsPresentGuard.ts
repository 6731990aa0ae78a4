import type { Rule } from '#core/analysis/rule.ts';
import { valueOf } from '#core/syntax/node.ts';
import { variableOf } from '#core/analysis/choiceRules.ts';
import { say } from '#core/text/message.ts';

/** A comparison of something that may not be there. */
export const noIsPresentGuard: Rule = {
  code: 'choice/no-ispresent-guard',
  severity: 'hint',
  summary: 'The Variable may be absent, which fails the execution.',
  explanation:
    'A comparison of a path that leads nowhere ends the execution with `States.Runtime`. Where the field may be missing, ask `IsPresent` before, in an `And` or an earlier rule.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a.b","StringEquals":"x","Next":"B"}],"Default":"A"},"B":{"Type":"Succeed"}}}',
  *check({ choiceRules }) {
    for (const { state, rules } of choiceRules) {
      const told = new Set<string>();
      for (const { node, comparisons } of rules) {
        const variable = variableOf(node);
        if (variable === undefined || comparisons.length === 0 || !/^\$[.[]/.test(variable)) continue;
        // What was asked before, or is told already, is no news.
        if (told.has(variable)) continue;
        told.add(variable);
        const place = valueOf(node, 'Variable');
        if (!place || comparisons.some(({ comparison }) => comparison.test === 'Present')) continue;
        yield {
          start: place.start,
          end: place.end,
          message: say`If '${variable}' is absent, the execution fails here. Ask 'IsPresent' first where it may be.`,
          state: state.pointer,
        };
      }
    }
  },
};
