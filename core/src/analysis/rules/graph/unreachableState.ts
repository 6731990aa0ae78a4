import type { Rule } from '#core/analysis/rule.ts';
import type { State } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';
import { isGraphKnown } from './reach.ts';

/** A state that no way from StartAt leads to. */
export const unreachableState: Rule = {
  code: 'graph/unreachable-state',
  variants: ['graph/unreachable-cycle', 'graph/unreachable-self-loop'],
  severity: 'error',
  summary: 'Nothing leads to the state.',
  explanation:
    'AWS refuses states that cannot be reached from `StartAt`. States that only lead to each other, or a state that only leads to itself, are not reached either. Lead a `Next`, `Default`, Choice Rule or Catcher here, or remove the state.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Succeed"},"B":{"Type":"Succeed"}}}',
  *check(analysis) {
    const { flow, machine } = analysis;
    for (const scope of machine.scopes) {
      if (scope.states.every(state => flow.isReachable(state)) || !isGraphKnown(analysis, scope)) continue;
      if (!scope.states.some(state => state.isTerminal && flow.isReachable(state))) continue;
      for (const state of scope.states) {
        if (flow.isReachable(state) || isDefinedTwice(state)) continue;
        const before = flow.predecessors(state).map(({ from }) => from);
        const isSelfLoop = before.length > 0 && before.every(from => from === state);
        yield {
          start: state.key.start,
          end: state.key.end,
          ...(isSelfLoop && { code: 'graph/unreachable-self-loop' }),
          ...(!isSelfLoop && before.length > 0 && { code: 'graph/unreachable-cycle' }),
          message: isSelfLoop
            ? say`State '${state.name}' cannot be reached: only itself leads to it.`
            : before.length > 0
              ? say`State '${state.name}' cannot be reached: what leads to it cannot be reached either.`
              : say`State '${state.name}' cannot be reached: nothing leads to it.`,
          state: state.pointer,
          tags: ['unnecessary'],
          fix: { kind: 'action', name: 'removeState', title: say`Remove '${state.name}'` },
          aws: {
            code: 'MISSING_TRANSITION_TARGET',
            message: `State "${state.name}" is not reachable.`,
            location: state.pointer,
          },
        };
      }
    }
  },
};

/** The second definition of a name; that is reported as such. */
function isDefinedTwice(state: State): boolean {
  return state.scope.stateByName.get(state.name) !== state;
}
