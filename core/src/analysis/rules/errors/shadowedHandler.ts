import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import { errorNamesLink } from '#core/language/errorNames.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { StringNode } from '#core/syntax/node.ts';
import { allOf } from '../state/wording.ts';
import { type ErrorHandler } from '#core/analysis/errorHandlers.ts';
import { say, type Message } from '#core/text/message.ts';

/** An Error Name that a Retrier or Catcher before has already taken. */
export const shadowedHandler: Rule = {
  code: 'errors/shadowed',
  variants: ['retry/shadowed-retrier', 'catch/shadowed-catcher', 'catch/taskfailed-shadows-custom'],
  severity: 'warning',
  summary: 'An earlier Retrier or Catcher already takes this error.',
  explanation:
    'They are asked in the order of the file, and the first that names the error acts. `States.TaskFailed` takes every error but `States.Timeout`, so more exact names must stand before it.',
  link: errorNamesLink,
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Retry":[{"ErrorEquals":["X"]},{"ErrorEquals":["X"]}],"End":true}}}',
  *check({ errorHandlers }) {
    for (const { state, retriers, catchers } of errorHandlers) {
      yield* checkHandlers(state, retriers);
      yield* checkHandlers(state, catchers);
    }
  },
};

/** One finding for a handler, at the first name that it gets too late; the others are told with it. */
function* checkHandlers(state: State, handlers: readonly ErrorHandler[]): Generator<RuleFinding> {
  if (handlers.length < 2) return;
  const taken = new Map<string, StringNode>();
  for (const { kind, names } of handlers) {
    const late = names.filter(({ value }) => takerOf(value, taken) !== undefined);
    const [node] = late;
    const taker = node && takerOf(node.value, taken);
    if (node && taker) {
      const isSame = taker.value === node.value;
      yield {
        start: node.start,
        end: node.end,
        code:
          kind === 'retry'
            ? 'retry/shadowed-retrier'
            : isSame
              ? 'catch/shadowed-catcher'
              : 'catch/taskfailed-shadows-custom',
        message: messageOf(late, kind, isSame),
        state: state.pointer,
        tags: ['unnecessary'],
        related: [{ start: taker.start, end: taker.end, message: say`'${taker.value}' is taken here.` }],
      };
    }
    for (const name of names) if (!taken.has(name.value)) taken.set(name.value, name);
  }
}

function messageOf(late: readonly StringNode[], kind: ErrorHandler['kind'], isSame: boolean): Message {
  const handler = kind === 'retry' ? 'Retrier' : 'Catcher';
  const names = allOf(late.map(({ value }) => `'${value}'`));
  if (late.length === 1) {
    return isSame
      ? say`${names} never gets here: an earlier ${handler} takes it.`
      : say`${names} never gets here: an earlier ${handler} takes it with 'States.TaskFailed'.`;
  }
  return isSame
    ? say`${names} never get here: an earlier ${handler} takes them.`
    : say`${names} never get here: an earlier ${handler} takes them with 'States.TaskFailed'.`;
}

/** The earlier name that takes the error. */
function takerOf(name: string, taken: ReadonlyMap<string, StringNode>): StringNode | undefined {
  return taken.get(name) ?? (isTaskError(name) ? taken.get('States.TaskFailed') : undefined);
}

/** What `States.TaskFailed` stands for, as far as it is certain: errors of tasks, which have names of their own. */
function isTaskError(name: string): boolean {
  return !name.startsWith('States.');
}
