/** Bytes as Base64 (RFC 4648) with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let position = 0; position < bytes.length; position += 3) {
    const [first = 0, second, third] = bytes.subarray(position, position + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += digitAt(bits >> 18) + digitAt(bits >> 12);
    text +=
      second === undefined
        ? '=='
        : third === undefined
          ? `${digitAt(bits >> 6)}=`
          : digitAt(bits >> 6) + digitAt(bits);
  }
  return text;
}

/**
 * The bytes of Base64 text, read as AWS does: `-` and `_` stand for `+` and `/`, the first `=` ends the
 * text, and characters that mean nothing are passed over.
 */
export function decodeBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const char of text) {
    if (char === '=') break;
    const value = alphabet.indexOf(char === '-' ? '+' : char === '_' ? '/' : char);
    if (value === -1) continue;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function digitAt(bits: number): string {
  return alphabet.charAt(bits & 63);
}
