import type { Json } from '#core/json.ts';
import { JavaRandom } from '#interpreter/javaRandom.ts';
import { uuid as newUuid } from '#interpreter/random.ts';
import { integer } from './function.ts';
import type { IntrinsicImplementation } from './function.ts';

/** Both numbers are rounded, halves up (-1.5 to -1), and neither they nor the sum may leave Java's `int`. */
export const mathAdd: IntrinsicImplementation = args => {
  const [first, second] = args.map(rounded);
  return first === undefined || second === undefined ? undefined : withinInt(first + second);
};

function rounded(value: Json): number | undefined {
  return typeof value === 'number' ? withinInt(Math.floor(value + 0.5)) : undefined;
}

function withinInt(value: number): number | undefined {
  return value >= -0x80000000 && value <= 0x7fffffff ? value + 0 : undefined;
}

/** An integer from start up to, but not including, end. A seed gives the same number each time. */
export const mathRandom: IntrinsicImplementation = ([from, to, seed], random) => {
  const start = integer(from);
  const end = integer(to);
  if (start === undefined || end === undefined || start >= end) return undefined;
  const range = end - start;
  if (seed === undefined) return start + Math.floor(random.next() * range);
  if (typeof seed !== 'number') return undefined;
  const generator = new JavaRandom(seed);
  return (
    start + (range <= 0x7fffffff ? generator.nextInt(range) : Math.floor(generator.nextDouble() * range))
  );
};

export const uuid: IntrinsicImplementation = (_, random) => newUuid(random);
