/** The text's bytes in UTF-8; a lone surrogate becomes `?`, as Java writes it. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code >= 0xd800 && code <= 0xdfff) bytes.push(0x3f);
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}

/** Reads UTF-8; what is none becomes the replacement character, one for each broken sequence. */
export function textOfUtf8(bytes: Uint8Array): string {
  let text = '';
  let position = 0;
  while (position < bytes.length) {
    const first = bytes[position] ?? 0;
    const length =
      first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    const code = length === 0 ? undefined : codeOf(bytes, position, length);
    if (code === undefined) {
      text += '\ufffd';
      position += brokenLength(bytes, position, length);
    } else {
      text += String.fromCodePoint(code);
      position += length;
    }
  }
  return text;
}

function codeOf(bytes: Uint8Array, position: number, length: number): number | undefined {
  let code = (bytes[position] ?? 0) & (length === 1 ? 0x7f : 0xff >> (length + 1));
  for (let offset = 1; offset < length; offset++) {
    if (!isContinuation(bytes, position, offset)) return undefined;
    code = (code << 6) | ((bytes[position + offset] ?? 0) & 63);
  }
  return code;
}

/** Which second bytes may follow is narrower than 80 to BF for a few first ones. */
function isContinuation(bytes: Uint8Array, position: number, offset: number): boolean {
  const byte = bytes[position + offset] ?? 0;
  if (offset > 1) return byte >= 0x80 && byte <= 0xbf;
  const first = bytes[position] ?? 0;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  return byte >= least && byte <= most;
}

function brokenLength(bytes: Uint8Array, position: number, length: number): number {
  let offset = 1;
  while (offset < length && isContinuation(bytes, position, offset)) offset++;
  return offset;
}
