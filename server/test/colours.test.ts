import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesBetween } from '#server/colours.ts';

test('what is the same is not sent again', () => {
  expect(changesBetween([1, 2, 3], [1, 2, 3])).toEqual([]);
  expect(changesBetween([1, 2, 3], [1, 7, 8, 3])).toEqual([{ start: 1, deleteCount: 1, data: [7, 8] }]);
  expect(changesBetween([1, 1], [1, 1, 1])).toEqual([{ start: 2, deleteCount: 0, data: [1] }]);
});

test('the edits make the new tokens of the old ones', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 });
  fc.assert(
    fc.property(numbers, numbers, (before, after) => {
      const made = [...before];
      for (const { start, deleteCount, data } of changesBetween(before, after))
        made.splice(start, deleteCount, ...(data ?? []));
      expect(made).toEqual(after);
    }),
  );
});
