import { expect, test } from 'vitest';
import { strandTitle } from '#debugger/frames.ts';

const inside = (depth: number): string =>
  Array.from({ length: depth }, (_, index) => `/States/S${index}/Execution[0]`).join('');

test.each([
  ['', ''],
  ['/States/Each/ItemProcessor[3]/States/Fan/Branches/1', 'Each[3] › Fan[1]'],
  [inside(7), 'S0[0] › S1[0] › S2[0] › S3[0] › S4[0] › S5[0] › S6[0]'],
  [inside(8), 'S0[0] › S1[0] › S2[0] › … 2 … › S5[0] › S6[0] › S7[0]'],
  [inside(500), 'S0[0] › S1[0] › S2[0] › … 494 … › S497[0] › S498[0] › S499[0]'],
])('the title of a strand names no more than its ends: %#', (path, title) => {
  expect(strandTitle(path)).toBe(title);
});
