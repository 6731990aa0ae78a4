import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { expressScopes } from '#core/analysis/expressScopes.ts';
import type { Scope, State, Transition } from '#core/model/stateMachine.ts';
import { walk } from '#core/syntax/node.ts';
import { say, type Message } from '#core/text/message.ts';

/** States that can be moved into a scope of their own: one way in, one way out. */
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
  /** The transitions to `exit`. */
  readonly waysOut: readonly WayOut[];
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
  const waysOut: WayOut[] = states.flatMap(from =>
    from.transitions.flatMap(transition => {
      const to = scope.stateByName.get(transition.target.value);
      return to && chosen.has(to) ? [] : [{ from, transition }];
    }),
  );
  const targets = [...new Set(waysOut.map(({ transition }) => transition.target.value))];
  if (targets.length > 1) return new Impossible(say`These states lead to more than one: ${quoted(targets)}.`);
  const ends = states.filter(state => state.isTerminal && state.type !== 'Fail');
  const [end] = ends;
  const [target] = targets;
  if (end && target !== undefined) {
    return new Impossible(say`'${end.name}' ends here, while other states go on to '${target}'.`);
  }
  const ordered = machine.flow.inFlowOrder(scope).filter(state => chosen.has(state));
  return {
    machine,
    scope,
    states: scope.states.filter(state => chosen.has(state)),
    entry,
    last: ordered.at(-1) ?? entry,
    exit: target === undefined ? undefined : scope.stateByName.get(target),
    waysOut,
  };
}

/** Why what is extracted would not do the same inside of the container; nothing where it does. */
export function changeIn(extraction: Extraction, container: Container): Message | undefined {
  return (
    variableChange(extraction, container) ??
    contextChange(extraction, container) ??
    sharedTextReason(extraction, container) ??
    (container === 'stateMachine' ? (expressReason(extraction) ?? errorChange(extraction)) : undefined)
  );
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
function variableChange({ machine, scope, states }: Extraction, container: Container): Message | undefined {
  const chosen = new Set(states);
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
      const reader = uses.find(({ site }) => isInside(site.state));
      if (reader) {
        return say`'${reader.site.state.name}' reads $${name}, which a state machine of its own cannot see.`;
      }
    }
  }
  return undefined;
}

/** A state machine of its own has a Context Object of its own, and an iteration its own item. */
function contextChange({ machine, states }: Extraction, container: Container): Message | undefined {
  if (container === 'Parallel') return undefined;
  const chosen = new Set(states);
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
function errorChange({ machine, scope, states }: Extraction): Message | undefined {
  const chosen = new Set(states);
  const failing = machine.machine.states.find(state => state.type === 'Fail' && isWithin(state, chosen));
  if (failing) return say`'${failing.name}' fails with an error that would arrive as States.TaskFailed.`;
  for (let { owner } = scope; owner; owner = owner.scope.owner) {
    if (owner.retriers.length + owner.catchers.length > 0) {
      return say`'${owner.name}' handles errors, which would arrive as States.TaskFailed.`;
    }
  }
  return undefined;
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
