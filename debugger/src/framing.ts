/**
 * The Debug Adapter Protocol's framing over a stream of bytes: `Content-Length: 119\r\n\r\n{…}`.
 *
 * Reads whatever comes: header names in any case, several messages in one chunk, a message over many.
 * What cannot be read is reported and skipped up to the next header; the stream goes on.
 */
export class FrameReader {
  readonly #onMessage: (message: unknown) => void;
  readonly #onProblem: (problem: string) => void;
  readonly #decoder: Decoder;
  #chunks: Uint8Array[] = [];
  #length = 0;
  /** Length of the body that is being read; undefined while reading headers. */
  #expected: number | undefined;

  constructor(decoder: Decoder, onMessage: (message: unknown) => void, onProblem: (problem: string) => void) {
    this.#decoder = decoder;
    this.#onMessage = onMessage;
    this.#onProblem = onProblem;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#expected === undefined ? this.#readHeader() : this.#readBody(this.#expected));
  }

  #readHeader(): boolean {
    const bytes = this.#joined();
    const end = endOfHeader(bytes);
    if (!end) {
      if (bytes.length > largestHeader) {
        this.#onProblem(`No header within ${largestHeader} bytes; they are skipped.`);
        this.#keep(bytes.subarray(bytes.length - headerEnd.length));
      }
      return false;
    }
    const header = this.#decoder.decode(bytes.subarray(0, end.at));
    this.#keep(bytes.subarray(end.at + end.length));
    const given = /^content-length\s*:\s*(\d+)\s*$/im.exec(header)?.[1];
    const length = Number(given);
    if (given === undefined)
      this.#onProblem(`A header without a readable Content-Length is skipped: ${header.slice(0, 200)}`);
    else if (length > largestMessage)
      this.#onProblem(
        `A message of ${given} bytes is larger than the ${largestMessage} allowed; its header is skipped.`,
      );
    else this.#expected = length;
    return true;
  }

  #readBody(expected: number): boolean {
    if (this.#length < expected) return false;
    const bytes = this.#joined();
    const text = this.#decoder.decode(bytes.subarray(0, expected));
    this.#keep(bytes.subarray(expected));
    this.#expected = undefined;
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      this.#onProblem(`A message that is not JSON is skipped: ${text.slice(0, 200)}`);
      return true;
    }
    this.#onMessage(message);
    return true;
  }

  /** All bytes that wait, as one piece; joined once, however many chunks they came in. */
  #joined(): Uint8Array {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first) return first;
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [all];
    return all;
  }

  #keep(bytes: Uint8Array): void {
    this.#chunks = bytes.length > 0 ? [bytes] : [];
    this.#length = bytes.length;
  }
}

/** Turns bytes of UTF-8 into text: `TextDecoder` where there is one. */
export interface Decoder {
  decode(bytes: Uint8Array): string;
}

/** A message as bytes of UTF-8 behind its header. `encode` is `TextEncoder`'s. */
export function frame(message: unknown, encode: (text: string) => Uint8Array): Uint8Array {
  const body = encode(JSON.stringify(message));
  const header = encode(`Content-Length: ${body.length}\r\n\r\n`);
  const framed = new Uint8Array(header.length + body.length);
  framed.set(header);
  framed.set(body, header.length);
  return framed;
}

const largestHeader = 8_192;
const largestMessage = 256 * 1024 * 1024;
const headerEnd = [13, 10, 13, 10];

/** Where the headers end: an empty line, with CRLF as the protocol wants it or with LF alone. */
function endOfHeader(bytes: Uint8Array): { readonly at: number; readonly length: number } | undefined {
  const limit = Math.min(bytes.length, largestHeader + headerEnd.length);
  for (let at = 0; at < limit; at++) {
    if (bytes[at] === 10 && bytes[at + 1] === 10) return { at, length: 2 };
    if (headerEnd.every((byte, offset) => bytes[at + offset] === byte))
      return { at, length: headerEnd.length };
  }
  return undefined;
}
