import type { Filter, JsonataNode, PathNode, SortNode, Stage } from '#core/expressions/jsonata/ast.ts';
import { asKey } from '../asKey.ts';
import type { Evaluator } from './callable.ts';
import { Failure } from './failure.ts';
import type { Frame } from './frame.ts';
import { compileGroup, type GroupEvaluator } from './groups.ts';
import { isNumeric, truthOf } from './operators.ts';
import type { Run } from './run.ts';
import { keepSingleton, pushStepResult } from './sequences.ts';
import { mergeSort } from './mergeSort.ts';
import { frameOf, joinBindings, TupleStream, withBinding, type Tuple } from './tuple.ts';
import {
  isArray,
  isConstructed,
  isObject,
  isSequence,
  newSequence,
  sequenceOf,
  valueOf,
  type OwnArray,
  type Value,
  type ValueArray,
} from './value.ts';

/** What the compiler of the whole expression offers to its parts. */
export interface Compiler {
  /** For a node that is evaluated whenever the node around it is. */
  compile(node: JsonataNode): Evaluator;
  /** For one that may not be: how deep it goes is measured when it is. */
  compileConditional(node: JsonataNode): Evaluator;
  /** Whether this expression gives the name a value anywhere. */
  declares(name: string): boolean;
}

/** Compiles a location path; plain ones run without a tuple, and `$a.b.c` without a sequence. */
export function compilePath(node: PathNode, compiler: Compiler): Evaluator {
  const group = node.group && compileGroup(node.group.pairs, part => compiler.compileConditional(part));
  if (node.steps.some(step => step.tuple)) return compileTuplePath(node, group, compiler);
  return compileMemberPath(node, compiler) ?? compilePlainPath(node, group, compiler);
}

type Step = (input: ValueArray, frame: Frame | undefined, run: Run) => Value;

/** `$variable.a.b.c`: follows the members as long as objects have them; arrays go the general way. */
function compileMemberPath(node: PathNode, compiler: Compiler): Evaluator | undefined {
  const [first, ...rest] = node.steps;
  if (first?.kind !== 'variable' || !isUndecorated(first)) return undefined;
  if (node.group !== undefined || node.keepSingletonArray) return undefined;
  const members: string[] = [];
  for (const step of rest) {
    if (step.kind !== 'name' || !isUndecorated(step)) return undefined;
    members.push(asKey(step.name));
  }
  const root = compiler.compile(first);
  const general = compilePlainPath(node, undefined, compiler);
  return (input, frame, run) => {
    let value = root(input, frame, run);
    for (const member of members) {
      if (value === undefined || typeof value !== 'object') return undefined;
      if (!isObject(value)) return isArray(value) ? general(input, frame, run) : undefined;
      value = valueOf(value, member);
    }
    // A sequence stored in a value is taken apart by the last step.
    return isArray(value) && value.flags !== undefined ? general(input, frame, run) : value;
  };
}

function isUndecorated(step: JsonataNode): boolean {
  return (
    step.stages.length === 0 && step.predicates.length === 0 && step.group === undefined && !step.keepArray
  );
}

function compilePlainPath(node: PathNode, group: GroupEvaluator | undefined, compiler: Compiler): Evaluator {
  const { keepSingletonArray } = node;
  const first = node.steps[0];
  const startsAtVariable = first?.kind === 'variable';
  const startsConstructed = isConstructor(first);
  const steps: readonly Step[] = node.steps.map((step, index) =>
    index === 0 && startsConstructed
      ? compiler.compile(step)
      : compileStep(step, index, index === node.steps.length - 1, compiler),
  );
  return (input, frame, run) => {
    let found: Value;
    let sequence: ValueArray = isArray(input) && !startsAtVariable ? input : sequenceOf(input);
    for (const step of steps) {
      found = step(sequence, frame, run);
      if (found === undefined) break;
      // What is no array has nothing to step through.
      sequence = isArray(found) ? found : [];
      if (isArray(found) && found.length === 0) break;
    }
    if (keepSingletonArray) found = kept(found);
    return group ? group(found, frame, run) : found;
  };
}

/** Wraps an array that was constructed as one thing, so that `[]` keeps it one. */
function kept(found: Value): Value {
  if (isArray(found) && isConstructed(found) && !isSequence(found)) return keepSingleton(sequenceOf(found));
  return keepSingleton(found);
}

function isConstructor(step: JsonataNode | undefined): boolean {
  return (step?.kind === 'array' || step?.kind === 'block') && step.consarray;
}

