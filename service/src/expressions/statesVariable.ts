import { contextMembers, type ContextMember } from '#core/language/contextObject.ts';
import type { State } from '#core/model/stateMachine.ts';

/** The members of `$states` in a state; `result` and `errorOutput` exist in some fields only. */
export function statesMembers(state: State): readonly ContextMember[] {
  const hasResult = state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map';
  return [
    { name: 'input', doc: 'The input of the state.', type: 'any' },
    ...(hasResult
      ? [
          {
            name: 'result',
            doc: 'The result of the work; known in `Assign` and `Output` of the state.',
            type: 'any',
          } as const,
          {
            name: 'errorOutput',
            doc: 'The Error Output; known in `Assign` and `Output` of a Catcher.',
            type: 'object',
            members: [
              { name: 'Error', doc: 'The Error Name.', type: 'string' },
              { name: 'Cause', doc: 'What happened, for people; often JSON text.', type: 'string' },
            ],
          } as const,
        ]
      : []),
    { name: 'context', doc: 'The Context Object.', type: 'object', members: contextMembers },
  ];
}
