import { jsonTypes } from '#core/text/jsonTypes.ts';
import { inWords, say, type Message, type Words } from '#core/text/message.ts';

/** What a request's arguments must look like; reads `unknown` and gives what it describes. */
export type Shape<T> = (value: unknown, where: string) => T;

/** The type a shape reads. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** Arguments that are not as the protocol says; the message names the argument and what it should be. */
export class WrongArguments extends Error {
  readonly reason: Message;

  constructor(reason: Message) {
    super(inWords(reason));
    this.reason = reason;
  }
}

function wrong(reason: Message): never {
  throw new WrongArguments(reason);
}

/** What a value is, where it should be something else. */
function kindOf(value: unknown): Words {
  if (value === undefined) return say`nothing`;
  if (value === null) return jsonTypes.null;
  if (Array.isArray(value)) return jsonTypes.array;
  const type = typeof value;
  return type === 'boolean' || type === 'number' || type === 'string' ? jsonTypes[type] : jsonTypes.object;
}

export const string: Shape<string> = (value, where) =>
  typeof value === 'string' ? value : wrong(say`${where} must be a string, but is ${kindOf(value)}.`);
export const boolean: Shape<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : wrong(say`${where} must be true or false, but is ${kindOf(value)}.`);
export const integer: Shape<number> = (value, where) =>
  Number.isSafeInteger(value)
    ? (value as number)
    : wrong(
        say`${where} must be an integer, but is ${typeof value === 'number' ? String(value) : kindOf(value)}.`,
      );
export const anything: Shape<unknown> = value => value;

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, where) => (value === undefined || value === null ? undefined : shape(value, where));
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, where) =>
    Array.isArray(value)
      ? value.map((item, index) => shape(item, `${where}[${index}]`))
      : wrong(say`${where} must be an array, but is ${kindOf(value)}.`);
}

export function oneOf<const T extends string>(...values: readonly T[]): Shape<T> {
  return (value, where) =>
    values.find(known => known === value) ??
    wrong(
      say`${where} must be one of ${values.join(', ')}, but is ${typeof value === 'string' ? `'${value}'` : kindOf(value)}.`,
    );
}

/** An object with at least these members; others are let pass and dropped. */
export function object<M extends Readonly<Record<string, Shape<unknown>>>>(
  members: M,
): Shape<{ readonly [Name in keyof M]: Shaped<M[Name]> }> {
  return (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      wrong(say`${where} must be an object, but is ${kindOf(value)}.`);
    const entries = Object.entries(members).map(([name, shape]): [string, unknown] => {
      const member = Object.hasOwn(value, name)
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined;
      return [name, shape(member, where === '' ? name : `${where}.${name}`)];
    });
    return Object.fromEntries(entries) as { readonly [Name in keyof M]: Shaped<M[Name]> };
  };
}
