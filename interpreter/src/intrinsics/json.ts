import type { Json } from '#core/json.ts';
import { isJsonObject } from '#core/json.ts';
import type { IntrinsicImplementation } from './function.ts';

/** Empty and blank text give null; text nested deeper than the JSON reader of AWS allows is refused. */
export const stringToJson: IntrinsicImplementation = ([text]) => {
  if (typeof text !== 'string' || nestingOf(text) > deepestNesting) return undefined;
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

/** Jackson, which reads JSON for AWS, goes no deeper. */
const deepestNesting = 1000;

function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isQuoted = false;
  for (let position = 0; position < text.length; position++) {
    const char = text.charAt(position);
    if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted) position += char === '\\' ? 1 : 0;
    else if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === ']' || char === '}') depth--;
  }
  return deepest;
}
