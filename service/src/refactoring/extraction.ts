import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { expressScopes } from '#core/analysis/expressScopes.ts';
import type { Scope, State, Transition } from '#core/model/stateMachine.ts';
import { walk, type PropertyNode } from '#core/syntax/node.ts';
import { say, type Message } from '#core/text/message.ts';
import { contains } from '#core/text/span.ts';
import { freeName } from '#service/freeName.ts';

/** States that can be moved into a scope of their own: one way in, one way out. What others share goes along as a copy. */
export interface Extraction {
  readonly machine: MachineAnalysis;
  readonly scope: Scope;
  /** In the order of the file. */
  readonly states: readonly State[];
  readonly entry: State;
  /** In the order of the flow the last one. */
  readonly last: State;
  /** The state that follows; none where the scope ends with these states. */
  readonly exit: State | undefined;
  /** The transitions to `exit`, those of copies too. */
  readonly waysOut: readonly WayOut[];
  /** States that others lead to as well, such as the handlers of their errors. */
  readonly copies: readonly Copy[];
}

/** A state that is there twice then, the second time with a name of its own. */
export interface Copy {
  readonly state: State;
  readonly name: string;
}

export interface WayOut {
  readonly from: State;
  readonly transition: Transition;
}

/** What the states are to be moved into. */
export type Container = 'Parallel' | 'Map' | 'stateMachine';

/** Why something cannot be done without changing what the state machine does; for the user. */
export class Impossible {
  readonly reason: Message;

  constructor(reason: Message) {
    this.reason = reason;
  }
}

/**
 * Whether the states can be moved together so that an execution goes the same way with the same data.
 * Ways out are transitions to one state outside, or ends of the scope, not both; states that fail are no
 * way out.
 */
export function extractionOf(
  machine: MachineAnalysis,
  scope: Scope,
  states: readonly State[],
): Extraction | Impossible {
  const chosen = new Set(states);
  const broken = brokenReason(scope, states);
  if (broken !== undefined) return new Impossible(broken);
  const entries = states.filter(
    state =>
      scope.stateByName.get(scope.startAt?.value ?? '') === state ||
      machine.flow.predecessors(state).some(({ from }) => from && !chosen.has(from)),
  );
  const [entry] = entries;
  if (!entry) return new Impossible(say`Nothing leads to these states.`);
  if (entries.length > 1) {
    return new Impossible(say`Other states lead to more than one of these: ${listed(entries)}.`);
  }
  const way = wayOf(scope, states);
  const shared = way instanceof Impossible ? wayWithCopies(machine, scope, states) : undefined;
  const found = shared ?? way;
  if (found instanceof Impossible) return found;
  const ordered = machine.flow.inFlowOrder(scope).filter(state => chosen.has(state));
  return {
    machine,
    scope,
    states: scope.states.filter(state => chosen.has(state)),
    entry,
    last: ordered.at(-1) ?? entry,
    exit: found.target === undefined ? undefined : scope.stateByName.get(found.target),
    waysOut: found.waysOut,
    copies: [...(found.copied ?? [])].map(state => ({ state, name: freeName(machine, state.name) })),
  };
}

/** How an execution leaves states: to one other state, or with the scope. */
interface Way {
  readonly target: string | undefined;
  readonly waysOut: readonly WayOut[];
  readonly copied?: ReadonlySet<State>;
}

function wayOf(scope: Scope, states: readonly State[]): Way | Impossible {
  const chosen = new Set(states);
  const waysOut: WayOut[] = states.flatMap(from =>
    from.transitions.flatMap(transition => {
      const to = scope.stateByName.get(transition.target.value);
      return to && chosen.has(to) ? [] : [{ from, transition }];
    }),
  );
  const targets = [...new Set(waysOut.map(({ transition }) => transition.target.value))];
  if (targets.length > 1) return new Impossible(say`These states lead to more than one: ${quoted(targets)}.`);
  const [end] = states.filter(state => state.isTerminal && state.type !== 'Fail');
  const [target] = targets;
  if (end && target !== undefined) {
    return new Impossible(say`'${end.name}' ends here, while other states go on to '${target}'.`);
  }
  return { target, waysOut };
}

/** More would no longer be handlers, but the rest of the state machine. */
const mostCopies = 3;

/**
 * Where the states lead to several others, all but one of them may be small ends of their own, as the handlers of
 * errors are. With a copy of those the states have one way out.
 */
