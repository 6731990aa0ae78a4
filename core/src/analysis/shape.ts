import type { PathStep } from '#core/expressions/jsonPath/ast.ts';
import type { Json } from '#core/json.ts';
import type { Field, FieldType } from '#core/language/services/catalogue.ts';
import type { State } from '#core/model/stateMachine.ts';

/** What is known of a JSON value before it exists. */
export type Shape = typeof unknown | KnownShape;

export type KnownShape = ScalarShape | ArrayShape | ObjectShape;

export interface ScalarShape {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  /** Where it is always the same. */
  readonly value: string | number | boolean | undefined;
}

export interface ArrayShape {
  readonly kind: 'array';
  readonly element: Shape;
  /** Each item, where their number is known. */
  readonly items: readonly Shape[] | undefined;
}

export interface ObjectShape {
  readonly kind: 'object';
  readonly members: ReadonlyMap<string, Member>;
  /** Whether it may have members that are not listed. */
  readonly isOpen: boolean;
  /** What made it, for messages. */
  readonly origin: Origin | undefined;
}

export interface Member {
  readonly shape: Shape;
  readonly isOptional: boolean;
}

/** The field of a state that a value comes from. */
export interface Origin {
  readonly state: State;
  readonly field: string;
}

/** Anything at all. */
export const unknown = { kind: 'unknown' } as const;

export const anyString: ScalarShape = { kind: 'string', value: undefined };
export const anyNumber: ScalarShape = { kind: 'number', value: undefined };
export const anyBoolean: ScalarShape = { kind: 'boolean', value: undefined };

/** An object of which nobody can say more than these members. */
export function openObject(members: Readonly<Record<string, Shape>>): ObjectShape {
  return objectOf(Object.entries(members), true, undefined);
}

export function objectOf(
  members: Iterable<readonly [string, Shape]>,
  isOpen: boolean,
  origin: Origin | undefined,
): ObjectShape {
  const byName = new Map<string, Member>();
  for (const [name, shape] of members) byName.set(name, { shape, isOptional: false });
  return { kind: 'object', members: byName, isOpen, origin };
}

export function arrayOf(element: Shape): ArrayShape {
  return { kind: 'array', element, items: undefined };
}

/** An array whose items are known one by one. */
export function tupleOf(items: readonly Shape[]): ArrayShape {
  return { kind: 'array', element: joinAll(items), items };
}

/** Larger values are cut off, so that no definition makes the analysis slow. */
const limits = { depth: 8, members: 64, items: 20 };

/** The shape of a value that is known, such as an example: it may differ the next time, so objects are open. */
export function shapeOfExample(value: Json | undefined, depth = 0): Shape {
  if (value === undefined || depth > limits.depth) return unknown;
  if (value === null) return { kind: 'null', value: undefined };
  if (typeof value === 'string') return anyString;
  if (typeof value === 'number') return anyNumber;
  if (typeof value === 'boolean') return anyBoolean;
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).slice(0, limits.items);
    return arrayOf(joinAll(items.map(item => shapeOfExample(item, depth + 1))));
  }
  const entries = Object.entries(value).slice(0, limits.members);
  return objectOf(
    entries.map(([name, member]) => [name, shapeOfExample(member, depth + 1)] as const),
    true,
    undefined,
  );
}

/** What a service answers: it may leave out fields, and add new ones. */
export function shapeOfFields(fields: readonly Field[], depth = 0): Shape {
  if (depth > 3) return openObject({});
  const members = new Map<string, Member>();
  for (const { name, type } of fields) {
    members.set(name, { shape: shapeOfType(type, depth + 1), isOptional: true });
  }
  return { kind: 'object', members, isOpen: true, origin: undefined };
}

function shapeOfType(type: FieldType, depth: number): Shape {
  switch (type.kind) {
    case 'string':
    case 'enum':
    case 'timestamp':
    case 'blob':
      return anyString;
    case 'number':
      return anyNumber;
    case 'boolean':
      return anyBoolean;
    case 'list':
      return arrayOf(shapeOfType(type.element, depth));
    case 'map':
      return openObject({});
    case 'structure':
      return shapeOfFields(type.fields, depth);
    case 'json':
      return unknown;
    default:
      return type satisfies never;
  }
}

