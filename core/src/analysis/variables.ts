import type { NamedRange } from '#core/expressions/expression.ts';
import { payloadSuffix } from '#core/expressions/intrinsic/payloadValue.ts';
import { jsonataFunctionNamed } from '#core/language/jsonataFunctions.ts';
import { lazy } from '#core/lazy.ts';
import type { Scope, State, Transition } from '#core/model/stateMachine.ts';
import type { PropertyNode } from '#core/syntax/node.ts';
import { touches, type Offset, type Span } from '#core/text/span.ts';
import {
  spanIn,
  type AssignSite,
  type ExpressionSite,
  type ExpressionSites,
  type Part,
} from './expressionSites.ts';
import type { Flow } from './flow.ts';

/** A name that states of one scope assign. The same name in another scope is another variable. */
export interface Variable {
  readonly name: string;
  readonly scope: Scope;
  readonly assignments: readonly Assignment[];
  readonly uses: readonly VariableUse[];
}

/** A member of an `Assign`; `start` and `end` are those of the name, without `.$` and quotes. */
export interface Assignment extends Span {
  readonly name: string;
  readonly variable: Variable;
  readonly state: State;
  /** The state itself, or the Catcher or Choice Rule whose `Assign` it is. */
  readonly part: Part;
  readonly property: PropertyNode;
}

/** A place that reads a variable; `start` and `end` are those of the name, without `$`. */
export interface VariableUse extends Span {
  readonly name: string;
  readonly site: ExpressionSite;
  /** What it reads: the variable of that name in the innermost scope that has one. */
  readonly variable: Variable | undefined;
  /** The variable it would read, were it not for the distributed Map between. */
  readonly hidden: Variable | undefined;
}

/** Whether a variable has a value when a state is entered: on every way there, on some, or on none. */
export type Certainty = 'always' | 'sometimes' | 'never';

/** Which `Assign` reaches which use. Rename, definition, completion and the checks read this. */
export interface Variables {
  /** In the order of their scopes. */
  readonly all: readonly Variable[];
  readonly uses: readonly VariableUse[];
  /** What expressions read inside the state, once each, sorted; what DescribeStateMachine calls its references. */
  namesUsedIn(state: State): readonly string[];
  /** The variable of that name a state can read, as its scope sees it. */
  resolve(name: string, state: State): Variable | undefined;
  certainty(variable: Variable, state: State): Certainty;
  /** The variables a state can read, inner ones first, with how sure it is that they have a value. */
  visibleAt(state: State): readonly { readonly variable: Variable; readonly certainty: Certainty }[];
  /** The assignment or use whose name the offset touches. */
  at(offset: Offset): Assignment | VariableUse | undefined;
  /** Whether the name stands in an expression that could not be read, so that nobody can say it is unused. */
  mayBeUsed(name: string): boolean;
}

/** The name that a key of `Assign` gives a value to: `total` for `total` and `total.$`. */
export function assignedName(property: PropertyNode, state: State): string {
  const { value } = property.key;
  if (state.queryLanguage === 'JSONata' || !value.endsWith(payloadSuffix)) return value;
  return value.slice(0, -payloadSuffix.length);
}

/** Whether AWS takes the name: a letter or `_`, then letters, digits and `_`, at most 80 characters, not `states`. */
export function isVariableName(name: string): boolean {
  if (!/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name) || name === 'states') return false;
  return name.length <= 80 || Array.from(name).length <= 80;
}

