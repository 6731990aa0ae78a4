import type { Rule } from '#core/analysis/rule.ts';
import type { ChoiceRule } from '#core/model/stateMachine.ts';
import { valueOf, type ObjectNode } from '#core/syntax/node.ts';
import { placeOf } from '../state/missingField.ts';
import { testText } from '#core/analysis/choiceRules.ts';
import { say } from '#core/text/message.ts';

/** A rule that asks what an earlier one has asked. */
export const duplicateRule: Rule = {
  code: 'choice/unreachable-rule-duplicate',
  severity: 'warning',
  summary: 'An earlier rule asks the same.',
  explanation:
    'Rules are tried in order and the first that matches decides, so the second of two equal rules never does.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"B"},{"Variable":"$.a","IsNull":true,"Next":"B"}],"Default":"B"},"B":{"Type":"Succeed"}}}',
  *check(analysis) {
    for (const state of analysis.machine.states) {
      if (state.type !== 'Choice' || state.rules.length < 2) continue;
      const ruleByTest = new Map<string, ObjectNode>();
      for (const node of resembling(state.rules)) {
        const test = testText(node);
        const first = ruleByTest.get(test);
        if (!first) ruleByTest.set(test, node);
        else if (test !== '{}') {
          yield {
            ...placeOf(node),
            message: say`This rule never decides: an earlier one asks the same.`,
            state: state.pointer,
            tags: ['unnecessary'],
            related: [{ ...placeOf(first), message: say`The rule that decides.` }],
          };
        }
      }
    }
  },
};

/** The rules that name the same things as another one; only those are worth a closer look. */
function resembling(rules: readonly ChoiceRule[]): readonly ObjectNode[] {
  const signatures = rules.map(({ node }) => signature(node));
  return rules
    .filter(
      (_, index) =>
        signatures.indexOf(signatures[index] ?? '') !== signatures.lastIndexOf(signatures[index] ?? ''),
    )
    .map(({ node }) => node);
}

function signature(node: ObjectNode): string {
  const subject = valueOf(node, 'Variable') ?? valueOf(node, 'Condition');
  return `${node.properties.length} ${subject?.kind === 'string' ? subject.value : ''}`;
}
