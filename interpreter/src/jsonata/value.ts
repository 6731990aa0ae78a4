/**
 * What a JSONata expression works on: JSON, nothing (`undefined`) and functions.
 *
 * Values that came from outside are never changed. Arrays made here may carry `flags`; they are
 * removed before a result is handed out.
 */
export type Value = undefined | null | boolean | number | string | ValueArray | ValueObject | Opaque;

export interface ValueObject {
  readonly [key: string]: Value;
}

export interface ValueArray extends ReadonlyArray<Value> {
  readonly flags?: number;
}

/** An array of the evaluator's own making, still being filled. */
export interface OwnArray extends Array<Value> {
  flags?: number;
}

/** The values a path found: one is handed on by itself, none is `undefined`. */
export const SEQUENCE = 1;
/** A sequence of one that stays an array (`[]` was written). */
export const KEEP_SINGLETON = 2;
/** Made by `[…]` in a path: one thing, not to be flattened. */
export const CONSTRUCTED = 4;
/** Stands around an input document that is an array, so that it counts as one value. */
export const OUTER_WRAPPER = 8;

/** What looks like an object to JavaScript and is none to JSONata: functions and tuple streams. */
export abstract class Opaque {
  declare protected readonly brand: 'opaque';
}

export function isArray(value: Value): value is ValueArray {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Opaque);
}

export function newSequence(): OwnArray {
  const sequence: OwnArray = [];
  sequence.flags = SEQUENCE;
  return sequence;
}

export function sequenceOf(value: Value): OwnArray {
  const sequence: OwnArray = [value];
  sequence.flags = SEQUENCE;
  return sequence;
}

export function isSequence(value: ValueArray): boolean {
  return value.flags !== undefined && (value.flags & SEQUENCE) !== 0;
}

export function isConstructed(value: ValueArray): boolean {
  return value.flags !== undefined && (value.flags & CONSTRUCTED) !== 0;
}

/** The own value of a key; `constructor` and its kind are keys like any other. */
export function valueOf(object: ValueObject, key: string): Value {
  const value = object[key];
  if (value === undefined || !INHERITED.has(key)) return value;
  return Object.hasOwn(object, key) ? value : undefined;
}

/** Sets a key of an object of our own making; `__proto__` is a key like any other. */
export function setKey(object: { [key: string]: Value }, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));
