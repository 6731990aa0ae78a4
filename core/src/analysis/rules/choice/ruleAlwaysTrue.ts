import type { Rule } from '#core/analysis/rule.ts';
import { valueOf, type ObjectNode } from '#core/syntax/node.ts';
import { placeOf } from '../state/missingField.ts';
import { nestedRules, ruleNode, testText, variableOf } from '#core/analysis/choiceRules.ts';
import { say } from '#core/text/message.ts';

/** A rule that matches whatever comes: what stands behind it is never asked. */
export const ruleAlwaysTrue: Rule = {
  code: 'choice/rule-always-true',
  severity: 'warning',
  summary: 'The rule always matches.',
  explanation:
    'Rules behind it and `Default` are never reached. Say what the rule is to ask, or make its target the `Default`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Condition":true,"Next":"B"}],"Default":"B"},"B":{"Type":"Succeed"}}}',
  *check(analysis) {
    for (const state of analysis.machine.states) {
      if (state.type !== 'Choice') continue;
      for (const { node } of state.rules) {
        if (!isAlwaysTrue(node)) continue;
        const { start, end } = valueOf(node, 'Condition') ?? placeOf(node);
        yield {
          start,
          end,
          message: say`This rule always matches: rules behind it and the Default of '${state.name}' are never reached.`,
          state: state.pointer,
        };
      }
    }
  },
};

/** Whether a rule matches every input, as far as its own text tells. */
export function isAlwaysTrue(node: ObjectNode): boolean {
  const condition = valueOf(node, 'Condition');
  if (condition?.kind === 'boolean') return condition.value;
  if (condition?.kind === 'string')
    return /^\{%\s*(?:true|1\s*=\s*1|not\s*\(\s*false\s*\))\s*%\}$/.test(condition.value);
  if (variableOf(node) === '$') {
    const present = valueOf(node, 'IsPresent');
    if (present?.kind === 'boolean' && present.value) return true;
  }
  const either = valueOf(node, 'Or');
  if (either?.kind !== 'array') return false;
  const tests = nestedRules(ruleNode(node));
  const texts = new Set(tests.map(testText));
  return tests.some(test => isAlwaysTrue(test) || opposites(test).some(text => texts.has(text)));
}

/** The tests that match exactly where this one does not. */
function opposites(test: ObjectNode): readonly string[] {
  const text = testText(test);
  const negated = valueOf(test, 'Not');
  const not = negated ? testText(negated) : `{"Not":${text}}`;
  const flipped = text.replace(
    /"Is(Present|Null|Numeric|String|Boolean|Timestamp)":(true|false)/,
    (_, name: string, truth) => `"Is${name}":${String(truth === 'false')}`,
  );
  return flipped === text ? [not] : [not, flipped];
}
