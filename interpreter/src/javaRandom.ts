/**
 * Java's `java.util.Random`: the same seed gives the numbers that AWS gives.
 *
 * A 48-bit linear congruential generator, kept as two halves of 24 bits.
 */
export class JavaRandom {
  #high: number;
  #low: number;

  constructor(seed: number) {
    const whole = BigInt.asUintN(48, BigInt(Math.trunc(seed)) ^ multiplier);
    this.#high = Number(whole >> 24n);
    this.#low = Number(whole & 0xffffffn);
  }

  /** A double in [0, 1) with 53 random bits. */
  nextDouble(): number {
    return (this.#next(26) * 2 ** 27 + this.#next(27)) / 2 ** 53;
  }

  /** An integer in [0, bound), the bound being at most 2^31 - 1. */
  nextInt(bound: number): number {
    if ((bound & -bound) === bound) return Math.floor((bound * this.#next(31)) / 2 ** 31);
    for (;;) {
      const bits = this.#next(31);
      const value = bits % bound;
      // Java leaves out the last, incomplete round of values so that all are equally likely.
      if (bits - value + (bound - 1) < 2 ** 31) return value;
    }
  }

  #next(bits: number): number {
    const low = this.#low * multiplierLow + 11;
    const high = this.#high * multiplierLow + this.#low * multiplierHigh + Math.floor(low / 2 ** 24);
    this.#low = low % 2 ** 24;
    this.#high = high % 2 ** 24;
    return Math.floor((this.#high * 2 ** 24 + this.#low) / 2 ** (48 - bits));
  }
}

const multiplier = 0x5deece66dn;
const multiplierLow = Number(multiplier & 0xffffffn);
const multiplierHigh = Number(multiplier >> 24n);
