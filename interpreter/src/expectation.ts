import type { Json } from '#core/json.ts';
import type { Expectation } from '#core/mocking/testFile.ts';
import type { Ran } from './execute.ts';
import { at } from './table.ts';

/** How an execution differs from what a test expects, a line for each difference. */
export function differences({ outcome, events, snapshot }: Ran, expected: Expectation): readonly string[] {
  const actual = {
    status: outcome?.status ?? 'RUNNING',
    output: outcome?.status === 'SUCCEEDED' ? outcome.output : undefined,
    error: outcome && outcome.status !== 'SUCCEEDED' ? outcome.error : undefined,
    cause: outcome && outcome.status !== 'SUCCEEDED' ? outcome.cause : undefined,
    // Machines that its tasks start have states of their own.
    states: events
      .filter(
        ({ type, execution }) =>
          type.endsWith('StateEntered') && at(snapshot.executions, execution)?.machine === undefined,
      )
      .map(({ name }) => name ?? ''),
  };
  return (['status', 'error', 'cause', 'output', 'states'] as const).flatMap(name => {
    const wanted = expected[name];
    if (wanted === undefined || isEqual(wanted, actual[name])) return [];
    return [`${name}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(actual[name]) ?? 'none'}`];
  });
}

/** Equality of JSON: the order of members does not count. */
function isEqual(one: Json, other: Json | undefined): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return one === other;
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item: Json, index) => isEqual(item, other[index] as Json))
    );
  }
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      name =>
        Object.hasOwn(other, name) &&
        isEqual((one as Record<string, Json>)[name] ?? null, (other as Record<string, Json>)[name]),
    )
  );
}
