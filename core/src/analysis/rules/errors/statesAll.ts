import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import { errorNamesLink } from '#core/language/errorNames.ts';
import type { State } from '#core/model/stateMachine.ts';
import { isNamed, type ErrorHandler } from '#core/analysis/errorHandlers.ts';
import { say } from '#core/text/message.ts';

/** `States.ALL` beside other names, or not in the last Retrier or Catcher. */
export const statesAll: Rule = {
  code: 'errors/states-all',
  variants: [
    'retry/states-all-not-alone',
    'retry/states-all-not-last',
    'catch/states-all-not-alone',
    'catch/states-all-not-last',
  ],
  severity: 'error',
  summary: 'States.ALL must be alone in its ErrorEquals, and in the last Retrier or Catcher.',
  explanation:
    'It stands for all errors, so names beside it and handlers behind it would never count. AWS refuses them.',
  link: errorNamesLink,
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Retry":[{"ErrorEquals":["X","States.ALL"]}],"End":true}}}',
  *check({ errorHandlers }) {
    for (const { state, retriers, catchers } of errorHandlers) {
      yield* checkHandlers(state, retriers);
      yield* checkHandlers(state, catchers);
    }
  },
};

function* checkHandlers(state: State, handlers: readonly ErrorHandler[]): Generator<RuleFinding> {
  if (!isNamed('States.ALL', handlers)) return;
  for (const [index, { kind, names }] of handlers.entries()) {
    const node = names.find(({ value }) => value === 'States.ALL');
    if (!node) continue;
    const base = { start: node.start, end: node.end, state: state.pointer };
    if (names.length > 1) {
      yield {
        ...base,
        code: `${kind}/states-all-not-alone`,
        message: say`'States.ALL' must be the only name here: it stands for all the others, too.`,
      };
    } else if (index < handlers.length - 1) {
      yield {
        ...base,
        code: `${kind}/states-all-not-last`,
        message:
          kind === 'retry'
            ? say`'States.ALL' must be in the last Retrier: the ones behind it would never be asked.`
            : say`'States.ALL' must be in the last Catcher: the ones behind it would never be asked.`,
      };
    }
  }
}
