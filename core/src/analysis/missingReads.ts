import { pathsOf } from '#core/expressions/expression.ts';
import type { JsonPath, PathStep } from '#core/expressions/jsonPath/ast.ts';
import type { VariablePath } from '#core/expressions/jsonata/references.ts';
import { payloadSuffix } from '#core/expressions/intrinsic/payloadValue.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf, type ObjectNode, type SyntaxNode } from '#core/syntax/node.ts';
import { isPresenceTest, type ExpressionSite, type ExpressionSites } from './expressionSites.ts';
import type { Flow } from './flow.ts';
import { lookup, unknown, type KnownShape, type Shape } from './shape.ts';
import type { Shapes } from './shapes.ts';
import type { Variables } from './variables.ts';

/** A path that certainly finds nothing. */
export interface MissingRead {
  readonly site: ExpressionSite;
  /** `$.order`, up to the step that finds nothing. */
  readonly path: string;
  readonly step: PathStep;
  /** What the step finds nothing in. */
  readonly inside: KnownShape;
}

/**
 * The paths that lead to members the data cannot have there: those of JSONPath, and JSONata that is
 * nothing but such a path, since nothing as the value of a whole expression is an error.
 */
export function findMissingReads(
  sites: ExpressionSites,
  variables: Variables,
  flow: Flow,
  shapes: Shapes,
): readonly MissingRead[] {
  const found: MissingRead[] = [];
  const doubts = new Doubts(sites, variables, flow);
  for (const site of sites.jsonPath) {
    if (site.isDeferred || site.text === '$' || site.grammar === 'resultPath') continue;
    const { expression } = site;
    if (expression.errors.length > 0) continue;
    for (const path of pathsOf(expression)) {
      if (!doubts.mayMiss(site, path) || !flow.isReachable(site.state)) continue;
      const target = shapes.lookupPath(site, path);
      if (target?.kind !== 'missing' || isPresenceTested(site, sites)) continue;
      const { step, inside } = target;
      found.push({ site, path: site.text.slice(path.start, step.end), step, inside });
    }
  }
  for (const { site, expression } of sites.readableJsonata) {
    const [path] = expression.references.paths;
    if (!path || path.start !== 0 || path.end !== site.text.length) continue;
    const read = wholePath(path);
    if (!read || !doubts.mayMissIn(site, read) || !flow.isReachable(site.state)) continue;
    const target = lookup(rootShape(read, site, variables, shapes), read.steps);
    // JSONata reads members of arrays item by item, so only objects are certain.
    if (target.kind !== 'missing' || target.inside.kind !== 'object') continue;
    found.push({ site, path: site.text.slice(0, target.step.end), step: target.step, inside: target.inside });
  }
  return found;
}

/** `$states.input.order.id` or `$order.id`, without filters. */
interface WholePath {
  /** The variable; none for the state input. */
  readonly variable: string | undefined;
  readonly steps: readonly PathStep[];
}

function wholePath({ variable, members }: VariablePath): WholePath | undefined {
  if (variable.scope !== undefined || members.some(({ isFiltered }) => isFiltered)) return undefined;
  const isInput = variable.name === 'states';
  if (isInput && members[0]?.name !== 'input') return undefined;
  const steps = members.slice(isInput ? 1 : 0).map(({ name, start, end }): PathStep => {
    const nameRange = { start, end };
    return { kind: 'child', name, nameRange, start, end };
  });
  return { variable: isInput ? undefined : variable.name, steps };
}

function rootShape(
  { variable }: WholePath,
  site: ExpressionSite,
  variables: Variables,
  shapes: Shapes,
): Shape {
  if (variable === undefined) return shapes.inputOf(site.state);
  const found = variables.resolve(variable, site.state);
  return found ? shapes.variableShape(found) : unknown;
}

/** What may replace or narrow the data of a scope, by its fields alone. */
interface ClosingFields {
  /** Something gives a document of which all members are known. */
  readonly isRootClosed: boolean;
  /** Members that ResultPath gives such a value. */
  readonly closedNames: ReadonlySet<string>;
}

/**
 * Tells which paths are worth a look at the shapes. In most state machines results are added to an input
 * that nobody knows, and then nothing can be said to be missing; that much is seen without any shape.
 */
class Doubts {
  readonly #sites: ExpressionSites;
  readonly #variables: Variables;
  readonly #flow: Flow;
  readonly #fields = new Map<Scope, ClosingFields>();
  #last: { readonly state: State; readonly narrows: boolean } | undefined;

  constructor(sites: ExpressionSites, variables: Variables, flow: Flow) {
    this.#sites = sites;
    this.#variables = variables;
    this.#flow = flow;
  }

  mayMiss({ state, field }: ExpressionSite, path: JsonPath): boolean {
    const { origin, steps } = path;
    if (steps.length === 0 || origin.kind === 'context' || origin.kind === 'item') return false;
    if (origin.kind === 'variable') return this.#isKnownVariable(origin.name, state);
    const works = state.type === 'Parallel' || state.type === 'Map' || state.type === 'Pass';
    if (field === 'ResultSelector' || field === 'Assign') return works;
    return this.#mayMissIn(state, steps);
  }

  mayMissIn({ state }: ExpressionSite, { variable, steps }: WholePath): boolean {
    if (steps.length === 0) return false;
    return variable === undefined ? this.#mayMissIn(state, steps) : this.#isKnownVariable(variable, state);
  }

