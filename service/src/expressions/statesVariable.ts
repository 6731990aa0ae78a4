import { contextMembers, type ContextMember } from '#core/language/contextObject.ts';
import type { State } from '#core/model/stateMachine.ts';

/** What `$states` may have; `result` and `errorOutput` exist in some fields of some states only. */
export const statesVariable: readonly ContextMember[] = [
  { name: 'input', doc: 'The input of the state.', type: 'any' },
  {
    name: 'result',
    doc: 'The result of the work; known in `Assign` and `Output` of the state.',
    type: 'any',
  },
  {
    name: 'errorOutput',
    doc: 'The Error Output; known in `Assign` and `Output` of a Catcher.',
    type: 'object',
    members: [
      { name: 'Error', doc: 'The Error Name.', type: 'string' },
      { name: 'Cause', doc: 'What happened, for people; often JSON text.', type: 'string' },
    ],
  },
  { name: 'context', doc: 'The Context Object.', type: 'object', members: contextMembers },
];

const withoutWork = statesVariable.filter(({ name }) => name === 'input' || name === 'context');

/** The members of `$states` in a state. */
export function statesMembers({ type }: State): readonly ContextMember[] {
  const hasResult = type === 'Task' || type === 'Parallel' || type === 'Map';
  return hasResult ? statesVariable : withoutWork;
}
