import type { FunctionArgument, JsonPath, PathStep } from '#core/expressions/jsonPath/ast.ts';
import { isDefinite, isFunctionOfScan } from '#core/expressions/jsonPath/properties.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { isJsonObject } from '#core/json.ts';
import { unreachable } from '#core/unreachable.ts';
import { describePlace, describeStep, describeSteps, describeValue } from './describe.ts';
import { missingProperty, noResults, notAnArray, notAnObject } from './messages.ts';
import { compileChain, explainChain, itemAt, memberOf } from './chain.ts';
import { compileFilter, missing } from './filter.ts';
import type { Accepts, FilterScope, NestedResult } from './filter.ts';
import { pathFunctions } from './functions.ts';
import type { PathFunction } from './functions.ts';
import { PathFailure, defaultSteps, exhausted, leadsNowhere } from './pathFailure.ts';
import type { Budget } from './pathFailure.ts';

/** A path made ready: its value in a document, or why it has none. Shares structure with the document. */
export type CompiledPath = (root: Json, budget?: Budget) => Json | PathFailure;

/**
 * Compiles a path to closures with Jayway's semantics. What the path starts from (`$`, `$$`, a
 * variable) is for the caller to choose: it hands in the root.
 *
 * A definite path gives a value or fails; all others give an array, empty when nothing matches.
 */
export function compilePath(path: JsonPath): CompiledPath {
  const follow = compileChain(path.steps);
  if (follow !== undefined) {
    return root => {
      const value = follow(root);
      return value === undefined ? explainChain(path, root) : value;
    };
  }
  const evaluate = compileNested(path, false);
  return (root, budget = { steps: defaultSteps }) => {
    const value = evaluate({ document: root, root, budget, cache: new Map() });
    return value === missing ? noResults(path) : value;
  };
}

/** What a path inside a filter or argument is applied to. */
interface Scope extends FilterScope {
  /** What the path starts from: the document, or the item under test. */
  readonly document: Json;
}

type NestedPath = (scope: Scope) => NestedResult;

type Key = string | number;

/** One evaluation. */
interface Run extends Scope {
  readonly results: Json[];
  /** Where in the document the visit is, for messages. */
  readonly place: Key[];
  /** The last item that a scan went on from to the end of the path; -1 before there is one. */
  scanned: number;
}

/** Applies a step and all behind it to a value; matches go to `results`. */
type Visit = (run: Run, value: Json) => PathFailure | undefined;

/**
 * `requireProperties` is how Jayway evaluates a path whose existence a filter asks for: a missing member
 * is then a failure even where a wildcard or scan would pass over it.
 */
function compileNested(path: JsonPath, requireProperties: boolean): NestedPath {
  if (isFunctionOfScan(path)) return compileFunctionOfScan(path);
  const follow = compileChain(path.steps);
  if (follow !== undefined) {
    return scope => {
      const value = follow(scope.document);
      return value === undefined ? missing : value;
    };
  }
  const visit = compileSteps(path.steps, requireProperties);
  const isArray = !isDefinite(path);
  return scope => {
    const run: Run = { ...scope, results: [], place: [], scanned: -1 };
    const failure = visit(run, scope.document);
    if (failure !== undefined) return failure;
    if (isArray) return run.results;
    return run.results.at(-1) ?? (run.results.length > 0 ? null : missing);
  };
}

/** `$..x.sum()`, which Jayway reads as `$.sum($..x)`. */
function compileFunctionOfScan(path: JsonPath): NestedPath {
  const last = path.steps.at(-1);
  if (last?.kind !== 'function') throw new Error('bug: the last step is no function');
  const inner: JsonPath = { ...path, steps: path.steps.slice(0, -1) };
  const argument: FunctionArgument = { kind: 'path', path: inner, start: inner.start, end: inner.end };
  const apply = compileFunction(last.name, [argument]);
  return scope => apply({ ...scope, results: [], place: [], scanned: -1 }, scope.document);
}

/** Longer paths are refused, so that none can exhaust the stack. */
const maximumSteps = 500;

/** Compiles from the last step to the first, each with what follows it. */
function compileSteps(steps: readonly PathStep[], requireProperties: boolean): Visit {
  if (steps.length > maximumSteps) return exhausted;
  const filters = steps.map(step =>
    step.kind === 'filter' ? compileFilter(step.condition, compileNested) : undefined,
  );
  const definite = definiteUpTo(steps);
  const visits: Visit[] = [];
  for (let index = steps.length - 1; index >= 0; index--) {
    const at: Position = {
      rest: steps.slice(index),
      isLeaf: index === steps.length - 1,
      isUpstreamDefinite: index <= definite,
      requireProperties,
    };
    const isBehindScan = at.isLeaf && takesMembers(steps[index]) && steps[index - 2]?.kind === 'scan';
    const end = isBehindScan ? collectScanned(steps[index - 1]) : collect;
    const [next, afterNext] = [visits[index + 1] ?? end, visits[index + 2] ?? collect];
    visits[index] = compileStep(at, next, afterNext, filters[index] ?? filters[index + 1]);
  }
  return visits[0] ?? collect;
}

