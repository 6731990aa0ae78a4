import type { Rule } from '#core/analysis/rule.ts';
import type { MapState, Scope, State } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

const largestHistory = 25_000;

/** An inline Map over an array of unknown length: all its iterations write into one history. */
export const history25000Loop: Rule = {
  code: 'quota/history-25000-loop',
  severity: 'hint',
  summary: 'Many items can fill the history of the execution.',
  explanation:
    'A Standard execution fails at event 25,000 of its history, and the iterations of an inline Map all write into it. For more items, use `"Mode": "DISTRIBUTED"`: then every item has a history of its own.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-history-limit',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}}',
  *check({ machine, workflowType }) {
    if (workflowType === 'EXPRESS') return;
    for (const state of machine.states) {
      if (state.type !== 'Map' || state.isDistributed || !state.processor) continue;
      if (isInsideDistributed(state) || valueOf(state.node, 'Items')?.kind === 'array') continue;
      const events = eventsOf(state.processor) + 2;
      const place = propertyOf(state.node, 'Type')?.value ?? state.key;
      yield {
        start: place.start,
        end: place.end,
        message: say`Each item writes about ${events} events: with more than ${Math.floor(largestHistory / events)} items the history is full. A distributed Map has no such limit.`,
        state: state.pointer,
      };
    }
  },
};

function isInsideDistributed(state: State): boolean {
  for (let owner = state.scope.owner; owner; owner = owner.scope.owner) {
    if (owner.type === 'Map' && owner.isDistributed) return true;
  }
  return false;
}

/** Events if every state of the scope runs once: entered and exited, and three more for what a Task does. */
function eventsOf(scope: Scope): number {
  return scope.states.reduce((sum, state) => sum + 2 + extraEvents(state), 0);
}

function extraEvents(state: State): number {
  if (state.type === 'Task') return 3;
  if (state.type === 'Parallel') return state.branches.reduce((sum, branch) => sum + eventsOf(branch), 2);
  const inner: MapState | undefined = state.type === 'Map' && !state.isDistributed ? state : undefined;
  return inner?.processor ? eventsOf(inner.processor) + 2 : 0;
}