function compileStep(step: JsonataNode, index: number, isLast: boolean, compiler: Compiler): Step {
  if (step.kind === 'sort') return compileSortStep(step, compiler);
  const evaluate = index === 0 ? compiler.compile(step) : compiler.compileConditional(step);
  const filters = step.stages
    .filter(stage => stage.kind === 'filter')
    .map(stage => compileFilter(stage, compiler));
  const valueFor: Evaluator =
    filters.length === 0
      ? evaluate
      : (input, frame, run) => {
          let value = evaluate(input, frame, run);
          for (const filter of filters) value = filter(value, frame, run);
          return value;
        };
  return (input, frame, run) => {
    if (input.length === 1) {
      const value = valueFor(input[0], frame, run);
      if (isLast && isArray(value) && !isSequence(value)) return value;
      const found = newSequence();
      if (value !== undefined) pushStepResult(found, value, run);
      return found;
    }
    const values: OwnArray = [];
    for (const item of input) {
      run.step();
      const value = valueFor(item, frame, run);
      if (value !== undefined) values.push(value);
    }
    const only = values[0];
    if (isLast && values.length === 1 && isArray(only) && !isSequence(only)) return only;
    const found = newSequence();
    for (const value of values) pushStepResult(found, value, run);
    return found;
  };
}

/** Filters a value by a condition, or by position where the condition is a number. */
export function compileFilter(filter: Filter, compiler: Compiler): Evaluator {
  const { condition } = filter;
  if (condition.kind === 'number') return atPosition(Math.floor(condition.value));
  const evaluate = compiler.compileConditional(condition);
  return (input, frame, run) => {
    if (input instanceof TupleStream)
      return new TupleStream(filterTuples(input.tuples, evaluate, frame, run));
    const items = isArray(input) ? input : [input];
    const found = newSequence();
    for (let index = 0; index < items.length; index++) {
      run.step();
      const item = items[index];
      const times = matches(evaluate(item, frame, run), index, items.length, run);
      for (let time = 0; time < times; time++) run.push(found, item);
    }
    return found;
  };
}

function atPosition(position: number): Evaluator {
  return (input, _frame, run) => {
    if (input instanceof TupleStream) {
      const tuple = input.tuples.at(position);
      return new TupleStream(tuple ? [tuple] : []);
    }
    const items = isArray(input) ? input : [input];
    const item = items[position < 0 ? items.length + position : position];
    if (isArray(item)) return item;
    const found = newSequence();
    if (item !== undefined) run.push(found, item);
    return found;
  };
}

function filterTuples(
  tuples: readonly Tuple[],
  evaluate: Evaluator,
  frame: Frame | undefined,
  run: Run,
): readonly Tuple[] {
  const found: Tuple[] = [];
  for (const [index, tuple] of tuples.entries()) {
    run.step();
    const condition = evaluate(tuple.context, frameOf(tuple, frame), run);
    const times = matches(condition, index, tuples.length, run);
    for (let time = 0; time < times; time++) found.push(tuple);
  }
  return found;
}

/** How often an item is taken: by truth once, by position as often as its index is named. */
function matches(condition: Value, index: number, length: number, run: Run): number {
  if (typeof condition === 'boolean') return condition ? 1 : 0;
  if (isNumeric(condition)) return isAt(condition, index, length) ? 1 : 0;
  if (!isArray(condition) || !condition.every(isNumeric)) return truthOf(condition, run) ? 1 : 0;
  run.work(condition.length);
  return condition.filter(position => isNumeric(position) && isAt(position, index, length)).length;
}

function isAt(position: number, index: number, length: number): boolean {
  const floor = Math.floor(position);
  return (floor < 0 ? length + floor : floor) === index;
}

function compileSortStep(step: SortNode, compiler: Compiler): Step {
  const sort = compileSort(step, compiler);
  const filters = step.stages
    .filter(stage => stage.kind === 'filter')
    .map(stage => compileFilter(stage, compiler));
  return (input, frame, run) => {
    let sorted: Value = sort(
      input,
      item => item,
      () => frame,
      run,
    );
    for (const filter of filters) sorted = filter(sorted, frame, run);
    return sorted;
  };
}

type SortItems = <T>(
  items: readonly T[],
  contextOf: (item: T) => Value,
  frameFor: (item: T) => Frame | undefined,
  run: Run,
) => readonly T[];

function compileSort(step: SortNode, compiler: Compiler): SortItems {
  const terms = step.terms.map(term => ({
    evaluate: compiler.compileConditional(term.expression),
    descending: term.descending,
  }));
  return (items, contextOf, frameFor, run) =>
    mergeSort(items, run, (a, b) => {
      for (const term of terms) {
        const first = term.evaluate(contextOf(a), frameFor(a), run);
        const second = term.evaluate(contextOf(b), frameFor(b), run);
        const order = compareTerms(first, second, term.descending);
        if (order !== 0) return order > 0;
      }
      return false;
    });
}

/** Values without the term come last, in both directions. */
function compareTerms(first: Value, second: Value, descending: boolean): number {
  if (first === undefined) return second === undefined ? 0 : 1;
  if (second === undefined) return -1;
  const isOrdered = (value: Value): value is string | number =>
    typeof value === 'string' || typeof value === 'number';
  if (!isOrdered(first) || !isOrdered(second)) {
    throw new Failure('T2008', { value: isOrdered(first) ? second : first });
  }
  if (typeof first !== typeof second) throw new Failure('T2007', { value: first, value2: second });
  if (first === second) return 0;
  const order = first < second ? -1 : 1;
  return descending ? -order : order;
}