function takesMembers(step: PathStep | undefined): boolean {
  return step?.kind === 'child' || step?.kind === 'wildcard';
}

/** The index of the first step that can find several values. */
function definiteUpTo(steps: readonly PathStep[]): number {
  const first = steps.findIndex((step, index) => !isDefiniteHere(step, index === steps.length - 1));
  return first === -1 ? steps.length : first;
}

/** `filter` is that of the step itself, or of the next if the step is a scan. */
function compileStep(at: Position, next: Visit, afterNext: Visit, filter: Accepts | undefined): Visit {
  const [step, target] = at.rest;
  if (step === undefined) return collect;
  switch (step.kind) {
    case 'child':
      return visitChild(step.name, describeStep(step), true, at, next);
    case 'children':
      return visitChildren(step, at, next);
    case 'index':
      return visitIndexes([step.index], at, next);
    case 'indexes':
      return visitIndexes(step.indexes, at, next);
    case 'slice':
      return visitSlice(step.from, step.to, at, next);
    case 'wildcard':
      return visitWildcard(at.requireProperties, at.isLeaf, next);
    case 'filter':
      return filter === undefined ? collect : visitFilter(filter, at, next);
    case 'scan':
      return target === undefined ? () => undefined : visitScan(target, at, next, afterNext, filter);
    case 'function':
      return visitFunction(step.name, step.arguments, at, next);
    default:
      return unreachable(step);
  }
}

function isDefiniteHere(step: PathStep, isLeaf: boolean): boolean {
  return (
    step.kind === 'child' ||
    step.kind === 'index' ||
    step.kind === 'function' ||
    (step.kind === 'children' && isLeaf)
  );
}

/** Where a step stands in its path. */
interface Position {
  /** The step and those behind it. */
  readonly rest: readonly PathStep[];
  readonly isLeaf: boolean;
  /** Whether all steps before name one place, so that a miss is a failure. */
  readonly isUpstreamDefinite: boolean;
  readonly requireProperties: boolean;
}

const collect: Visit = (run, value) => {
  run.results.push(value);
  return undefined;
};

/**
 * Behind `..[0]` Jayway takes a member only from the items with that index, and, once it has seen an array,
 * none behind another target: `$..[*].x` finds what is outside of arrays, until there is one.
 */
function collectScanned(target: PathStep | undefined): Visit {
  const index = target?.kind === 'index' ? target.index : undefined;
  return (run, value) => (run.scanned === -1 || run.scanned === index ? collect(run, value) : undefined);
}

function visitChild(
  name: string,
  fragment: string,
  isStepDefinite: boolean,
  at: Position,
  next: Visit,
): Visit {
  const isMissFatal = at.requireProperties || (!at.isLeaf && at.isUpstreamDefinite && isStepDefinite);
  return (run, value) => {
    if (!isJsonObject(value)) {
      return at.isUpstreamDefinite ? notAnObject(fragment, describePlace(run.place), value) : undefined;
    }
    const member = memberOf(value, name);
    run.place.push(name);
    const failure = member === undefined ? (isMissFatal ? miss(at, run) : undefined) : next(run, member);
    if (failure === undefined) run.place.pop();
    return failure;
  };
}

function miss(at: Position, run: Run): PathFailure {
  const place = describePlace(run.place);
  return at.isLeaf ? new PathFailure('notFound', `No results for path: ${place}`) : missingProperty(place);
}

/** At the end of a path the members are put into one object; before that each is visited for itself. */
function visitChildren(step: PathStep & { kind: 'children' }, at: Position, next: Visit): Visit {
  const names = step.names.map(each => each.name);
  const fragment = describeStep(step);
  if (!at.isLeaf) {
    const visits = names.map(name => visitChild(name, fragment, false, at, next));
    return (run, value) => {
      for (const visit of visits) {
        const failure = visit(run, value);
        if (failure !== undefined) return failure;
      }
      return undefined;
    };
  }
  return (run, value) => {
    if (!isJsonObject(value)) {
      return at.isUpstreamDefinite ? notAnObject(fragment, describePlace(run.place), value) : undefined;
    }
    const merged: [string, Json][] = [];
    for (const name of names) {
      const member = memberOf(value, name);
      if (member !== undefined) merged.push([name, member]);
      else if (at.requireProperties) {
        return missingProperty(describePlace(run.place) + fragment);
      }
    }
    return next(run, Object.fromEntries(merged));
  };
}