export function analyzeVariables(flow: Flow, sites: ExpressionSites): Variables {
  const byScope = new Map<Scope, Map<string, VariableDraft>>();
  const assignmentsOf = new Map<State, Assignment[]>();
  for (const site of sites.assigns) addAssignments(site, byScope, assignmentsOf);
  const mentioned = new Set<string>();
  const uses: VariableUse[] = [];
  for (const site of sites.all) {
    const { expression } = site;
    if (expression.errors.length > 0) {
      for (const [, name] of site.text.matchAll(/\$([\p{ID_Start}_]\p{ID_Continue}*)/gu))
        if (name) mentioned.add(name);
    }
    for (const range of expression.variables) {
      const use = resolveUse(range, site, byScope);
      if (!use) continue;
      uses.push(use);
      if (use.variable) byScope.get(use.variable.scope)?.get(use.name)?.uses.push(use);
    }
  }
  const all = [...byScope.values()].flatMap(variables => [...variables.values()]);
  const usedNames = new Set(uses.map(({ name }) => name));
  const reachOf = new Map<Scope, Reach>();
  const reach = (scope: Scope): Reach => {
    let known = reachOf.get(scope);
    if (!known) {
      const tracked = [...(byScope.get(scope)?.values() ?? [])];
      reachOf.set(scope, (known = reachIn(scope, tracked, assignmentsOf, flow)));
    }
    return known;
  };
  const certainty = (variable: Variable, state: State): Certainty => {
    const holder = ancestorIn(variable.scope, state);
    return holder ? reach(variable.scope)(variable, holder) : 'never';
  };
  const namesByState = lazy(() => {
    const names = new Map<State, Set<string>>();
    for (const { name, site } of uses) {
      const known = names.get(site.state);
      if (known) known.add(name);
      else names.set(site.state, new Set([name]));
    }
    return names;
  });
  const marks = lazy(() =>
    [...all.flatMap(variable => [...variable.assignments]), ...uses].sort((a, b) => a.start - b.start),
  );
  return {
    all,
    uses,
    namesUsedIn: state => [...(namesByState().get(state) ?? [])].sort(),
    resolve: (name, state) => find(name, state.scope, byScope).variable,
    certainty,
    visibleAt(state) {
      const visible = new Map<string, Variable>();
      for (let scope: Scope | undefined = state.scope; scope; scope = outerReadable(scope)) {
        for (const [name, variable] of byScope.get(scope) ?? [])
          if (!visible.has(name)) visible.set(name, variable);
      }
      return [...visible.values()].map(variable => ({ variable, certainty: certainty(variable, state) }));
    },
    at: offset => marks().find(mark => touches(mark, offset)),
    mayBeUsed: name => mentioned.has(name) || usedNames.has(name),
  };
}

interface VariableDraft extends Variable {
  readonly assignments: Assignment[];
  readonly uses: VariableUse[];
}

function addAssignments(
  site: AssignSite,
  byScope: Map<Scope, Map<string, VariableDraft>>,
  assignmentsOf: Map<State, Assignment[]>,
): void {
  const { state, part } = site;
  const { scope } = state;
  if (site.property.value?.kind !== 'object') return;
  let variables = byScope.get(scope);
  if (!variables) byScope.set(scope, (variables = new Map()));
  let ofState = assignmentsOf.get(state);
  if (!ofState) assignmentsOf.set(state, (ofState = []));
  for (const property of site.property.value.properties) {
    const name = assignedName(property, state);
    let variable = variables.get(name);
    if (!variable) variables.set(name, (variable = { name, scope, assignments: [], uses: [] }));
    const { key } = property;
    const span = { start: key.offsetOf(0), end: key.offsetOf(name.length) };
    const assignment: Assignment = { name, variable, state, part, property, ...span };
    variable.assignments.push(assignment);
    ofState.push(assignment);
  }
}

/** A function's name is no use of a variable, unless a variable of that name takes its place. */
function resolveUse(
  range: NamedRange,
  site: ExpressionSite,
  byScope: ReadonlyMap<Scope, ReadonlyMap<string, Variable>>,
): VariableUse | undefined {
  const { name } = range;
  const found = find(name, site.state.scope, byScope);
  const isFunction =
    site.grammar === 'jsonata' && !found.variable && jsonataFunctionNamed(name) !== undefined;
  if (isFunction) return undefined;
  return { name, site, ...found, ...spanIn(site, range.start, range.end) };
}

function find(
  name: string,
  from: Scope,
  byScope: ReadonlyMap<Scope, ReadonlyMap<string, Variable>>,
): { readonly variable: Variable | undefined; readonly hidden: Variable | undefined } {
  let isHidden = false;
  for (let scope: Scope | undefined = from; scope; scope = scope.owner?.scope) {
    const variable = byScope.get(scope)?.get(name);
    if (variable)
      return isHidden ? { variable: undefined, hidden: variable } : { variable, hidden: undefined };
    if (isDistributed(scope)) isHidden = true;
  }
  return { variable: undefined, hidden: undefined };
}

/** A child execution of a distributed Map has variables of its own only. */
function isDistributed(scope: Scope): boolean {
  return scope.owner?.type === 'Map' && scope.owner.isDistributed;
}

