/**
 * The one source of chance: a generator whose state is a 32-bit integer, kept in the snapshot.
 *
 * The same seed gives the same ids, tokens, jitter and random functions. (mulberry32)
 */
export interface Random {
  /** Uniform in [0, 1) with 32 random bits. */
  next(): number;
}

export function nextState(state: number): number {
  return (state + 0x6d2b79f5) | 0;
}

export function valueOf(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** A generator of its own. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return {
    next() {
      state = nextState(state);
      return valueOf(state);
    },
  };
}

/** A UUID of version 4. Joined, as engines keep text that is put together bit by bit in many times its size. */
export function uuid(random: Random): string {
  const digits: string[] = [];
  for (let i = 0; i < 32; i++) {
    const bits = Math.floor(random.next() * 16);
    const digit = i === 12 ? 4 : i === 16 ? (bits & 3) | 8 : bits;
    digits.push(digit.toString(16));
    if (i === 7 || i === 11 || i === 15 || i === 19) digits.push('-');
  }
  return digits.join('');
}
