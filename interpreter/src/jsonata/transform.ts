import type { TransformNode } from '#core/expressions/jsonata/ast.ts';
import { apply } from './apply.ts';
import { Callable, NativeFunction, type Evaluator } from './callable.ts';
import { cloneOf, type OwnObject } from './clone.ts';
import { Failure } from './failure.ts';
import type { Frame } from './frame.ts';
import { builtInFunction } from './functions/builtIns.ts';
import { builtInSignature } from './functions/signatures.ts';
import type { Compiler } from './paths.ts';
import type { Run } from './run.ts';
import { asArray } from './sequences.ts';
import { isArray, isObject, setKey, valueOf, type Value } from './value.ts';

/**
 * Compiles `|pattern|update, delete|`: a function that copies its argument and changes what the
 * pattern finds in the copy. What the pattern finds elsewhere is left alone.
 */
export function compileTransform(node: TransformNode, cloner: Evaluator, compiler: Compiler): Evaluator {
  const pattern = compiler.compileConditional(node.pattern);
  const update = compiler.compileConditional(node.update);
  const deletion = node.delete && compiler.compileConditional(node.delete);
  return (_input, frame) =>
    new NativeFunction(1, TRANSFORM_SIGNATURE, ([given], run) => {
      if (given === undefined) return undefined;
      const owned = new Map<object, OwnObject>();
      const copy = cloneOf(cloned(given, cloner, frame, run), run, owned);
      const found = pattern(copy, frame, run);
      if (found === undefined) return copy;
      for (const match of asArray(found)) {
        run.step();
        const target = isObject(match) ? owned.get(match) : undefined;
        change(target, update(match, frame, run), run);
        if (deletion) remove(target, deletion(match, frame, run));
      }
      return copy;
    });
}

const TRANSFORM_SIGNATURE = builtInSignature('<(oa):o>');

/** What `$clone` makes of the value: it may have been given another meaning. */
function cloned(given: Value, cloner: Evaluator, frame: Frame | undefined, run: Run): Value {
  const clone = cloner(undefined, frame, run);
  if (clone === builtInFunction('clone')) return given;
  if (!(clone instanceof Callable)) throw new Failure('T2013');
  return apply(clone, [given], null, run);
}

function change(target: OwnObject | undefined, update: Value, run: Run): void {
  if (update === undefined) return;
  if (!isObject(update)) throw new Failure('T2011', { value: update });
  if (target === undefined) return;
  // Copied, for the update may well contain the object it is for.
  const own = cloneOf(update, run, new Map());
  if (isObject(own)) for (const key of Object.keys(own)) setKey(target, key, valueOf(own, key));
}

function remove(target: OwnObject | undefined, keys: Value): void {
  if (keys === undefined) return;
  const list = isArray(keys) ? keys : [keys];
  for (const key of list) if (typeof key !== 'string') throw new Failure('T2012', { value: keys });
  if (target) for (const key of list) if (typeof key === 'string') Reflect.deleteProperty(target, key);
}
