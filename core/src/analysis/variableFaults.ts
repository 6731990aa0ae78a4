import type { State } from '#core/model/stateMachine.ts';
import { say, type Message } from '#core/text/message.ts';
import { isPresenceTest, type ExpressionSites } from './expressionSites.ts';
import type { Flow } from './flow.ts';
import type { StateReference } from './references.ts';
import type { RuleFinding } from './rule.ts';
import { findingOn } from './siteFindings.ts';
import type { Assignment, Certainty, Variable, Variables, VariableUse } from './variables.ts';

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
export function findVariableFaults(
  variables: Variables,
  flow: Flow,
  sites: ExpressionSites,
): readonly VariableFault[] {
  if (variables.uses.length === 0) return [];
  const faults: VariableFault[] = [];
  const behindCatch = catchFollower(flow);
  const guarded = guardedNames(sites);
  for (const use of variables.uses) {
    const { variable, site, hidden } = use;
    const { state } = site;
    if (hidden || site.isDeferred || site.expression.errors.length > 0 || guarded.has(use.name)) continue;
    if (!flow.isReachable(state)) continue;
    if (!variable) {
      const assignment = assignmentElsewhere(use, variables.all);
      faults.push(assignment ? { use, kind: 'innerOnly', assignment } : { use, kind: 'undefined' });
      continue;
    }
    // That it takes the name of an outer variable is the fault there.
    if (outerNamesake(variable, variables)) continue;
    const certainty = variables.certainty(variable, state);
    const fault = certainty === 'always' ? undefined : faultOf(use, variable, certainty, behindCatch);
    if (fault) faults.push(fault);
  }
  return faults;
}

function faultOf(
  use: VariableUse,
  variable: Variable,
  certainty: Certainty,
  behindCatch: (failed: State, state: State) => boolean,
): VariableFault | undefined {
  const { state } = use.site;
  const [first] = variable.assignments;
  if (!first) return undefined;
  const lost = variable.assignments.find(
    assignment => assignment.part.kind === 'state' && behindCatch(assignment.state, state),
  );
  if (lost) return { use, kind: 'lostOnCatch', assignment: lost };
  if (certainty === 'sometimes') return { use, kind: 'onePath', assignment: first };
  const isOwn = variable.assignments.every(assignment => assignment.state === state);
  return { use, kind: isOwn ? 'sameState' : 'before', assignment: first };
}

/** Tells whether a state is reached through a Catcher of another; what was followed once is kept. */
function catchFollower(flow: Flow): (failed: State, state: State) => boolean {
  const followed = new Map<State, ReadonlySet<State>>();
  return (failed, state) => {
    const caught = flow.successors(failed).filter(({ kind }) => kind === 'Catch');
    if (caught.some(({ to }) => to === state)) return true;
    if (caught.length === 0) return false;
    let reached = followed.get(failed);
    if (!reached) {
      // Enough to explain what people write; a bound for what machines do.
      if (followed.size >= 50) return false;
      followed.set(failed, (reached = reachedFrom(caught, flow)));
    }
    return reached.has(state);
  };
}

function reachedFrom(edges: readonly StateReference[], flow: Flow): ReadonlySet<State> {
  const reached = new Set<State>();
  const open = [...edges];
  for (let edge = open.pop(); edge; edge = open.pop()) {
    if (!edge.to || reached.has(edge.to)) continue;
    reached.add(edge.to);
    open.push(...flow.successors(edge.to));
  }
  return reached;
}

function outerNamesake({ name, scope }: Variable, variables: Variables): Variable | undefined {
  const { owner } = scope;
  return owner && !(owner.type === 'Map' && owner.isDistributed) ? variables.resolve(name, owner) : undefined;
}

/** An assignment of that name in a scope that the use cannot see. */
function assignmentElsewhere(use: VariableUse, all: readonly Variable[]): Assignment | undefined {
  return all.find(({ name }) => name === use.name)?.assignments[0];
}

/** Names whose presence the state machine tests itself: `$exists($x)`, `"Variable": "$x", "IsPresent": true`. */
function guardedNames(sites: ExpressionSites): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { text, isDeferred } of sites.jsonata) {
    if (isDeferred || !text.includes('$exists')) continue;
    for (const [, name] of text.matchAll(/\$exists\(\s*\$([\p{ID_Start}_]\p{ID_Continue}*)/gu))
      if (name) names.add(name);
  }
  for (const site of sites.jsonPath) {
    if (site.state.type !== 'Choice' || !isPresenceTest(site)) continue;
    for (const { name } of site.expression.variables) names.add(name);
  }
  return names;
}

/** Drawn under `$name`; points to the assignment that was probably thought of. */
export function variableFinding(use: VariableUse, message: Message, assignment?: Assignment): RuleFinding {
  const finding = findingOn({ start: use.start - 1, end: use.end }, use.site.state, message);
  if (!assignment) return finding;
  const { start, end, state } = assignment;
  return { ...finding, related: [{ start, end, message: say`'${state.name}' assigns it here.` }] };
}
