import type { Json } from '#core/json.ts';
import type { Random } from '#interpreter/random.ts';

/**
 * What an intrinsic function does with as many arguments as it takes; `undefined` when it cannot take
 * these. AWS then says `Invalid arguments in` and the name, whatever the reason.
 */
export type IntrinsicImplementation = (args: readonly Json[], random: Random) => Json | undefined;

/** AWS cuts off fractions where it needs an integer (and rounds only in `States.MathAdd`). */
export function integer(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? Math.trunc(value) : undefined;
}

export function array(value: Json | undefined): readonly Json[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
