/** A page's size in points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Space above each page and below the last, in CSS pixels. */
export const pageGap = 10;

/** Where pages lie one under another; all in CSS pixels of the scrolled area. */
export interface PageLayout {
  readonly height: number;
  /** Of the widest page. */
  readonly width: number;
  top(index: number): number;
  /** The page at a height: the one that begins above it last. */
  at(y: number): number;
  /** First and last page that reach into [from, to), with one more on either side. */
  around(from: number, to: number): { readonly first: number; readonly last: number };
}

/** Lays out pages of these sizes at a scale of CSS pixels to a point. `sizes` is not empty. */
export function layOutPages(sizes: readonly PageSize[], scale: number): PageLayout {
  const tops = new Float64Array(sizes.length);
  let y = pageGap;
  let width = 0;
  for (const [index, size] of sizes.entries()) {
    tops[index] = y;
    y += Math.floor(size.height * scale) + pageGap;
    width = Math.max(width, Math.floor(size.width * scale));
  }
  function at(height: number): number {
    let low = 0;
    let high = sizes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((tops[middle] ?? 0) <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  return {
    height: y,
    width,
    top: index => tops[index] ?? 0,
    at,
    around: (from, to) => ({ first: Math.max(0, at(from) - 1), last: Math.min(sizes.length - 1, at(Math.max(from, to - 1)) + 1) }),
  };
}

/** Scales that − and + step through, in CSS pixels to a point times 72/96: 1 is the size on paper. */
const zoomSteps = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4] as const;
/** CSS pixels to a point at the size on paper. */
export const paperScale = 96 / 72;

/** The next zoom in that direction; the same one at the end. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  // A step that is hardly seen is none.
  const slack = 1.02;
  const found = direction === 1 ? zoomSteps.find(step => step > zoom * slack) : zoomSteps.findLast(step => step < zoom / slack);
  return found ?? zoom;
}