/**
 * What holds of either value. Gives `a` itself when `b` adds nothing.
 *
 * Templates such as `{"x.$": "$", "y.$": "$"}` make shapes that are large when they are spelled out; where
 * the work would be too much, the rest is unknown.
 */
export function join(a: Shape, b: Shape): Shape {
  return joinWithin(a, b, { steps: 2000, depth: 40 });
}

/** What holds of all of them; of none, nothing is known. */
export function joinAll(shapes: readonly Shape[]): Shape {
  const [first, ...rest] = shapes;
  return rest.reduce((joined, shape) => join(joined, shape), first ?? unknown);
}

interface Budget {
  steps: number;
  depth: number;
}

function joinWithin(a: Shape, b: Shape, budget: Budget): Shape {
  if (a === b || a.kind === 'unknown') return a;
  if (b.kind === 'unknown' || budget.steps-- <= 0 || budget.depth <= 0) return unknown;
  if (isScalar(a) || isScalar(b)) return isScalar(a) && isScalar(b) ? joinScalars(a, b) : unknown;
  budget.depth--;
  const joined = joinCompounds(a, b, budget);
  budget.depth++;
  return joined;
}

function joinCompounds(a: ArrayShape | ObjectShape, b: ArrayShape | ObjectShape, budget: Budget): Shape {
  if (a.kind === 'object') return b.kind === 'object' ? joinObjects(a, b, budget) : unknown;
  return b.kind === 'array' ? joinArrays(a, b, budget) : unknown;
}

function isScalar(shape: Shape): shape is ScalarShape {
  return shape.kind !== 'unknown' && shape.kind !== 'object' && shape.kind !== 'array';
}

function joinScalars(a: ScalarShape, b: ScalarShape): Shape {
  if (a.kind !== b.kind) return unknown;
  return a.value === undefined || a.value === b.value ? a : { kind: a.kind, value: undefined };
}

function joinArrays(a: ArrayShape, b: ArrayShape, budget: Budget): ArrayShape {
  const element = joinWithin(a.element, b.element, budget);
  if (a.items?.length !== b.items?.length || !a.items || !b.items) {
    return element === a.element && !a.items ? a : { kind: 'array', element, items: undefined };
  }
  const other = b.items;
  const items = a.items.map((item, index) => joinWithin(item, other[index] ?? unknown, budget));
  const isSame = element === a.element && items.every((item, index) => item === a.items?.[index]);
  return isSame ? a : { kind: 'array', element, items };
}

function joinObjects(a: ObjectShape, b: ObjectShape, budget: Budget): ObjectShape {
  const isOpen = a.isOpen || b.isOpen;
  let isSame = isOpen === a.isOpen;
  const members = new Map<string, Member>();
  for (const [name, member] of a.members) {
    const other = b.members.get(name);
    const shape = other ? joinWithin(member.shape, other.shape, budget) : b.isOpen ? unknown : member.shape;
    const isOptional = member.isOptional || !other || other.isOptional;
    if (shape === member.shape && isOptional === member.isOptional) {
      members.set(name, member);
    } else {
      isSame = false;
      members.set(name, { shape, isOptional });
    }
  }
  for (const [name, member] of b.members) {
    if (a.members.has(name)) continue;
    isSame = false;
    members.set(name, { shape: a.isOpen ? unknown : member.shape, isOptional: true });
  }
  return isSame ? a : { kind: 'object', members, isOpen, origin: a.origin };
}

/** `target` with `value` at a place that is named by members, as ResultPath puts it there. */
export function withMember(target: Shape, names: readonly string[], value: Shape): Shape {
  const [name, ...rest] = names;
  if (name === undefined) return value;
  if (target.kind !== 'object' && target.kind !== 'unknown') return unknown;
  const known = target.kind === 'object' ? target.members : new Map<string, Member>();
  const inner =
    known.get(name)?.shape ?? (target.kind === 'unknown' || target.isOpen ? unknown : emptyObject);
  const isOpen = target.kind === 'unknown' || target.isOpen;
  if (isOpen && known.size >= limits.members && !known.has(name)) return target;
  const members = new Map(known);
  members.set(name, { shape: rest.length === 0 ? value : withMember(inner, rest, value), isOptional: false });
  return { kind: 'object', members, isOpen, origin: target.kind === 'object' ? target.origin : undefined };
}