function outerReadable(scope: Scope): Scope | undefined {
  return isDistributed(scope) ? undefined : scope.owner?.scope;
}

/** The state itself or the Map or Parallel state around it that belongs to the scope. */
function ancestorIn(scope: Scope, state: State): State | undefined {
  let at: State | undefined = state;
  while (at && at.scope !== scope) at = at.scope.owner;
  return at;
}

type Reach = (variable: Variable, state: State) => Certainty;

/**
 * Follows the assignments of one scope along its edges, one bit per variable: which are set on every
 * way to a state, and which on some. A state's own `Assign` goes along `Next` and `Default`, that of a
 * Catcher or Choice Rule along its own `Next`.
 */
function reachIn(
  scope: Scope,
  variables: readonly Variable[],
  assignmentsOf: ReadonlyMap<State, readonly Assignment[]>,
  flow: Flow,
): Reach {
  const read = variables.filter(variable => variable.uses.length > 0);
  const bitOf = new Map<Variable, number>(read.map((variable, bit) => [variable, bit]));
  const order = flow.inFlowOrder(scope);
  const indexOf = new Map<State, number>(order.map((state, index) => [state, index]));
  const width = Math.max(1, (read.length + 31) >> 5);
  const always = new Uint32Array(order.length * width).fill(0xffff_ffff);
  const sometimes = new Uint32Array(order.length * width);
  const start = scope.startAt && scope.stateByName.get(scope.startAt.value);
  const startIndex = start && indexOf.get(start);
  if (startIndex !== undefined) always.fill(0, startIndex * width, (startIndex + 1) * width);
  const edges = order.flatMap((state, from) => {
    if (!flow.isReachable(state)) return [];
    const assignments = assignmentsOf.get(state);
    return flow.successors(state).flatMap(({ to, transition }) => {
      const target = to && indexOf.get(to);
      if (target === undefined || !transition) return [];
      return [
        { from: from * width, to: target * width, bits: bitsAlong(transition, state, assignments, bitOf) },
      ];
    });
  });
  const added = new Uint32Array(width);
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const { from, to, bits } of edges) {
      for (const bit of bits) added[bit >> 5] = (added[bit >> 5] ?? 0) | (1 << (bit & 31));
      for (let word = 0; word < width; word++) {
        const more = added[word] ?? 0;
        const before = always[to + word] ?? 0;
        const after = (before & ((always[from + word] ?? 0) | more)) >>> 0;
        const beforeSome = sometimes[to + word] ?? 0;
        const afterSome = (beforeSome | (sometimes[from + word] ?? 0) | more) >>> 0;
        if (after === before && afterSome === beforeSome) continue;
        always[to + word] = after;
        sometimes[to + word] = afterSome;
        isChanged = true;
      }
      for (const bit of bits) added[bit >> 5] = 0;
    }
  }
  const isSet = (set: Uint32Array, index: number, bit: number): boolean =>
    (((set[index * width + (bit >> 5)] ?? 0) >>> (bit & 31)) & 1) === 1;
  return (variable, state) => {
    const bit = bitOf.get(variable);
    const index = indexOf.get(state);
    if (bit === undefined || index === undefined) return 'never';
    if (isSet(always, index, bit)) return 'always';
    return isSet(sometimes, index, bit) ? 'sometimes' : 'never';
  };
}

function bitsAlong(
  transition: Transition,
  state: State,
  assignments: readonly Assignment[] | undefined,
  bitOf: ReadonlyMap<Variable, number>,
): readonly number[] {
  if (!assignments) return [];
  const bits: number[] = [];
  for (const { part, variable } of assignments) {
    const bit = bitOf.get(variable);
    if (bit !== undefined && isAlong(part, transition, state)) bits.push(bit);
  }
  return bits;
}

/** Whether the `Assign` of that part is done on the way that the transition takes. */
function isAlong(part: Part, transition: Transition, state: State): boolean {
  switch (transition.kind) {
    case 'Catch':
      return part.kind === 'Catch' && part.index === transition.index;
    case 'Choice':
      return part.kind === 'Choices' && part.index === transition.index;
    case 'Default':
      return part.kind === 'state';
    case 'Next':
      return part.kind === 'state' && state.type !== 'Choice';
    default:
      return transition.kind satisfies never;
  }
}
