import { expect, test } from 'vitest';
import { JavaRandom } from '#interpreter/javaRandom.ts';
import { javaText } from '#interpreter/javaText.ts';

test('numbers are those of java.util.Random', () => {
  const numbers = new JavaRandom(42);
  expect(Array.from({ length: 5 }, () => numbers.nextInt(10))).toEqual([0, 3, 8, 4, 0]);
  expect(new JavaRandom(42).nextDouble()).toBe(0.7275636800328681);
  const others = new JavaRandom(0);
  expect(Array.from({ length: 5 }, () => others.nextInt(100))).toEqual([60, 48, 29, 47, 15]);
  expect(new JavaRandom(0).nextDouble()).toBe(0.730967787376657);
  expect(new JavaRandom(-10).nextInt(16)).toBeLessThan(16);
});

test.each([
  [1, '1'],
  [-1.5, '-1.5'],
  [1e21, '1.0E21'],
  [12345678.5, '1.23456785E7'],
  [0.0001, '1.0E-4'],
  [1e15, '1000000000000000'],
])('the number %d is %s in Java', (value, text) => {
  expect(javaText(value)).toBe(text);
});
