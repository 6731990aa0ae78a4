import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fitted,
  largestScale,
  opening,
  resized,
  revealing,
  showsAll,
  smallestScale,
  zoomed,
  type View,
} from '#webview/panZoom.ts';

const length = fc.integer({ min: 1, max: 20_000 });
const size = fc.record({ width: length, height: length });
const coordinate = fc.integer({ min: -5_000, max: 5_000 });
const view: fc.Arbitrary<View> = fc.record({
  x: coordinate,
  y: coordinate,
  scale: fc.double({ min: smallestScale, max: largestScale, noNaN: true }),
});

describe('the view of the picture', () => {
  test('fitting shows all of it, centred, never enlarged', () => {
    expect(fitted({ width: 200, height: 100 }, { width: 1000, height: 600 })).toEqual({
      scale: 1,
      x: 400,
      y: 250,
    });
    expect(fitted({ width: 2000, height: 100 }, { width: 1048, height: 600 })).toMatchObject({
      scale: 0.5,
      x: 24,
    });
    fc.assert(
      fc.property(size, size, (picture, space) => {
        const { scale } = fitted(picture, space);
        expect(scale).toBeGreaterThanOrEqual(smallestScale);
        expect(scale).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('zooming keeps the point under the pointer', () => {
    fc.assert(
      fc.property(
        view,
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        coordinate,
        coordinate,
        (before, factor, x, y) => {
          const after = zoomed(before, factor, { x, y });
          expect((x - after.x) / after.scale).toBeCloseTo((x - before.x) / before.scale, 3);
          expect(after.scale).toBeLessThanOrEqual(largestScale);
          expect(after.scale).toBeGreaterThanOrEqual(smallestScale);
        },
      ),
    );
  });

  test('what is too large to be read as a whole is opened where it starts', () => {
    const space = { width: 1000, height: 800 };
    const at = (x: number, y: number): View => opening({ width: 5000, height: 5000, start: { x, y } }, space);
    expect(at(2500, 20), 'from top to bottom').toEqual({ scale: 0.6, x: -1000, y: 52 });
    expect(at(20, 2500), 'from left to right').toEqual({ scale: 0.6, x: 24, y: -1100 });
    expect(at(4980, 20), 'no further than its edge').toEqual({ scale: 0.6, x: -2024, y: 52 });
    const wide = { width: 2000, height: 200, start: { x: 20, y: 100 } };
    expect(opening(wide, space), 'in the middle where there is room').toEqual({ scale: 0.6, x: 24, y: 354 });
  });

  test('another size of the window moves what was placed by us so that it is seen as before', () => {
    const picture = { width: 400, height: 600, start: { x: 200, y: 20 } };
    const before = { width: 800, height: 900 };
    const view = fitted(picture, before);
    const after = (width: number, height: number): View =>
      resized(view, picture, { before, after: { width, height } }, opening);
    expect(after(780, 880), 'still whole').toEqual(view);
    expect(showsAll(after(500, 500), picture, { width: 500, height: 500 })).toBe(true);
    expect(after(500, 500).scale).toBeLessThan(1);
    const low = opening(picture, { width: 800, height: 200 });
    const wider = { before: { width: 800, height: 200 }, after: { width: 600, height: 200 } };
    expect(resized({ ...low, y: -90 }, picture, wider, opening), 'stays in its middle').toEqual({
      scale: low.scale,
      x: low.x - 100,
      y: -90,
    });
  });

  test('revealing moves no further than it must', () => {
    const space = { width: 500, height: 500 };
    const before = { x: 0, y: 0, scale: 1 };
    expect(revealing(before, { x: 100, y: 100, width: 50, height: 50 }, space)).toEqual(before);
    expect(revealing(before, { x: 480, y: 100, width: 50, height: 50 }, space)).toEqual({
      x: -54,
      y: 0,
      scale: 1,
    });
    expect(revealing(before, { x: -10, y: 0, width: 50, height: 2_000 }, space)).toEqual({
      x: 34,
      // Below the toolbar.
      y: 52,
      scale: 1,
    });
  });
});
