import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { RuleFinding } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import type { Assignment, Certainty, Variable, VariableUse } from '#core/analysis/variables.ts';

/** Why a variable may have no value where it is read. */
export type VariableFault = { readonly use: VariableUse } & (
  | { readonly kind: 'undefined' }
  /** Only states inside a Map or Parallel assign it, out of sight. */
  | { readonly kind: 'innerOnly'; readonly assignment: Assignment }
  /** Only the state that reads it assigns it. */
  | { readonly kind: 'sameState'; readonly assignment: Assignment }
  /** A state assigns it, but its Catcher leads here past the assignment. */
  | { readonly kind: 'lostOnCatch'; readonly assignment: Assignment }
  /** It is assigned later on, or on other ways only. */
  | { readonly kind: 'before'; readonly assignment: Assignment }
  | { readonly kind: 'onePath'; readonly assignment: Assignment }
);

/** Each use with the one reason that explains it best, so that no two rules report it. */
export function* variableFaults(machine: MachineAnalysis): Generator<VariableFault> {
  const { variables, flow } = machine;
  if (variables.uses.length === 0) return;
  const guarded = guardedNames(machine);
  for (const use of variables.uses) {
    const { variable, site, hidden } = use;
    const { state } = site;
    if (hidden || site.isDeferred || site.expression.errors.length > 0 || guarded.has(use.name)) continue;
    if (!flow.isReachable(state)) continue;
    if (!variable) {
      const assignment = assignmentInside(use, variables.all);
      yield assignment ? { use, kind: 'innerOnly', assignment } : { use, kind: 'undefined' };
      continue;
    }
    const certainty = variables.certainty(variable, state);
    if (certainty !== 'always') yield* faultOf(use, variable, certainty, machine);
  }
}

function* faultOf(
  use: VariableUse,
  variable: Variable,
  certainty: Certainty,
  { flow }: MachineAnalysis,
): Generator<VariableFault> {
  const { state } = use.site;
  const [first] = variable.assignments;
  if (!first) return;
  const lost = variable.assignments.find(
    assignment =>
      assignment.part.kind === 'state' &&
      flow.successors(assignment.state).some(({ kind, to }) => kind === 'Catch' && to === state),
  );
  if (lost) yield { use, kind: 'lostOnCatch', assignment: lost };
  else if (certainty === 'sometimes') yield { use, kind: 'onePath', assignment: first };
  else if (variable.assignments.every(assignment => assignment.state === state)) {
    yield { use, kind: 'sameState', assignment: first };
  } else yield { use, kind: 'before', assignment: first };
}

/** An assignment of that name in a scope inside those that the use can see, or beside it. */
function assignmentInside(use: VariableUse, all: readonly Variable[]): Assignment | undefined {
  return all.find(({ name }) => name === use.name)?.assignments[0];
}

/** Names whose presence the state machine tests itself: `$exists($x)`, `"Variable": "$x", "IsPresent": true`. */
function guardedNames({ expressions }: MachineAnalysis): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { text, isDeferred } of expressions.jsonata) {
    if (isDeferred || !text.includes('$exists')) continue;
    for (const [, name] of text.matchAll(/\$exists\(\s*\$([\p{ID_Start}_]\p{ID_Continue}*)/gu))
      if (name) names.add(name);
  }
  for (const { expression, location, node } of expressions.jsonPath) {
    if (!location.endsWith('/Variable') || expression.variables.length === 0) continue;
    const rule = node.parent?.kind === 'object' ? node.parent : undefined;
    if (!rule?.properties.some(({ key }) => key.value === 'IsPresent')) continue;
    for (const { name } of expression.variables) names.add(name);
  }
  return names;
}

/** Drawn under `$name`; points to the assignment that was probably thought of. */
export function variableFinding(use: VariableUse, message: string, assignment?: Assignment): RuleFinding {
  const finding = findingOn({ start: use.start - 1, end: use.end }, use.site.state, message);
  if (!assignment) return finding;
  const { start, end, state } = assignment;
  return { ...finding, related: [{ start, end, message: `'${state.name}' assigns it here.` }] };
}