/** `undefined` when the step does not apply here and that is no failure. */
function arrayFor(run: Run, value: Json, at: Position): readonly Json[] | PathFailure | undefined {
  if (Array.isArray(value)) return value;
  return at.isUpstreamDefinite ? notAnArray(at.rest, describePlace(run.place), value) : undefined;
}

function visitItem(run: Run, items: readonly Json[], index: number, next: Visit): PathFailure | undefined {
  const item = itemAt(items, index);
  if (item === undefined) return undefined;
  run.place.push(index);
  const failure = next(run, item);
  if (failure === undefined) run.place.pop();
  return failure;
}

function visitIndexes(indexes: readonly number[], at: Position, next: Visit): Visit {
  return (run, value) => {
    const items = arrayFor(run, value, at);
    if (items === undefined || items instanceof PathFailure) return items;
    for (const index of indexes) {
      const failure = visitItem(run, items, index, next);
      if (failure !== undefined) return failure;
    }
    return undefined;
  };
}

/** Negative bounds count from the end if they stand alone; between two bounds each index is taken as it is. */
function visitSlice(from: number | undefined, to: number | undefined, at: Position, next: Visit): Visit {
  return (run, value) => {
    const items = arrayFor(run, value, at);
    if (items === undefined || items instanceof PathFailure) return items;
    const { length } = items;
    let start = from ?? 0;
    let end = Math.min(length, to ?? length);
    if (to === undefined) start = Math.max(0, start < 0 ? length + start : start);
    else if (from === undefined && to < 0) end = length + to;
    start = Math.max(start, -length);
    for (let index = start; index < end; index++) {
      if (--run.budget.steps < 0) return exhausted();
      const failure = visitItem(run, items, index, next);
      if (failure !== undefined) return failure;
    }
    return undefined;
  };
}

function visitWildcard(requireProperties: boolean, isLeaf: boolean, next: Visit): Visit {
  const visitItemOf = isLeaf ? collect : next;
  const visitMember: Visit = (run, member) => (--run.budget.steps < 0 ? exhausted() : next(run, member));
  const visitItems = (run: Run, items: readonly Json[]): PathFailure | undefined => {
    const { length } = run.place;
    for (let index = 0; index < items.length; index++) {
      if (--run.budget.steps < 0) return exhausted();
      run.place.push(index);
      const failure = visitItemOf(run, items[index] as Json);
      run.place.length = length;
      // Jayway passes over what leads nowhere below an item of an array, but not below a member of an object.
      if (failure !== undefined && (requireProperties || !leadsNowhere(failure))) return failure;
    }
    return undefined;
  };
  return (run, value) => {
    if (Array.isArray(value)) return visitItems(run, value);
    return isJsonObject(value) ? forEachMember(run, value, visitMember) : undefined;
  };
}

function visitFilter(accepts: Accepts, at: Position, next: Visit): Visit {
  return (run, value) => {
    if (Array.isArray(value)) {
      const items: readonly Json[] = value;
      for (let index = 0; index < items.length; index++) {
        const isAccepted = accepts(run, items[index] ?? null);
        if (isAccepted instanceof PathFailure) return isAccepted;
        const failure = isAccepted ? visitItem(run, items, index, next) : undefined;
        if (failure !== undefined) return failure;
      }
      return undefined;
    }
    if (isJsonObject(value)) {
      const isAccepted = accepts(run, value);
      if (isAccepted instanceof PathFailure) return isAccepted;
      return isAccepted ? next(run, value) : undefined;
    }
    if (!at.isUpstreamDefinite) return undefined;
    const message = `Filter: ${describeSteps(at.rest)} can not be applied to primitives. Current context is: ${describeValue(value)}`;
    return new PathFailure('invalid', message);
  };
}

/** Values are not looked into deeper than this, so that no document can exhaust the stack. */
const maximumDepth = 1000;

/**
 * `..`: the target step is applied to each value that it can apply to, parents before children.
 *
 * For arrays Jayway looks whether the target applies, and then goes on behind it with every item: so
 * `$..[0].x.y` gives the y of all items.
 */
