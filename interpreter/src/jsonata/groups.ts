import type { JsonataNode, Pair } from '#core/expressions/jsonata/ast.ts';
import { asKey } from '../asKey.ts';
import type { Evaluator } from './callable.ts';
import { Failure } from './failure.ts';
import type { Frame } from './frame.ts';
import type { Run } from './run.ts';
import { append } from './sequences.ts';
import { distinct, frameOf, TupleStream, withBinding, type Tuple } from './tuple.ts';
import { isArray, setKey, type OwnArray, type Value } from './value.ts';

export type GroupEvaluator = (items: Value, frame: Frame | undefined, run: Run) => Value;

interface PairEvaluator {
  readonly key: Evaluator;
  readonly value: Evaluator;
}

/**
 * Compiles `{key: value, …}`, as a constructor or behind a path: the items are grouped by the
 * keys they give, then each group makes one value.
 */
export function compileGroup(
  pairs: readonly Pair[],
  compile: (node: JsonataNode) => Evaluator,
): GroupEvaluator {
  const compiled = pairs.map(pair => ({ key: compile(pair.key), value: compile(pair.value) }));
  const literalKeys = pairs.map(pair => (pair.key.kind === 'string' ? pair.key.value : undefined));
  const distinctKeys = literalKeys.filter(key => key !== undefined);
  const isLiteral = distinctKeys.length === pairs.length && new Set(distinctKeys).size === pairs.length;
  const literal = isLiteral ? compileLiteral(distinctKeys, compiled) : undefined;
  return (items, frame, run) => {
    if (items instanceof TupleStream) return groupTuples(items.tuples, compiled, frame, run);
    if (!isArray(items))
      return literal ? literal(items, frame, run) : groupItems([items], compiled, frame, run);
    return groupItems(items.length === 0 ? [undefined] : items, compiled, frame, run);
  };
}

/** One item and keys that are plain text: an object is built at once. */
function compileLiteral(keys: readonly string[], pairs: readonly PairEvaluator[]): Evaluator {
  const members = pairs.map((pair, index) => ({ key: asKey(keys[index] ?? ''), value: pair.value }));
  return (item, frame, run) => {
    const result: { [key: string]: Value } = {};
    for (const member of members) {
      const value = member.value(item, frame, run);
      if (value === undefined) continue;
      run.noteStored(value);
      setKey(result, member.key, value);
    }
    return result;
  };
}

interface ItemGroup {
  readonly pair: PairEvaluator;
  items: Value;
  /** The array `items` has become, ours to extend. */
  list: OwnArray | undefined;
}

function groupItems(
  items: readonly Value[],
  pairs: readonly PairEvaluator[],
  frame: Frame | undefined,
  run: Run,
): Value {
  const groups = new Map<string, ItemGroup>();
  for (const item of items) {
    for (const pair of pairs) {
      run.step();
      const key = keyOf(pair.key(item, frame, run));
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { pair, items: item, list: undefined });
      else if (group.pair !== pair) throw new Failure('D1009', { value: key });
      else addItem(group, item, run);
    }
  }
  const result: { [key: string]: Value } = {};
  for (const [key, group] of groups) store(result, key, group.pair.value(group.items, frame, run), run);
  return result;
}

function addItem(group: ItemGroup, item: Value, run: Run): void {
  if (group.list === undefined) {
    const joined = append(group.items, item, run);
    group.items = joined;
    group.list = isArray(joined) ? [...joined] : undefined;
    group.items = group.list ?? joined;
    return;
  }
  if (isArray(item)) for (const inner of item) run.push(group.list, inner);
  else if (item !== undefined) run.push(group.list, item);
}

function groupTuples(
  tuples: readonly Tuple[],
  pairs: readonly PairEvaluator[],
  frame: Frame | undefined,
  run: Run,
): Value {
  const groups = new Map<string, { readonly pair: PairEvaluator; readonly tuples: Tuple[] }>();
  for (const tuple of tuples) {
    const tupleFrame = frameOf(tuple, frame);
    for (const pair of pairs) {
      run.step();
      const key = keyOf(pair.key(tuple.context, tupleFrame, run));
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { pair, tuples: [tuple] });
      else if (group.pair !== pair) throw new Failure('D1009', { value: key });
      else group.tuples.push(tuple);
    }
  }
  const result: { [key: string]: Value } = {};
  for (const [key, group] of groups) {
    const merged = mergeTuples(group.tuples, run);
    store(result, key, group.pair.value(merged.context, frameOf(merged, frame), run), run);
  }
  return result;
}

/** One tuple for a group: what each remembered under a name, in one array. */
function mergeTuples(tuples: readonly Tuple[], run: Run): Tuple {
  const [only] = tuples;
  if (tuples.length === 1 && only) return only;
  const byName = new Map<string, Value[]>();
  const contexts: Value[] = [];
  for (const tuple of tuples) {
    contexts.push(tuple.context);
    for (const { name, value } of distinct(tuple.bindings)) {
      run.step();
      const values = byName.get(name);
      if (values) values.push(value);
      else byName.set(name, [value]);
    }
  }
  let bindings: Tuple['bindings'];
  for (const [name, values] of byName) bindings = withBinding(bindings, name, appendAll(values, run));
  return { context: appendAll(contexts, run), bindings };
}

function appendAll(values: readonly Value[], run: Run): Value {
  const present = values.filter(value => value !== undefined);
  if (present.length <= 1) return present[0];
  const joined: OwnArray = [];
  for (const value of present) {
    if (isArray(value)) for (const item of value) run.push(joined, item);
    else run.push(joined, value);
  }
  return joined;
}

function keyOf(key: Value): string | undefined {
  if (key === undefined || typeof key === 'string') return key;
  throw new Failure('T1003', { value: key });
}

function store(result: { [key: string]: Value }, key: string, value: Value, run: Run): void {
  if (value === undefined) return;
  run.noteStored(value);
  setKey(result, key, value);
}
