/** The assertions of the in-host tests; Node's own do not exist in a web worker. */
export function assert(claim: unknown, says: string): asserts claim {
  if (claim === undefined || claim === null || claim === false) throw new Error(`expected that ${says}`);
}

/** Compares values by their JSON. */
export function assertEqual(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`expected ${right}, but it is ${left}`);
}
