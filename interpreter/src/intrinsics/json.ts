import type { Json } from '#core/json.ts';
import { isJsonObject } from '#core/json.ts';
import type { IntrinsicImplementation } from './function.ts';

/** Empty and blank text give null. */
export const stringToJson: IntrinsicImplementation = ([text]) => {
  if (typeof text !== 'string') return undefined;
  if (text.trim() === '') return null;
  try {
    const value = JSON.parse(text) as Json;
    return value === 0 ? 0 : value; // -0 is 0 to AWS
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

export const jsonToString: IntrinsicImplementation = ([value = null]) => JSON.stringify(value);

/** Shallow; a third argument that Java takes for true asks for what AWS does not offer. */
export const jsonMerge: IntrinsicImplementation = ([first, second, deep]) => {
  if (!isJsonObject(first) || !isJsonObject(second)) return undefined;
  if (deep === true || deep === 'true' || (typeof deep === 'number' && deep !== 0)) return undefined;
  return Object.fromEntries([...Object.entries(first), ...Object.entries(second)]);
};