function wayWithCopies(machine: MachineAnalysis, scope: Scope, states: readonly State[]): Way | undefined {
  const chosen = new Set(states);
  const targets = new Set(
    states.flatMap(({ transitions }) =>
      transitions.flatMap(({ target }) => scope.stateByName.get(target.value) ?? []),
    ),
  );
  let best: Way | undefined;
  for (const exit of [...targets, undefined]) {
    if (exit && chosen.has(exit)) continue;
    const copied = ledTo(scope, states, exit);
    if (!copied || copied.size >= (best?.copied?.size ?? Infinity)) continue;
    // What nothing else would lead to is to be moved, and so chosen.
    const isShared = copied.size > 0 && areLedTo(machine, copied, chosen);
    const way = isShared ? wayOf(scope, [...states, ...copied]) : undefined;
    if (way && !(way instanceof Impossible)) best = { ...way, copied };
  }
  return best;
}

/** Whether others than these still lead to all of the copied states, directly or one by another. */
function areLedTo(machine: MachineAnalysis, copied: ReadonlySet<State>, chosen: ReadonlySet<State>): boolean {
  const reached = new Set<State>();
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const state of copied) {
      const isLedTo = machine.flow
        .predecessors(state)
        .some(({ from }) => from && !chosen.has(from) && (!copied.has(from) || reached.has(from)));
      if (isLedTo) reached.add(state);
    }
  }
  return reached.size === copied.size;
}

/** What the states lead to on their way, but for the exit and what is behind it; nothing where that cannot be copied. */
function ledTo(scope: Scope, states: readonly State[], exit: State | undefined): Set<State> | undefined {
  const chosen = new Set(states);
  const found = new Set<State>();
  for (const from of states) if (!collect(from)) return undefined;
  return found;

  function collect(from: State): boolean {
    return from.transitions.every(({ target }) => {
      const to = scope.stateByName.get(target.value);
      if (!to) return false;
      if (to === exit || chosen.has(to) || found.has(to)) return true;
      if (found.size === mostCopies || to.type === 'Parallel' || to.type === 'Map') return false;
      found.add(to);
      return collect(to);
    });
  }
}

/** Why what is extracted would not do the same inside of the container; nothing where it does. */
export function changeIn(extraction: Extraction, container: Container): Message | undefined {
  return (
    copyChange(extraction) ??
    variableChange(extraction, container) ??
    contextChange(extraction, container) ??
    sharedTextReason(extraction, container) ??
    (container === 'stateMachine' ? (expressReason(extraction) ?? errorChange(extraction)) : undefined)
  );
}

/** What a copy would do differently: it has another name, and variables of its own. */
function copyChange({ machine, copies }: Extraction): Message | undefined {
  for (const { state } of copies) {
    const broken = brokenReason(state.scope, [state]);
    if (broken) return broken;
    const assigned = machine.variables.all.find(({ assignments }) =>
      assignments.some(assignment => assignment.state === state),
    );
    if (assigned) return say`'${state.name}' assigns $${assigned.name} and would be there twice.`;
    const named = machine.expressions.contextPaths.find(
      ({ site, steps }) => site.state === state && (steps[0]?.name ?? 'State') === 'State',
    );
    if (named) return say`'${state.name}' reads ${named.site.text}, which would be another there.`;
    if (!standsAlone(state.property)) return say`'${state.name}' shares text with other states by an alias.`;
  }
  return undefined;
}

/** Whether nothing in it is written elsewhere, behind an alias. */
export function standsAlone(property: PropertyNode): boolean {
  if (!property.value) return true;
  for (const node of walk(property.value)) if (!contains(property, node)) return false;
  return true;
}

/** Why states cannot be moved whole. */
export function brokenReason(scope: Scope, states: readonly State[]): Message | undefined {
  if (scope.stateByName.size !== scope.states.length) return say`Two states have the same name.`;
  for (const state of states) {
    const { name, property, transitions, isTerminal } = state;
    if (state.type === 'Unknown') return say`'${name}' has no type.`;
    if (property.inherited) return say`'${name}' comes from a merge key.`;
    if (!isTerminal && transitions.length === 0) return say`'${name}' leads nowhere.`;
    const dangling = transitions.find(({ target }) => !scope.stateByName.has(target.value));
    if (dangling) return say`'${name}' leads to '${dangling.target.value}', which does not exist.`;
  }
  return undefined;
}

/**
 * Variables of the states become those of the inner scope, which nobody outside can read, and which are
 * gone when the states are entered again. A state machine of its own sees no variable of another.
 */
