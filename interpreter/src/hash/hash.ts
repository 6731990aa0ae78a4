import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { hashAlgorithms } from '#core/language/intrinsics.ts';
import { utf8 } from './utf8.ts';

/** The algorithms of `States.Hash` and JSONata's `$hash`. */
export type HashAlgorithm = (typeof hashAlgorithms)[number];

/** The hash of the text's UTF-8, in lower-case hexadecimal digits. */
export function hash(text: string, algorithm: HashAlgorithm): string {
  const digest = digests[algorithm](utf8(text));
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
}

export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(digests, name);
}

const digests: Readonly<Record<HashAlgorithm, (bytes: Uint8Array) => Uint8Array>> = {
  MD5: md5,
  'SHA-1': sha1,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
};