type TupleStep = (
  input: ValueArray,
  tuples: readonly Tuple[] | undefined,
  frame: Frame | undefined,
  run: Run,
) => readonly Tuple[];

/** A path in which `@`, `#` or `%` need to know where a value came from. */
function compileTuplePath(node: PathNode, group: GroupEvaluator | undefined, compiler: Compiler): Evaluator {
  const { keepSingletonArray, tuple: keepsTuples } = node;
  const startsAtVariable = node.steps[0]?.kind === 'variable';
  const firstTuple = node.steps.findIndex(step => step.tuple);
  const plain: Step[] = [];
  const tupled: { readonly step: TupleStep; readonly movesOn: boolean }[] = [];
  for (const [index, step] of node.steps.entries()) {
    if (index === 0 && isConstructor(step)) {
      plain.push(compiler.compile(step));
    } else if (index < firstTuple) {
      plain.push(compileStep(step, index, index === node.steps.length - 1, compiler));
    } else {
      tupled.push({ step: compileTupleStep(step, compiler), movesOn: step.focus === undefined });
    }
  }
  return (input, frame, run) => {
    let sequence: ValueArray = isArray(input) && !startsAtVariable ? input : sequenceOf(input);
    for (const step of plain) {
      const found = step(sequence, frame, run);
      sequence = isArray(found) ? found : [];
      if (sequence.length === 0) return group ? group(found, frame, run) : found;
    }
    let tuples: readonly Tuple[] | undefined;
    for (const { step } of tupled) tuples = step(sequence, tuples, frame, run);
    const stream = new TupleStream(tuples ?? []);
    if (group) return group(stream, frame, run);
    if (keepsTuples) return stream;
    const found = newSequence();
    for (const tuple of stream.tuples) run.push(found, tuple.context);
    return keepSingletonArray ? keepSingleton(found) : found;
  };
}

function compileTupleStep(step: JsonataNode, compiler: Compiler): TupleStep {
  const stages = step.stages.map(stage => compileTupleStage(stage, compiler));
  const advance = step.kind === 'sort' ? compileTupleSort(step, compiler) : compileTupleMove(step, compiler);
  return (input, tuples, frame, run) => {
    let result = advance(input, tuples, frame, run);
    for (const stage of stages) result = stage(result, frame, run);
    return result;
  };
}

function compileTupleSort(step: SortNode, compiler: Compiler): TupleStep {
  const sort = compileSort(step, compiler);
  const index = step.index?.name;
  return (input, tuples, frame, run) => {
    if (tuples)
      return sort(
        tuples,
        tuple => tuple.context,
        tuple => frameOf(tuple, frame),
        run,
      );
    const sorted = sort(
      input,
      item => item,
      () => frame,
      run,
    );
    return sorted.map((context, position) => ({
      context,
      bindings: index === undefined ? undefined : withBinding(undefined, index, position),
    }));
  };
}

function compileTupleMove(step: JsonataNode, compiler: Compiler): TupleStep {
  const evaluate = compiler.compileConditional(step);
  const focus = step.focus?.name;
  const index = step.index?.name;
  const ancestor = step.ancestor?.label;
  return (input, tuples, frame, run) => {
    const before: readonly Tuple[] = tuples ?? input.map(context => ({ context, bindings: undefined }));
    const after: Tuple[] = [];
    for (const tuple of before) {
      run.step();
      const value = evaluate(tuple.context, frameOf(tuple, frame), run);
      if (value === undefined) continue;
      if (value instanceof TupleStream) {
        run.work(value.tuples.length);
        for (const inner of value.tuples) {
          after.push({ context: inner.context, bindings: joinBindings(inner.bindings, tuple.bindings) });
        }
        continue;
      }
      const items = isArray(value) ? value : [value];
      run.work(items.length);
      for (const [position, item] of items.entries()) {
        let { bindings } = tuple;
        if (focus !== undefined) bindings = withBinding(bindings, focus, item);
        if (index !== undefined) bindings = withBinding(bindings, index, position);
        if (ancestor !== undefined) bindings = withBinding(bindings, ancestor, tuple.context);
        after.push({ context: focus === undefined ? item : tuple.context, bindings });
      }
    }
    return after;
  };
}

function compileTupleStage(
  stage: Stage,
  compiler: Compiler,
): (tuples: readonly Tuple[], frame: Frame | undefined, run: Run) => readonly Tuple[] {
  if (stage.kind === 'index') {
    const { name } = stage.variable;
    return tuples =>
      tuples.map(({ context, bindings }, position) => ({
        context,
        bindings: withBinding(bindings, name, position),
      }));
  }
  const filter = compileFilter(stage, compiler);
  return (tuples, frame, run) => {
    const filtered = filter(new TupleStream(tuples), frame, run);
    return filtered instanceof TupleStream ? filtered.tuples : [];
  };
}
