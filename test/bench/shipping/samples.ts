/** The start of one part, in milliseconds of each try. */
export interface Start {
  readonly name: string;
  readonly wall: readonly number[];
  /** Of the whole process, from its first instruction to its end. */
  readonly cpu?: readonly number[];
}

/** The middle of the samples; of an even number, the upper one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
