import { expect, test } from 'vitest';
import { checkIntrinsic } from '#core/expressions/intrinsic/check.ts';
import { parseIntrinsic } from '#core/expressions/intrinsic/parse.ts';
import { intrinsicFunctions } from '#core/language/intrinsics.ts';

test('there are 18 functions, each once', () => {
  expect(new Set(intrinsicFunctions.map(each => each.name)).size).toBe(18);
  expect(intrinsicFunctions).toHaveLength(18);
});

test.each(intrinsicFunctions.map(each => [each.example.expression, each.name]))(
  '%s is an example',
  (text, name) => {
    const { call, errors } = parseIntrinsic(text);
    expect(errors).toEqual([]);
    expect(call?.name).toBe(name);
    expect(call === undefined ? undefined : checkIntrinsic(call)).toEqual([]);
  },
);
