import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { JsonataExpression } from '#core/expressions/expression.ts';
import type { PathMember } from '#core/expressions/jsonata/references.ts';

/** What `$states` can have. */
export const statesMembers: readonly string[] = ['input', 'context', 'result', 'errorOutput'];

/** The member that each `$states.…` of an expression reads. */
export function* statesPaths(expression: JsonataExpression): Generator<PathMember> {
  for (const { variable, members } of expression.references.paths) {
    const [member] = members;
    if (variable.name === 'states' && variable.scope === undefined && member) yield member;
  }
}

/** Whether `$states.result` has a value: in Output and Assign of states that do work. */
export function hasResult({ state, part, field }: ExpressionSite): boolean {
  const works = state.type === 'Task' || state.type === 'Map' || state.type === 'Parallel';
  return works && part.kind === 'state' && (field === 'Output' || field === 'Assign');
}

/** Whether `$states.errorOutput` has a value: in Output and Assign of a Catcher. */
export function hasErrorOutput({ part, field }: ExpressionSite): boolean {
  return part.kind === 'Catch' && (field === 'Output' || field === 'Assign');
}
