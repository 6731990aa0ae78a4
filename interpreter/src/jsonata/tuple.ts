import { Frame, type Binding } from './frame.ts';
import { Opaque, type Value } from './value.ts';

/** A value on its way through a path, with what `@`, `#` and `%` remember about where it came from. */
export interface Tuple {
  readonly context: Value;
  readonly bindings: Binding | undefined;
}

/** What a path with such memory gives to the step around it. */
export class TupleStream extends Opaque {
  readonly tuples: readonly Tuple[];

  constructor(tuples: readonly Tuple[]) {
    super();
    this.tuples = tuples;
  }
}

export function withBinding(bindings: Binding | undefined, name: string, value: Value): Binding {
  return { name, value, next: bindings };
}

/** `inner`'s bindings in front of `outer`'s. */
export function joinBindings(inner: Binding | undefined, outer: Binding | undefined): Binding | undefined {
  let joined = outer;
  for (const binding of distinct(inner).reverse()) joined = withBinding(joined, binding.name, binding.value);
  return joined;
}

/** The binding that counts for each name. */
export function distinct(bindings: Binding | undefined): Binding[] {
  const byName = new Map<string, Binding>();
  for (let binding = bindings; binding !== undefined; binding = binding.next) {
    if (!byName.has(binding.name)) byName.set(binding.name, binding);
  }
  return [...byName.values()];
}

export function frameOf(tuple: Tuple, frame: Frame | undefined): Frame {
  return new Frame(frame, tuple.bindings);
}