const emptyObject: ObjectShape = objectOf([], false, undefined);

/** Where a path leads in a value of that shape. */
export type Lookup =
  | { readonly kind: 'found'; readonly shape: Shape; readonly isOptional: boolean }
  /** The step certainly finds nothing in `inside`. */
  | { readonly kind: 'missing'; readonly step: PathStep; readonly inside: KnownShape };

/** Follows the steps of a path; once it can have several results, they are the elements of an array. */
export function lookup(shape: Shape, steps: readonly PathStep[]): Lookup {
  let at = shape;
  let isOptional = false;
  let isIndefinite = false;
  for (const step of steps) {
    const next = follow(at, step);
    if (next === 'missing') {
      if (at.kind !== 'unknown' && !isIndefinite && !isOptional) return { kind: 'missing', step, inside: at };
      return { kind: 'found', shape: isIndefinite ? arrayOf(unknown) : unknown, isOptional: true };
    }
    at = next.shape;
    isOptional ||= next.isOptional;
    isIndefinite ||= next.isIndefinite;
  }
  return { kind: 'found', shape: isIndefinite ? arrayOf(at) : at, isOptional };
}

interface Followed {
  readonly shape: Shape;
  readonly isOptional: boolean;
  readonly isIndefinite: boolean;
}

function follow(shape: Shape, step: PathStep): Followed | 'missing' {
  switch (step.kind) {
    case 'child':
      return followName(shape, step.name);
    case 'index':
      return followIndex(shape, step.index);
    case 'wildcard':
    case 'slice':
    case 'indexes':
    case 'filter':
      return {
        shape: shape.kind === 'array' ? shape.element : unknown,
        isOptional: false,
        isIndefinite: true,
      };
    case 'scan':
      return { shape: unknown, isOptional: false, isIndefinite: true };
    case 'function':
      return { shape: functionResults.get(step.name) ?? unknown, isOptional: false, isIndefinite: false };
    case 'children':
      return { shape: unknown, isOptional: false, isIndefinite: false };
    default:
      return step satisfies never;
  }
}

const functionResults: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['length', anyNumber],
  ['sum', anyNumber],
  ['min', anyNumber],
  ['max', anyNumber],
  ['avg', anyNumber],
  ['stddev', anyNumber],
  ['keys', arrayOf(anyString)],
]);

function followName(shape: Shape, name: string): Followed | 'missing' {
  if (shape.kind === 'unknown') return { shape, isOptional: false, isIndefinite: false };
  if (shape.kind !== 'object') return 'missing';
  const member = shape.members.get(name);
  if (member) return { ...member, isIndefinite: false };
  return shape.isOpen ? { shape: unknown, isOptional: false, isIndefinite: false } : 'missing';
}

function followIndex(shape: Shape, index: number): Followed | 'missing' {
  if (shape.kind === 'unknown') return { shape, isOptional: false, isIndefinite: false };
  if (shape.kind !== 'array') return 'missing';
  if (!shape.items) return { shape: shape.element, isOptional: true, isIndefinite: false };
  const item = shape.items.at(index);
  return item ? { shape: item, isOptional: false, isIndefinite: false } : 'missing';
}

/**
 * The members that can be named behind a path of member names, for completion. Of an array they are
 * those of its items, which JSONata reads with a name and JSONPath behind an index.
 */
export function membersAt(shape: Shape, names: readonly string[]): ReadonlyMap<string, Member> {
  let at = itemOf(shape);
  for (const name of names) {
    const next = followName(at, name);
    if (next === 'missing') return new Map();
    at = itemOf(next.shape);
  }
  return at.kind === 'object' ? at.members : new Map();
}

function itemOf(shape: Shape): Shape {
  return shape.kind === 'array' ? shape.element : shape;
}

/** The names of its members, as far as they are few or known: `id, name, …`. */
export function memberList({ members, isOpen }: ObjectShape): string {
  const names = [...members.keys()];
  const shown = names.slice(0, 6).join(', ');
  return names.length > 6 || isOpen ? `${shown}, …` : shown;
}
