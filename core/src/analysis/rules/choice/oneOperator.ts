import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import { valueOf, type ObjectNode } from '#core/syntax/node.ts';
import { placeOf } from '../state/missingField.ts';
import type { RuleNode } from '#core/analysis/choiceRules.ts';
import { say } from '#core/text/message.ts';

/** A Choice Rule that tests nothing, or two things at once. */
export const oneOperator: Rule = {
  code: 'choice/one-operator',
  variants: [
    'choice/no-operator',
    'choice/two-operators',
    'choice/and-plus-comparison',
    'choice/missing-variable',
  ],
  severity: 'error',
  summary: 'A Choice Rule has exactly one operator, and a Variable to compare.',
  explanation:
    'A rule is `{"Variable": "$.a", "StringEquals": "x", "Next": "B"}`: one path and one comparison. To ask for two things, nest rules in `And`, `Or` or `Not`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","Next":"B"}],"Default":"B"},"B":{"Type":"Succeed"}}}',
  *check(analysis) {
    for (const { state, rules } of analysis.choiceRules) {
      for (const rule of rules) {
        const found = faultOf(rule);
        if (found && !analysis.isBroken(rule.node)) yield { ...found, state: state.pointer };
      }
    }
  },
};

function faultOf({ node, comparisons, combinations, others }: RuleNode): RuleFinding | undefined {
  // Most rules have one operator and what it compares.
  if (comparisons.length + combinations.length === 1 && valueOf(node, 'Variable')) return undefined;
  const operators = [...combinations, ...comparisons.map(({ property }) => property)];
  const [first] = operators;
  const second = operators.toSorted((a, b) => a.start - b.start)[1];
  if (!first) {
    if (others.length > 0) return undefined;
    return {
      ...ruleSpan(node),
      code: 'choice/no-operator',
      message: say`This rule tests nothing. Add a comparison such as 'StringEquals', or 'And', 'Or' or 'Not'.`,
    };
  }
  if (second) {
    const mixes = combinations.length > 0 && comparisons.length > 0;
    return {
      start: second.key.start,
      end: second.key.end,
      code: mixes ? 'choice/and-plus-comparison' : 'choice/two-operators',
      message: say`A rule has one operator, and this is the second. Nest the two in an 'And'.`,
    };
  }
  if (comparisons.length === 0 || valueOf(node, 'Variable') || others.length > 0) return undefined;
  if (node.properties.some(({ key }) => key.value === 'Variable')) return undefined;
  return {
    start: first.key.start,
    end: first.key.end,
    code: 'choice/missing-variable',
    message: say`'${first.key.value}' compares nothing: add the 'Variable', a path such as "$.order".`,
  };
}

function ruleSpan(node: ObjectNode): Pick<RuleFinding, 'start' | 'end'> {
  const variable = node.properties.find(({ key }) => key.value === 'Variable');
  return variable ? { start: variable.key.start, end: variable.key.end } : placeOf(node);
}
