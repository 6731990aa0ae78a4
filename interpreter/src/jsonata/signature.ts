import type { Signature, SignatureParameter } from '#core/expressions/jsonata/signature.ts';
import { Callable } from './callable.ts';
import { Failure } from './failure.ts';
import type { Run } from './run.ts';
import { isArray, type Value } from './value.ts';

/**
 * The arguments as the function expects them: the context value put in where it is left out, single
 * values made arrays. An argument of the wrong type is T0410, T0411 or T0412.
 */
export function fitArguments(
  signature: Signature,
  given: readonly Value[],
  context: Value,
  run: Run,
): readonly Value[] {
  const { parameters } = signature;
  const counts = isOneEach(parameters, given) ? undefined : distribute(parameters, given, run);
  const fitted: Value[] = [];
  let next = 0;
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index];
    if (parameter === undefined) continue;
    const count = counts === undefined ? (index < given.length ? 1 : 0) : (counts[index] ?? 0);
    if (count === 0 && parameter.takesContext) {
      if (!parameter.accepts.includes(symbolOf(context))) {
        throw new Failure('T0411', { value: context, index: next + 1 });
      }
      fitted.push(context);
    } else if (count === 0) {
      fitted.push(given[next++]);
    } else {
      for (const end = next + count; next < end; next++) {
        fitted.push(
          parameter.type === 'a' ? fitArray(parameter, given[next], count, next, run) : given[next],
        );
      }
    }
  }
  return fitted;
}

/** The common case: each argument fits the parameter at its place, and what follows may be left out. */
function isOneEach(parameters: readonly SignatureParameter[], given: readonly Value[]): boolean {
  if (given.length > parameters.length) return false;
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index];
    if (parameter === undefined || parameter.occurs === 'oneOrMore') return false;
    const isFitting =
      index < given.length
        ? parameter.accepts.includes(symbolOf(given[index]))
        : parameter.occurs === 'optional';
    if (!isFitting) return false;
  }
  return true;
}

function distribute(
  parameters: readonly SignatureParameter[],
  given: readonly Value[],
  run: Run,
): readonly number[] {
  const symbols = given.map(symbolOf);
  run.work(given.length);
  const counts = matchCounts(parameters, symbols, true, run);
  if (counts === undefined) throw mismatch(parameters, given, symbols, run);
  return counts;
}

function fitArray(
  parameter: SignatureParameter,
  value: Value,
  count: number,
  index: number,
  run: Run,
): Value {
  if (value === undefined) return undefined;
  const { itemType } = parameter;
  if (!isArray(value)) {
    const isFitting = itemType === undefined || (count === 1 && symbolOf(value) === itemType);
    if (isFitting) return arrayOf(value, run);
    throw new Failure('T0412', { value, index: index + 1, type: PLURALS.get(itemType) ?? '' });
  }
  if (itemType !== undefined && value.length > 0) {
    run.work(value.length);
    const expected = itemType.charAt(0);
    if (!value.every(item => symbolOf(item) === expected)) {
      throw new Failure('T0412', { value, index: index + 1, type: PLURALS.get(itemType) ?? '' });
    }
  }
  return value;
}

function arrayOf(value: Value, run: Run): Value {
  // A function in an array may come out of the evaluation again, and is no data.
  if (value instanceof Callable) run.mustInspect = true;
  return [value];
}

/**
 * How many arguments go to each parameter, the first ones taking as many as they can; undefined
 * when they cannot be distributed. Each pair of places is tried once: `x+x+x+` stays cheap.
 */
function matchCounts(
  parameters: readonly SignatureParameter[],
  symbols: readonly string[],
  isWhole: boolean,
  run: Run,
): readonly number[] | undefined {
  const failed = new Set<number>();
  const counts: number[] = [];
  function match(parameterIndex: number, position: number): boolean {
    run.step();
    const parameter = parameters[parameterIndex];
    if (parameter === undefined) return !isWhole || position === symbols.length;
    const place = parameterIndex * (symbols.length + 1) + position;
    if (failed.has(place)) return false;
    const most = parameter.occurs === 'oneOrMore' ? symbols.length - position : 1;
    const least = parameter.occurs === 'optional' ? 0 : 1;
    let count = 0;
    while (count < most && accepts(parameter, symbols[position + count])) count++;
    for (; count >= least; count--) {
      counts[parameterIndex] = count;
      if (match(parameterIndex + 1, position + count)) return true;
    }
    failed.add(place);
    return false;
  }
  return match(0, 0) ? counts : undefined;
}

function accepts(parameter: SignatureParameter, symbol: string | undefined): boolean {
  return symbol !== undefined && parameter.accepts.includes(symbol);
}

/** Names the first argument that no longer fits. */
function mismatch(
  parameters: readonly SignatureParameter[],
  given: readonly Value[],
  symbols: readonly string[],
  run: Run,
): Failure {
  let good = 0;
  for (let count = 1; count <= parameters.length; count++) {
    const counts = matchCounts(parameters.slice(0, count), symbols, false, run);
    if (counts === undefined) break;
    good = counts.slice(0, count).reduce((sum, each) => sum + each, 0);
  }
  return new Failure('T0410', { value: given[good], index: good + 1 });
}

/** The letter of a value's type in a signature; `m` for a missing one. */
function symbolOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 's';
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    case 'undefined':
      return 'm';
    default:
      break;
  }
  if (value === null) return 'l';
  if (value instanceof Callable) return 'f';
  return isArray(value) ? 'a' : 'o';
}

const PLURALS: ReadonlyMap<string, string> = new Map([
  ['a', 'arrays'],
  ['b', 'booleans'],
  ['f', 'functions'],
  ['n', 'numbers'],
  ['o', 'objects'],
  ['s', 'strings'],
]);
