import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';
import { isGraphKnown } from './reach.ts';

/** No state of a scope ends it. */
export const noTerminalState: Rule = {
  code: 'graph/no-terminal-state',
  variants: ['graph/no-terminal-in-branch', 'graph/loop-plus-unreachable-terminal'],
  severity: 'error',
  summary: 'No state ends the state machine, branch or iteration.',
  explanation:
    'An execution ends in a Succeed or Fail state, or in a state with `"End": true`. Without one in reach it can only fail or run for ever; AWS refuses such definitions. Every branch of a Parallel and the processor of a Map need their own.',
  link: 'https://states-language.net/spec.html#terminal-state',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}}}',
  *check(analysis) {
    for (const scope of analysis.machine.scopes) {
      if (scope.states.some(state => state.isTerminal && analysis.flow.isReachable(state))) continue;
      if (!isGraphKnown(analysis, scope)) continue;
      const terminals = scope.states.filter(({ isTerminal }) => isTerminal);
      const [first] = terminals;
      const aws = { code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' };
      if (!first) {
        const place = scope.startAt ?? scope.node;
        yield {
          start: place.start,
          end: place.end,
          ...(scope.owner && { code: 'graph/no-terminal-in-branch', state: scope.owner.pointer }),
          message: scope.owner
            ? say`No state ends this part of '${scope.owner.name}'. Give one "End": true, or add a Succeed or Fail state.`
            : say`No state ends the state machine. Give one "End": true, or add a Succeed or Fail state.`,
          aws,
        };
      } else {
        yield {
          start: first.key.start,
          end: first.key.end,
          code: 'graph/loop-plus-unreachable-terminal',
          message: scope.owner
            ? say`'${first.name}' would end this part of '${scope.owner.name}', but nothing leads to it: the states before it only lead to each other.`
            : say`'${first.name}' would end the state machine, but nothing leads to it: the states before it only lead to each other.`,
          state: first.pointer,
          tags: ['unnecessary'],
          aws: {
            code: 'MISSING_TRANSITION_TARGET',
            message: `State "${first.name}" is not reachable.`,
            location: first.pointer,
          },
        };
      }
    }
  },
};
