/** Ends every switch over a union: a new member is then a compile error in each place that must learn it. */
export function unreachable(value: never): never {
  throw new Error(`bug: unexpected ${JSON.stringify(value)}`);
}