  #isKnownVariable(name: string, state: State): boolean {
    const variable = this.#variables.resolve(name, state);
    return variable?.assignments.some(({ property }) => !isEvaluated(property.value)) ?? false;
  }

  #mayMissIn(state: State, steps: readonly PathStep[]): boolean {
    if (this.#narrowsInput(state)) return true;
    const [first] = steps;
    const { isRootClosed, closedNames } = this.#fieldsOf(state.scope);
    if (isRootClosed) return !this.#isSelected(state.scope, steps);
    return first?.kind === 'child' && closedNames.has(first.name);
  }

  /** Paths come state by state, so that one answer serves many. */
  #narrowsInput(state: State): boolean {
    if (this.#last?.state !== state) {
      const narrows = propertyOf(state.node, 'InputPath') !== undefined || this.#getsErrorOutput(state);
      this.#last = { state, narrows };
    }
    return this.#last.narrows;
  }

  /** Whether only Catchers lead here that put the Error Output in the place of the input. */
  #getsErrorOutput(state: State): boolean {
    const references = this.#flow.predecessors(state);
    return (
      references.length > 0 &&
      references.every(
        ({ kind, transition }) =>
          kind === 'Catch' &&
          transition !== undefined &&
          !propertyOf(transition.node, 'ResultPath') &&
          !propertyOf(transition.node, 'Output'),
      )
    );
  }

  /** Whether the path leads to a member of the ItemSelector around, which nothing inside replaces. */
  #isSelected({ owner, states }: Scope, steps: readonly PathStep[]): boolean {
    const [first, second] = steps;
    if (owner?.type !== 'Map' || first?.kind !== 'child') return false;
    const selector = valueOf(owner.node, 'ItemSelector') ?? valueOf(owner.node, 'Parameters');
    if (
      selector?.kind !== 'object' ||
      states.some(state => closesRoot(state) || closedNamesOf(state).includes(first.name))
    )
      return false;
    const evaluated = valueOf(selector, `${first.name}${payloadSuffix}`);
    if (!second) return evaluated !== undefined || propertyOf(selector, first.name) !== undefined;
    const expression = evaluated?.kind === 'string' ? this.#sites.siteOf(evaluated)?.expression : undefined;
    if (expression?.kind !== 'path' || !expression.path) return false;
    const { path } = expression;
    return path.origin.kind === 'document'
      ? !this.#mayMissIn(owner, path.steps)
      : path.origin.kind === 'context' && this.#hasOpenItems(owner);
  }

  #hasOpenItems(map: State): boolean {
    const items = valueOf(map.node, 'ItemsPath');
    const expression = items?.kind === 'string' ? this.#sites.siteOf(items)?.expression : undefined;
    return (
      expression?.kind === 'path' &&
      expression.path !== undefined &&
      !this.#mayMissIn(map, expression.path.steps)
    );
  }

  #fieldsOf(scope: Scope): ClosingFields {
    const known = this.#fields.get(scope);
    if (known) return known;
    const { owner } = scope;
    const closedNames = new Set<string>();
    let isRootClosed =
      owner !== undefined &&
      (owner.type === 'Map' ||
        propertyOf(owner.node, 'Parameters') !== undefined ||
        propertyOf(owner.node, 'InputPath') !== undefined ||
        owner.queryLanguage === 'JSONata' ||
        this.#fieldsOf(owner.scope).isRootClosed);
    for (const state of scope.states) {
      isRootClosed ||= closesRoot(state);
      for (const name of closedNamesOf(state)) closedNames.add(name);
    }
    if (owner?.type === 'Parallel')
      for (const name of this.#fieldsOf(owner.scope).closedNames) closedNames.add(name);
    const fields = { isRootClosed, closedNames };
    this.#fields.set(scope, fields);
    return fields;
  }
}

/** Whether the state may give an output of which all members are known. */
function closesRoot(state: State): boolean {
  const { node, queryLanguage } = state;
  if (queryLanguage === 'JSONata') {
    return (
      state.type === 'Parallel' ||
      state.type === 'Map' ||
      [node, ...state.catchers, ...(state.type === 'Choice' ? state.rules.map(rule => rule.node) : [])].some(
        part => isClosedOutput(valueOf(part, 'Output')),
      )
    );
  }
  if (propertyOf(node, 'OutputPath')) return true;
  return givesKnownResult(node, state.type) && !propertyOf(node, 'ResultPath');
}

/** The members of the data that the state or its Catchers give a value of which something is known. */
function closedNamesOf({ node, type, catchers, queryLanguage }: State): readonly string[] {
  if (queryLanguage === 'JSONata') return [];
  const givers = givesKnownResult(node, type) ? [node, ...catchers] : catchers;
  return givers.flatMap(giver => {
    const resultPath = valueOf(giver, 'ResultPath');
    if (resultPath?.kind !== 'string') return [];
    return /^\$\.?(?:\[')?([^.[\]']+)/.exec(resultPath.value)?.[1] ?? [];
  });
}

function givesKnownResult(node: ObjectNode, type: State['type']): boolean {
  if (type === 'Parallel' || type === 'Map') return true;
  if (type === 'Task') return propertyOf(node, 'ResultSelector') !== undefined;
  if (type !== 'Pass') return false;
  return ['Result', 'Parameters', 'InputPath'].some(field => propertyOf(node, field) !== undefined);
}

function isClosedOutput(output: SyntaxNode | undefined): boolean {
  if (!output) return false;
  return output.kind !== 'string' || !/^\{%[^{['"]*%\}$/.test(output.value);
}

function isEvaluated(value: SyntaxNode | undefined): boolean {
  return value?.kind === 'string' && /^(?:\$|States\.|\{%[^{['"]*%\}$)/.test(value.value);
}

/** A rule of the same Choice tests for presence, so the others are not asked in vain. */
function isPresenceTested({ state }: ExpressionSite, sites: ExpressionSites): boolean {
  return state.type === 'Choice' && sites.of(state).some(isPresenceTest);
}