function visitScan(
  target: PathStep,
  at: Position,
  visitTarget: Visit,
  afterTarget: Visit,
  filter: Accepts | undefined,
): Visit {
  const isTargetLeaf = at.rest.length === 2;
  const isNextLeaf = at.rest.length === 3;
  const applies = filter ?? scanPredicate(target, isTargetLeaf);
  const visitNext: Visit = (run, item) => {
    if (isNextLeaf) run.scanned = Number(run.place.at(-1));
    return afterTarget(run, item);
  };
  const visitHere = (run: Run, value: Json): PathFailure | undefined =>
    Array.isArray(value) && !isTargetLeaf ? forEachItem(run, value, visitNext) : visitTarget(run, value);
  const walk: Visit = (run, value) => {
    if (typeof value !== 'object' || value === null) return undefined;
    if (--run.budget.steps < 0 || run.place.length > maximumDepth) return exhausted();
    const isApplicable = applies(run, value);
    if (isApplicable instanceof PathFailure) return isApplicable;
    const failure = isApplicable ? visitHere(run, value) : undefined;
    if (failure !== undefined) return failure;
    return Array.isArray(value)
      ? forEachItem(run, value, walk)
      : forEachMember(run, value as JsonObject, walk);
  };
  return walk;
}

function forEachItem(run: Run, items: readonly Json[], visit: Visit): PathFailure | undefined {
  for (let index = 0; index < items.length; index++) {
    run.place.push(index);
    const failure = visit(run, items[index] as Json);
    if (failure !== undefined) return failure;
    run.place.pop();
  }
  return undefined;
}

function forEachMember(run: Run, members: JsonObject, visit: Visit): PathFailure | undefined {
  for (const name of Object.keys(members)) {
    run.place.push(name);
    const failure = visit(run, members[name] as Json);
    if (failure !== undefined) return failure;
    run.place.pop();
  }
  return undefined;
}

function scanPredicate(target: PathStep, isLeaf: boolean): Accepts {
  switch (target.kind) {
    case 'child':
      return (_, value) => isJsonObject(value) && Object.hasOwn(value, target.name);
    case 'children':
      return (_, value) =>
        isJsonObject(value) && (!isLeaf || target.names.every(each => Object.hasOwn(value, each.name)));
    case 'index':
    case 'indexes':
    case 'slice':
      return (_, value) => Array.isArray(value);
    case 'wildcard':
      return () => true;
    case 'filter':
    case 'scan':
    case 'function':
      return () => false;
    default:
      return unreachable(target);
  }
}

function visitFunction(name: string, args: readonly FunctionArgument[], at: Position, next: Visit): Visit {
  const apply = compileFunction(name, args);
  return (run, value) => {
    const result = apply(run, value);
    if (result instanceof PathFailure) return result;
    if (!at.isLeaf) run.results.push(result);
    return next(run, result);
  };
}

function compileFunction(
  name: string,
  args: readonly FunctionArgument[],
): (run: Run, value: Json) => Json | PathFailure {
  const apply = pathFunctions.get(name);
  if (apply === undefined) {
    const failure = new PathFailure('invalid', `Function with name: ${name} does not exist.`);
    return () => failure;
  }
  const [first] = args;
  if ((name === 'length' || name === 'size') && first?.kind === 'path') return lengthOf(first.path, apply);
  const readers = args.filter(each => each.kind !== 'ignored').map(compileArgument);
  return (run, value) => {
    const values: Json[] = [];
    for (const read of readers) {
      const argument = read(run);
      if (argument instanceof PathFailure) return argument;
      values.push(argument);
    }
    run.budget.steps -= Array.isArray(value) ? value.length : 1;
    return run.budget.steps < 0 ? exhausted() : apply(value, values);
  };
}

function compileArgument(argument: FunctionArgument): (run: Run) => Json | PathFailure {
  if (argument.kind === 'json') return () => argument.value;
  if (argument.kind === 'ignored') return () => null;
  const evaluate = compilePath(argument.path);
  return run => evaluate(run.root, run.budget);
}

/** `length($.a)` counts the members of what the path finds. */
function lengthOf(path: JsonPath, ofValue: PathFunction): (run: Run, value: Json) => Json | PathFailure {
  const isCounted = path.steps.length > 0 && path.steps.at(-1)?.kind !== 'function';
  const wildcard: PathStep = { kind: 'wildcard', start: path.end, end: path.end };
  const evaluate = compileNested(isCounted ? { ...path, steps: [...path.steps, wildcard] } : path, false);
  return (run, value) => {
    const found = evaluate({ ...run, document: value, root: value, cache: new Map() });
    if (found === missing) return noResults(path);
    if (found instanceof PathFailure) return found;
    return Array.isArray(found) ? found.length : ofValue(value, []);
  };
}
