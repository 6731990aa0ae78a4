import { jsonataFunctions, type JsonataFunctionName } from '#core/language/jsonataFunctions.ts';
import { NativeFunction, type Implementation } from '../callable.ts';
import { arrayFunctions } from './arrays.ts';
import { dateTimeFunctions } from './dateTimes.ts';
import { numberFunctions } from './numbers.ts';
import { objectFunctions } from './objects.ts';
import { builtInSignature } from './signatures.ts';
import { stepFunctionsFunctions } from './stepFunctions.ts';
import { stringFunctions } from './strings.ts';

/** What `$name` is unless a variable of the state machine or the expression has that name. */
export function builtInFunction(name: string): NativeFunction | undefined {
  return builtIns.get(name);
}

/** A function of the table without an implementation is a compile error here. */
const implementations: Readonly<Record<JsonataFunctionName, Implementation>> = {
  ...stringFunctions,
  ...numberFunctions,
  ...arrayFunctions,
  ...objectFunctions,
  ...dateTimeFunctions,
  ...stepFunctionsFunctions,
};

/** Where a function handed to `$map` and its kind counts fewer parameters than its signature has. */
const ARITIES: ReadonlyMap<string, number> = new Map([
  ['string', 1],
  ['zip', 0],
]);

const implementationOf: ReadonlyMap<string, Implementation> = new Map(Object.entries(implementations));

const builtIns: ReadonlyMap<string, NativeFunction> = new Map(
  jsonataFunctions.map(({ name, signature, parameterList }) => {
    const implementation = implementationOf.get(name);
    if (implementation === undefined)
      throw new Error(`bug: $${name} is in the table and has no implementation`);
    const arity = ARITIES.get(name) ?? parameterList.length;
    return [name, new NativeFunction(arity, builtInSignature(signature), implementation, name)];
  }),
);
