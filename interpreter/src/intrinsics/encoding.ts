import { decodeBase64, encodeBase64 } from '#interpreter/hash/base64.ts';
import { hash as hashOf, isHashAlgorithm } from '#interpreter/hash/hash.ts';
import { textOfUtf8, utf8 } from '#interpreter/hash/utf8.ts';
import type { IntrinsicImplementation } from './function.ts';

/** Characters that AWS takes at most. */
const longestText = 10_000;

export const base64Encode: IntrinsicImplementation = ([text]) =>
  typeof text === 'string' && text.length <= longestText ? encodeBase64(utf8(text)) : undefined;

export const base64Decode: IntrinsicImplementation = ([text]) =>
  typeof text === 'string' && text.length <= longestText ? textOfUtf8(decodeBase64(text)) : undefined;

/** What is no text is hashed as its JSON text. */
export const hash: IntrinsicImplementation = ([value = null, algorithm]) => {
  if (typeof algorithm !== 'string' || !isHashAlgorithm(algorithm)) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= longestText ? hashOf(text, algorithm) : undefined;
};
