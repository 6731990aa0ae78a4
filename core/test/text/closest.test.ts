import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closest } from '#core/text/closest.ts';

test.each([
  ['Pay', ['Pai', 'Ship'], 'Pai'],
  ['Nxet', ['End', 'Next'], 'Next'],
  ['resultpath', ['ResultSelector', 'ResultPath'], 'ResultPath'],
  ['Anything', ['Task', 'Pass'], undefined],
  ['x', ['y'], undefined],
  ['abc', [], undefined],
])('%s among %j is %s', (name, candidates, expected) => {
  expect(closest(name, candidates)).toBe(expected);
});

/** The number of insertions, deletions, replacements and swaps of neighbours, straight from its definition. */
function distance(left: string, right: string): number {
  const rows: number[][] = [];
  for (let row = 0; row <= left.length; row++) {
    rows.push([]);
    for (let column = 0; column <= right.length; column++) {
      const at = (up: number, back: number): number => rows[row - up]?.[column - back] ?? Infinity;
      const isSame = left[row - 1] === right[column - 1];
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const cost = Math.min(
        row === 0 ? column : Infinity,
        column === 0 ? row : Infinity,
        at(1, 0) + 1,
        at(0, 1) + 1,
        at(1, 1) + (isSame ? 0 : 1),
        isSwap && row > 1 && column > 1 ? at(2, 2) + 1 : Infinity,
      );
      rows[row]?.push(cost);
    }
  }
  return rows[left.length]?.[right.length] ?? 0;
}

test('is the first of the nearest candidates, if that is near enough', () => {
  const words = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4 }).map(end => `State number ${end}`),
  );
  fc.assert(
    fc.property(words, fc.array(words, { maxLength: 6 }), (name, candidates) => {
      const near = candidates
        .map(candidate => ({ candidate, cost: distance(name.toLowerCase(), candidate.toLowerCase()) }))
        .filter(
          ({ candidate, cost }) =>
            cost <= Math.max(1, Math.floor(name.length / 3)) && cost < candidate.length,
        );
      const least = Math.min(...near.map(({ cost }) => cost));
      expect(closest(name, candidates)).toBe(near.find(({ cost }) => cost === least)?.candidate);
    }),
    { numRuns: 2000 },
  );
});
