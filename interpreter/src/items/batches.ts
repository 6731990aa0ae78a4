import type { Json } from '#core/json.ts';
import { byteLength } from '../payloadSize.ts';

/** The limits of an ItemBatcher. */
export interface BatchLimits {
  readonly items: number | undefined;
  readonly bytes: number | undefined;
}

/**
 * Puts items together until a batch is full, by number or by the bytes of what a child gets.
 * An item that is larger than a batch may be is a batch of its own.
 */
export function batchesOf(
  items: readonly Json[],
  batchInput: Json | undefined,
  { items: most, bytes }: BatchLimits,
): readonly (readonly Json[])[] {
  const empty = byteLength(batchOf([], batchInput));
  const batches: Json[][] = [];
  let size = empty;
  for (const item of items) {
    const length = byteLength(item) + 1;
    const last = batches.at(-1);
    if (!last || last.length >= (most ?? Infinity) || size + length > (bytes ?? Infinity)) {
      batches.push([item]);
      size = empty + length;
    } else {
      last.push(item);
      size += length;
    }
  }
  return batches;
}

/** What a child gets for a batch. */
export function batchOf(items: readonly Json[], batchInput: Json | undefined): Json {
  return batchInput === undefined ? { Items: items } : { BatchInput: batchInput, Items: items };
}
