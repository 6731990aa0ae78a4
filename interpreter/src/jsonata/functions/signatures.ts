import { parseSignature, type Signature } from '#core/expressions/jsonata/signature.ts';

/** The signature of a built-in function; one that cannot be read is our own mistake. */
export function builtInSignature(text: string): Signature {
  const result = parseSignature(text);
  if (result.kind === 'invalid')
    throw new Error(`bug: the signature ${text} of a built-in function is invalid`);
  return result.signature;
}