function variableChange(extraction: Extraction, container: Container): Message | undefined {
  const { machine, scope, states } = extraction;
  const chosen = new Set(states);
  const moved = movedIn(extraction);
  const isInside = (state: State): boolean => isWithin(state, chosen);
  for (const variable of machine.variables.all) {
    const { name, assignments, uses } = variable;
    const inside = assignments.find(({ state }) => chosen.has(state));
    if (inside) {
      const outer = uses.find(({ site }) => !isInside(site.state));
      if (outer) {
        return say`'${inside.state.name}' assigns $${name}, which '${outer.site.state.name}' reads outside of these states.`;
      }
      const other = assignments.find(({ state }) => !chosen.has(state));
      if (other) return say`$${name} is assigned in '${other.state.name}', too, outside of these states.`;
      const unsure = uses.find(({ site }) => machine.variables.certainty(variable, site.state) !== 'always');
      if (unsure) return say`In '${unsure.site.state.name}' $${name} may be the one of an earlier round.`;
    } else if (container === 'stateMachine' && isAround(variable.scope, scope)) {
      const reader = uses.find(({ site }) => isWithin(site.state, moved));
      if (reader) {
        return say`'${reader.site.state.name}' reads $${name}, which a state machine of its own cannot see.`;
      }
    }
  }
  return undefined;
}

/** A state machine of its own has a Context Object of its own, and an iteration its own item. */
function contextChange(extraction: Extraction, container: Container): Message | undefined {
  if (container === 'Parallel') return undefined;
  const { machine } = extraction;
  const chosen = movedIn(extraction);
  const own = container === 'Map' ? ['Map'] : ['Map', 'Execution', 'StateMachine'];
  for (const { site, steps } of machine.expressions.contextPaths) {
    const name = steps[0]?.name;
    if (!isWithin(site.state, chosen) || (name !== undefined && !own.includes(name))) continue;
    // The item of a Map that is moved along stays what it is.
    if (name === 'Map' && isInMapOf(site.state, chosen)) continue;
    return say`'${site.state.name}' reads ${site.text}, which would be another there.`;
  }
  return undefined;
}

/** What is written once in YAML and stands in several places by an alias. */
function sharedTextReason({ machine, scope, states }: Extraction, container: Container): Message | undefined {
  if (machine.analysis.source.format !== 'yaml') return undefined;
  const chosen = new Set(states);
  const indexes = states.map(state => scope.states.indexOf(state));
  const isTogether = Math.max(...indexes) - Math.min(...indexes) === states.length - 1;
  if (isTogether && container !== 'stateMachine') return undefined;
  for (const state of scope.states) {
    for (const node of walk(state.node)) {
      const home = scope.states.find(
        ({ property }) => property.start <= node.start && node.end <= property.end,
      );
      if (home === state || (home && chosen.has(home) === chosen.has(state))) continue;
      if (!chosen.has(state) && !(home && chosen.has(home))) continue;
      return say`'${state.name}' shares text with other states by an alias.`;
    }
  }
  return undefined;
}

/** An Express workflow cannot wait for another one. */
function expressReason({ machine, scope }: Extraction): Message | undefined {
  return expressScopes(machine).has(scope)
    ? say`An Express workflow cannot wait for another state machine.`
    : undefined;
}

/** Whatever fails in a state machine of its own is `States.TaskFailed` to the one that started it. */
function errorChange(extraction: Extraction): Message | undefined {
  const { machine, scope } = extraction;
  const chosen = movedIn(extraction);
  const failing = machine.machine.states.find(state => state.type === 'Fail' && isWithin(state, chosen));
  if (failing) return say`'${failing.name}' fails with an error that would arrive as States.TaskFailed.`;
  for (let { owner } = scope; owner; owner = owner.scope.owner) {
    if (owner.retriers.length + owner.catchers.length > 0) {
      return say`'${owner.name}' handles errors, which would arrive as States.TaskFailed.`;
    }
  }
  return undefined;
}

/** The states with those that go along as copies. */
function movedIn({ states, copies }: Extraction): ReadonlySet<State> {
  return new Set([...states, ...copies.map(({ state }) => state)]);
}

/** Whether the state is one of these or inside of one. */
export function isWithin(state: State, states: ReadonlySet<State>): boolean {
  for (let at: State | undefined = state; at; at = at.scope.owner) if (states.has(at)) return true;
  return false;
}

function isInMapOf(state: State, states: ReadonlySet<State>): boolean {
  for (let at: State | undefined = state; at; at = at.scope.owner) {
    if (at.type === 'Map' && isWithin(at, states)) return true;
  }
  return false;
}

function isAround(outer: Scope, inner: Scope): boolean {
  for (let at: Scope | undefined = inner; at; at = at.owner?.scope) if (at === outer) return true;
  return false;
}

function listed(states: readonly State[]): string {
  return quoted(states.map(({ name }) => name));
}

function quoted(names: readonly string[]): string {
  return names.map(name => `'${name}'`).join(', ');
}
