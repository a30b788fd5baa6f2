import type { PdfParagraph } from './pdf-paragraphs.ts';

/** A heading is set larger than the body by at least this factor: 11 over 10 points is emphasis, 12 over 10 is a heading. */
const headingFactor = 1.14;
/** Longest heading; large print beyond it is a poster or a slide's body. */
const headingChars = 220;
const headingLines = 4;
const deepestLevel = 6;

/**
 * Tells the level of a heading by its letter size, from all paragraphs of the document: the size most characters have is
 * the body, each larger size of short paragraphs is a level, the largest being 1. Returns null for what is no heading.
 */
export function headingLevels(paragraphs: Iterable<PdfParagraph>): (paragraph: PdfParagraph) => number | null {
  const chars = new Map<number, number>();
  const all = [...paragraphs];
  for (const { text, size } of all) chars.set(rounded(size), (chars.get(rounded(size)) ?? 0) + text.length);
  const body = [...chars].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  const isHeading = (paragraph: PdfParagraph): boolean =>
    rounded(paragraph.size) >= body * headingFactor &&
    paragraph.text.length <= headingChars &&
    paragraph.lineCount <= headingLines &&
    /\p{L}/u.test(paragraph.text);
  const sizes = [...new Set(all.filter(isHeading).map(paragraph => rounded(paragraph.size)))].toSorted((a, b) => b - a);
  return paragraph => (isHeading(paragraph) ? Math.min(deepestLevel, sizes.indexOf(rounded(paragraph.size)) + 1) : null);
}

/** Half points: the same font comes out with sizes that differ in the third digit. */
function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}
