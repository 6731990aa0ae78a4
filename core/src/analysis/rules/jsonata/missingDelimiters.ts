import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { findingOn, looksLikePath, wantsPathText } from '#core/analysis/siteFindings.ts';
import { readJsonata } from '#core/expressions/expression.ts';
import { jsonataFunctionNamed } from '#core/language/jsonataFunctions.ts';
import type { State } from '#core/model/stateMachine.ts';
import { hasPlaceholder, type SyntaxNode } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** An expression that is passed on as text. */
export const missingDelimiters: Rule = {
  code: 'jsonata/missing-delimiters',
  severity: 'warning',
  summary: 'A string of a JSONata state looks like an expression but has no `{% … %}`.',
  explanation:
    'Without the delimiters AWS passes the text on as it stands, and also where they do not stand at its very start and end.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":{"a":"$states.input.a"},"End":true}}}',
  *check(machine) {
    const refused = refusedValues(machine);
    for (const literal of machine.expressions.literals) {
      if (literal.kind !== 'jsonataText' || refused.has(literal.node)) continue;
      const { node, state } = literal;
      const { value } = node;
      if (hasPlaceholder(value)) continue;
      const [, inside] = /\{%(.*?)%\}/s.exec(value) ?? [];
      if (inside !== undefined) {
        if (!readsSomething(inside.trim(), state, machine)) continue;
        yield findingOn(
          node,
          state,
          say`Something stands before '{%'. A JSONata expression must fill the whole string; write {% 'text' & $value %}.`,
        );
        continue;
      }
      if (looksLikePath(value)) {
        if (wantsPathText(literal.property)) continue;
        yield findingOn(
          node,
          state,
          say`This is JSONPath in a JSONata state, so it is passed on as text. Write {% $states.input… %}.`,
        );
      } else if (readsSomething(value, state, machine)) {
        const text = node.style === 'json' ? JSON.stringify(`{% ${value} %}`).slice(1, -1) : `{% ${value} %}`;
        yield {
          ...findingOn(
            node,
            state,
            say`'${value}' is passed on as text. To evaluate it, write {% ${value} %}.`,
          ),
          fix: {
            kind: 'replaceText',
            span: { start: node.offsetOf(0), end: node.offsetOf(value.length) },
            text,
            title: say`Put it between {% and %}`,
          },
        };
      }
    }
  },
};

/** Fields that take no text, such as Condition and Seconds, refuse it anyway. */
function refusedValues({ fieldFaults }: MachineAnalysis): ReadonlySet<SyntaxNode> {
  return new Set(fieldFaults.flatMap(fault => (fault.kind === 'value' ? [fault.value] : [])));
}

/** Whether the text is JSONata that starts at `$states`, a known variable or a call of a known function. */
function readsSomething(text: string, state: State, machine: MachineAnalysis): boolean {
  const [, name] = /^\$(\w+)/.exec(text) ?? [];
  if (name === undefined) return false;
  const isCall = text.startsWith(`$${name}(`);
  if (isCall ? !jsonataFunctionNamed(name) : name !== 'states' && !machine.variables.resolve(name, state)) {
    return false;
  }
  return readJsonata(text).errors.length === 0;
}
