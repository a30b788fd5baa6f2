import { describe, expect, test } from 'vitest';
import { layOutPages, nextZoom, pageGap } from './page-layout.ts';

const a4 = { width: 595, height: 842 };
const wide = { width: 842, height: 595 };

describe('the layout of pages', () => {
  test('pages lie one under another, each where the one before ends', () => {
    const layout = layOutPages([a4, wide, a4], 2);
    expect([0, 1, 2].map(layout.top)).toEqual([pageGap, pageGap * 2 + 1684, pageGap * 3 + 1684 + 1190]);
    expect(layout.height).toBe(pageGap * 4 + 1684 * 2 + 1190);
    expect(layout.width).toBe(1684);
  });

  test('a height is of the page that begins above it last', () => {
    const layout = layOutPages(
      Array.from({ length: 1_000 }, () => a4),
      1,
    );
    for (const index of [0, 1, 499, 999]) {
      expect(layout.at(layout.top(index))).toBe(index);
      expect(layout.at(layout.top(index) + 841)).toBe(index);
    }
    expect(layout.at(-50)).toBe(0);
    expect(layout.at(layout.height * 2)).toBe(999);
  });

  test('what is in sight is made with one more on either side, and never more than there is', () => {
    const layout = layOutPages(
      Array.from({ length: 1_000 }, () => a4),
      1,
    );
    expect(layout.around(0, 600)).toEqual({ first: 0, last: 1 });
    const middle = layout.top(500) + 100;
    expect(layout.around(middle, middle + 600)).toEqual({ first: 499, last: 501 });
    expect(layout.around(layout.height - 600, layout.height)).toEqual({ first: 998, last: 999 });
  });
});

test('zooming goes from step to step, from between them to the next, and stops at the ends', () => {
  expect([nextZoom(1, 1), nextZoom(1, -1)]).toEqual([1.25, 0.8]);
  expect([nextZoom(0.54, 1), nextZoom(0.54, -1)]).toEqual([0.67, 0.5]);
  // A step of one per cent would look like none.
  expect(nextZoom(0.995, 1)).toBe(1.25);
  expect([nextZoom(4, 1), nextZoom(0.25, -1)]).toEqual([4, 0.25]);
});
