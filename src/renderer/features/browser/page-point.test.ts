import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagePoint } from './page-point.ts';

const page = { width: 1280, height: 800 };

test('the corners and the middle of a picture that fills its box are those of the page', () => {
  const box = { width: 640, height: 400 };
  expect(pagePoint({ x: 0, y: 0 }, box, page)).toEqual({ x: 0, y: 0 });
  expect(pagePoint({ x: 320, y: 200 }, box, page)).toEqual({ x: 640, y: 400 });
  expect(pagePoint({ x: 640, y: 400 }, box, page)).toEqual({ x: 1279, y: 799 });
});

test('bars beside the picture belong to its edge', () => {
  const wide = { width: 1000, height: 400 };
  expect(pagePoint({ x: 10, y: 200 }, wide, page)).toEqual({ x: 0, y: 400 });
  expect(pagePoint({ x: 500, y: 200 }, wide, page)).toEqual({ x: 640, y: 400 });
  const high = { width: 640, height: 1000 };
  expect(pagePoint({ x: 320, y: 500 }, high, page)).toEqual({ x: 640, y: 400 });
  expect(pagePoint({ x: 320, y: 5 }, high, page)).toEqual({ x: 640, y: 0 });
});

test('any point of any box lies on the page', () => {
  const size = fc.record({ width: fc.integer({ min: 0, max: 4_000 }), height: fc.integer({ min: 0, max: 4_000 }) });
  fc.assert(
    fc.property(fc.record({ x: fc.integer(), y: fc.integer() }), size, (at, box) => {
      const { x, y } = pagePoint(at, box, page);
      expect(x >= 0 && x < page.width && y >= 0 && y < page.height).toBe(true);
    }),
  );
});
