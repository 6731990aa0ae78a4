/** What a request's arguments must look like; reads `unknown` and gives what it describes. */
export type Shape<T> = (value: unknown, where: string) => T;

/** The type a shape reads. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** Arguments that are not as the protocol says; the message names the argument and what it should be. */
export class WrongArguments extends Error {}

function expected(what: string, value: unknown, where: string): never {
  const kind =
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'an array'
        : value === undefined
          ? 'nothing'
          : `a ${typeof value}`;
  throw new WrongArguments(`${where} must be ${what}, but is ${kind}.`);
}

export const string: Shape<string> = (value, where) =>
  typeof value === 'string' ? value : expected('a string', value, where);
export const boolean: Shape<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : expected('true or false', value, where);
export const integer: Shape<number> = (value, where) =>
  Number.isSafeInteger(value) ? (value as number) : expected('an integer', value, where);
export const anything: Shape<unknown> = value => value;

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, where) => (value === undefined || value === null ? undefined : shape(value, where));
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, where) =>
    Array.isArray(value)
      ? value.map((item, index) => shape(item, `${where}[${index}]`))
      : expected('an array', value, where);
}

export function oneOf<const T extends string>(...values: readonly T[]): Shape<T> {
  return (value, where) =>
    values.find(known => known === value) ?? expected(`one of ${values.join(', ')}`, value, where);
}

/** An object with at least these members; others are let pass and dropped. */
export function object<M extends Readonly<Record<string, Shape<unknown>>>>(
  members: M,
): Shape<{ readonly [Name in keyof M]: Shaped<M[Name]> }> {
  return (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      expected('an object', value, where);
    const entries = Object.entries(members).map(([name, shape]): [string, unknown] => {
      const member = Object.hasOwn(value, name)
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined;
      return [name, shape(member, where === '' ? name : `${where}.${name}`)];
    });
    return Object.fromEntries(entries) as { readonly [Name in keyof M]: Shaped<M[Name]> };
  };
}
