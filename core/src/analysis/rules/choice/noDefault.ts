import type { Rule } from '#core/analysis/rule.ts';
import { propertyOf, valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';
import { isAlwaysTrue } from './ruleAlwaysTrue.ts';

/** A Choice that fails the execution when no rule matches. */
export const noDefault: Rule = {
  code: 'choice/no-default',
  severity: 'information',
  summary: 'A Choice without Default fails when no rule matches.',
  explanation:
    'The execution then ends with `States.NoChoiceMatched`, which a Choice cannot catch. A `Default` says what to do with what nobody thought of.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","IsPresent":true,"Next":"B"}]},"B":{"Type":"Succeed"}}}',
  *check(analysis) {
    for (const state of analysis.machine.states) {
      if (state.type !== 'Choice' || propertyOf(state.node, 'Default') || state.rules.length === 0) continue;
      if (analysis.isBroken(state.node) || state.choicesNode === undefined) continue;
      if (
        state.rules.some(rule => isAlwaysTrue(rule.node)) ||
        coversBothTruths(state.rules.map(({ node }) => node))
      ) {
        continue;
      }
      yield {
        start: state.key.start,
        end: state.key.end,
        message: say`'${state.name}' has no Default: the execution fails when no rule matches.`,
        state: state.pointer,
        fix: {
          kind: 'action',
          name: 'addDefault',
          arguments: { state: state.pointer },
          title: say`Add a Default`,
        },
      };
    }
  },
};

/** `IsPresent: true` and `IsPresent: false` of one variable, and the like: one of them always matches. */
function coversBothTruths(rules: readonly Parameters<typeof isAlwaysTrue>[0][]): boolean {
  const truths = new Set<string>();
  for (const rule of rules) {
    const variable = valueOf(rule, 'Variable');
    if (variable?.kind !== 'string') continue;
    for (const { key, value } of rule.properties) {
      if (!key.value.startsWith('Is') || value?.kind !== 'boolean') continue;
      if (truths.has(`${key.value} ${!value.value} ${variable.value}`)) return true;
      truths.add(`${key.value} ${value.value} ${variable.value}`);
    }
  }
  return false;
}
