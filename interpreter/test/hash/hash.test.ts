import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashAlgorithms } from '#core/language/intrinsics.ts';
import { decodeBase64, encodeBase64 } from '#interpreter/hash/base64.ts';
import { hash, isHashAlgorithm } from '#interpreter/hash/hash.ts';
import { textOfUtf8, utf8 } from '#interpreter/hash/utf8.ts';

const anyText = fc.string({ unit: 'grapheme' });

test.each(hashAlgorithms)('%s agrees with the host', algorithm => {
  const native = algorithm.replace('-', '').toLowerCase();
  fc.assert(
    fc.property(anyText, text => {
      expect(hash(text, algorithm)).toBe(createHash(native).update(text, 'utf8').digest('hex'));
    }),
  );
});

test('only the five names are algorithms', () => {
  expect(hashAlgorithms.every(isHashAlgorithm)).toBe(true);
  expect(['SHA1', 'md5', 'toString', ''].some(isHashAlgorithm)).toBe(false);
});

test('UTF-8 agrees with the host, broken sequences too', () => {
  fc.assert(
    fc.property(anyText, text => {
      expect([...utf8(text)]).toEqual([...Buffer.from(text, 'utf8')]);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
      expect(textOfUtf8(bytes)).toBe(Buffer.from(bytes).toString('utf8'));
    }),
    { numRuns: 2000 },
  );
});

test('Base64 agrees with the host', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
      const text = encodeBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(decodeBase64(text)).toEqual(bytes);
      expect(decodeBase64(text.replaceAll('=', ''))).toEqual(bytes);
    }),
  );
});

test.each([
  ['abc', [105, 183]],
  ['ab==cd', [105]],
  [' YWJj ZA== ', [97, 98, 99, 100]],
  ['-_8=', [251, 255]],
  ['!', []],
])('Base64 %j is read as far as it goes', (text, bytes) => {
  expect([...decodeBase64(text)]).toEqual(bytes);
});
