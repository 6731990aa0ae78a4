/** A set of UTF-16 code units, as ranges in ascending order. */
export class CharacterSet {
  static readonly empty = new CharacterSet([]);

  private readonly ranges: readonly (readonly [number, number])[];
  private readonly ascii: readonly boolean[];

  private constructor(ranges: readonly (readonly [number, number])[]) {
    this.ranges = ranges;
    this.ascii = Array.from({ length: 128 }, (_, code) => this.isInRanges(code));
  }

  static of(...ranges: readonly (readonly [number, number])[]): CharacterSet {
    const merged: [number, number][] = [];
    for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
      const last = merged.at(-1);
      if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
      else merged.push([low, high]);
    }
    return new CharacterSet(merged);
  }

  has(code: number): boolean {
    return code < 128 ? this.ascii[code] === true : this.isInRanges(code);
  }

  with(member: number | CharacterSet): CharacterSet {
    const added = typeof member === 'number' ? [[member, member] as const] : member.ranges;
    return CharacterSet.of(...this.ranges, ...added);
  }

  withRange(low: number, high: number): CharacterSet {
    return CharacterSet.of(...this.ranges, [low, high]);
  }

  inverted(): CharacterSet {
    const gaps: [number, number][] = [];
    let next = 0;
    for (const [low, high] of this.ranges) {
      if (low > next) gaps.push([next, low - 1]);
      next = high + 1;
    }
    if (next <= 0xffff) gaps.push([next, 0xffff]);
    return new CharacterSet(gaps);
  }

  private isInRanges(code: number): boolean {
    let low = 0;
    let high = this.ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = this.ranges[middle];
      if (range === undefined) return false;
      if (code < range[0]) high = middle - 1;
      else if (code > range[1]) low = middle + 1;
      else return true;
    }
    return false;
  }
}

export const DIGITS = CharacterSet.of([0x30, 0x39]);
export const WORD_CHARACTERS = CharacterSet.of([0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]);
export const LINE_ENDS = CharacterSet.of([0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]);
export const NOT_LINE_END = LINE_ENDS.inverted();
export const SPACES = CharacterSet.of(
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
);
