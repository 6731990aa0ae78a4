import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import { errorNamed, errorNames, errorNamesLink } from '#core/language/errorNames.ts';
import type { StateMachine } from '#core/model/stateMachine.ts';
import { valueOf, type StringNode } from '#core/syntax/node.ts';
import { closest } from '#core/text/closest.ts';
import {} from '#core/analysis/errorHandlers.ts';
import { say } from '#core/text/message.ts';

const prefix = 'States.';

/** `"ErrorEquals": ["States.TimeOut"]`: the prefix is the language's own. */
export const unknownStatesPrefix: Rule = {
  code: 'errors/unknown-states-prefix',
  severity: 'error',
  summary: 'There is no error of that name, and no other may begin with `States.`',
  explanation:
    'Names that begin with `States.` belong to the language; names of your own must begin otherwise. Error Names are case-sensitive. Published workflows show that AWS lets some pass: for names that a Fail state of the definition raises, and for those that lengthen a name of the language, it is a warning.',
  link: errorNamesLink,
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Retry":[{"ErrorEquals":["States.TimeOut"]}],"End":true}}}',
  *check({ machine, errorHandlers }) {
    let raised: ReadonlySet<string> | undefined;
    for (const { state, all } of errorHandlers) {
      for (const { names } of all) {
        for (const node of names) {
          if (!node.value.startsWith(prefix) || errorNamed(node.value)) continue;
          raised ??= errorsRaised(machine);
          const isKnown = raised.has(node.value) || lengthensKnown(node.value);
          yield { ...finding(node), state: state.pointer, ...(isKnown && { severity: 'warning' }) };
        }
      }
    }
  },
};

/** The Error Names of Fail states. */
function errorsRaised({ states }: StateMachine): ReadonlySet<string> {
  const raised = new Set<string>();
  for (const state of states) {
    const error = state.type === 'Fail' ? valueOf(state.node, 'Error') : undefined;
    if (error?.kind === 'string') raised.add(error.value);
  }
  return raised;
}

function lengthensKnown(text: string): boolean {
  return errorNames.some(({ name }) => text.startsWith(name));
}

function finding(node: StringNode): RuleFinding {
  const known = errorNames.map(({ name }) => name.slice(prefix.length));
  const similar = closest(node.value.slice(prefix.length), known);
  const base = { start: node.start, end: node.end };
  if (similar === undefined) {
    const message = say`The language has no error '${node.value}'. Names of your own must not begin with '${prefix}'.`;
    return { ...base, message };
  }
  const meant = prefix + similar;
  const span = { start: node.offsetOf(0), end: node.offsetOf(node.value.length) };
  return {
    ...base,
    message: say`The language has no error '${node.value}'. Did you mean '${meant}'?`,
    fix: { kind: 'replaceText', span, text: meant, title: say`Change to '${meant}'` },
  };
}
