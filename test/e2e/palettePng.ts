import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture without transparency, three bytes a pixel. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostColours = 256;

/**
 * Makes a PNG of a screenshot a third of its size: with a palette of the 256 colours that stand for it best.
 *
 * Takes what Chromium writes: eight bits a channel, not interlaced.
 */
export function withPalette(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = colourAt(pixels, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = paletteFor(counts);
  const nearest = new Map([...counts.keys()].map(colour => [colour, nearestIn(palette, colour)]));
  // A filter byte, zero, leads each row.
  const rows = Buffer.alloc(height * (width + 1));
  for (let at = 0; at < width * height; at++) {
    const row = Math.floor(at / width);
    rows[row * (width + 1) + 1 + (at % width)] = nearest.get(colourAt(pixels, at * 3)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, indexes into a palette.
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap(channels));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Splits the colours at the middle of their widest channel, again and again, and takes the commonest of each part. */
function paletteFor(counts: ReadonlyMap<number, number>): readonly number[] {
  let parts: (readonly number[])[] = [[...counts.keys()]];
  while (parts.length < mostColours) {
    const widest = parts
      .map(part => ({ part, ...widestChannel(part) }))
      .reduce((a, b) => (weightOf(b.part, b.width) > weightOf(a.part, a.width) ? b : a));
    if (widest.width === 0) break;
    const sorted = widest.part.toSorted((a, b) => channels(a)[widest.channel] - channels(b)[widest.channel]);
    const middle = sorted.length >> 1;
    parts = [...parts.filter(part => part !== widest.part), sorted.slice(0, middle), sorted.slice(middle)];
  }
  return parts.map(part => part.reduce((a, b) => ((counts.get(b) ?? 0) > (counts.get(a) ?? 0) ? b : a)));

  function weightOf(part: readonly number[], width: number): number {
    return width * Math.sqrt(part.reduce((sum, colour) => sum + (counts.get(colour) ?? 0), 0));
  }
}

function widestChannel(colours: readonly number[]): { channel: 0 | 1 | 2; width: number } {
  const widths = ([0, 1, 2] as const).map(channel => {
    let [least, most] = [255, 0];
    for (const colour of colours) {
      const value = channels(colour)[channel];
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return { channel, width: Math.max(0, most - least) };
  });
  return widths.reduce((a, b) => (b.width > a.width ? b : a));
}

function nearestIn(palette: readonly number[], colour: number): number {
  const [red, green, blue] = channels(colour);
  let best = 0;
  let least = Infinity;
  for (const [index, candidate] of palette.entries()) {
    const [r, g, b] = channels(candidate);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function colourAt(pixels: Uint8Array, at: number): number {
  return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

function channels(colour: number): readonly [number, number, number] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function decode(png: Buffer): Picture {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('this is no PNG');
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [depth, kind, , , interlaced] = png.subarray(24, 29);
  const size = kind === 6 ? 4 : 3;
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0)
    throw new Error('this is no PNG as Chromium writes it');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = unfiltered(inflateSync(Buffer.concat(data)), width * size, size);
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) pixels.set(raw.subarray(at * size, at * size + 3), at * 3);
  return { width, height, pixels };
}

/** Undoes what each row's filter took away: what its neighbours foretell. */
function unfiltered(data: Buffer, stride: number, size: number): Uint8Array {
  const rows = data.length / (stride + 1);
  const out = new Uint8Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    const filter = data[row * (stride + 1)];
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column < size ? 0 : (out[at - size] ?? 0);
      const above = row === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = row === 0 || column < size ? 0 : (out[at - stride - size] ?? 0);
      const foretold = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      out[at] = (data[row * (stride + 1) + 1 + column] ?? 0) + foretold;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const [a, b, c] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
