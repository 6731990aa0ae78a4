import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineMap } from '#core/text/lineMap.ts';

const texts = fc
  .array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', ''), { maxLength: 40 })
  .map(pieces => pieces.join(''));

test('positions are the same in whatever order they are asked for', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat({ max: 60 })), (text, offsets) => {
      const lines = lineMap(text);
      for (const offset of offsets)
        expect(lines.positionAt(offset)).toEqual(lineMap(text).positionAt(offset));
    }),
  );
});

test('lines end with LF, CRLF or CR', () => {
  const lines = lineMap('a\nb\r\nc\rd');
  expect([8, 0, 2, 3, 4, 5, 7, 1].map(offset => lines.positionAt(offset))).toEqual([
    { line: 3, character: 1 },
    { line: 0, character: 0 },
    { line: 1, character: 0 },
    { line: 1, character: 1 },
    { line: 1, character: 2 },
    { line: 2, character: 0 },
    { line: 3, character: 0 },
    { line: 0, character: 1 },
  ]);
});
