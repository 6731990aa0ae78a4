import { say, type Words } from './message.ts';

export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

/** The types of JSON, as what something is or must be. */
export const jsonTypes: Readonly<Record<JsonType, Words>> = {
  string: say`a string`,
  number: say`a number`,
  boolean: say`a boolean`,
  null: 'null',
  array: say`an array`,
  object: say`an object`,
};
